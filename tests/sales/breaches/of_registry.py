"""Breaches of the registry's mirror: services and their owners, terms, designs, syncs."""

from datetime import date

from sales.registry.models import Agent
from tests.sales.breaches.breach import Breach

BAND = [{"up_to_minor": None, "rate_bp": 500}]

BREACHES = [
    Breach(constraint="service_for_sale_has_owner", spoil={"owner_id": None, "owner_revision": None}),
    Breach(constraint="service_owner_has_revision", case="no revision", spoil={"owner_revision": None}),
    Breach(constraint="service_owner_has_revision", case="no owner", spoil={"owner_id": None, "sellable": False}),
    Breach(constraint="service_owner_is_an_agent", case="a human", spoil={"owner_id": "ida"}),
    Breach(
        constraint="service_owner_is_an_agent",
        case="turned human",
        spoil={"owner_id": "noah"},
        before=lambda w: Agent.objects.filter(key="noah").update(is_agent=False),
    ),
    Breach(
        constraint="service_owner_revision_once",
        spoil={"revision": 1, "agent_id": "noah"},
        behind=("service_owner_append_only",),
    ),
    Breach(
        constraint="service_owner_pin",
        spoil={"revision": 1},
        behind=("service_owner_revision_once", "service_owner_append_only"),
    ),
    Breach(constraint="terms_version_once", spoil={"starts": date(2026, 1, 1)}, behind=("terms_append_only",)),
    Breach(constraint="terms_rate_in_range", spoil={"rate_bp": 10_001}),
    Breach(constraint="terms_rate_or_bands", case="neither", spoil={"rate_bp": None}),
    Breach(constraint="terms_rate_or_bands", case="both", spoil={"bands": BAND}),
    Breach(constraint="terms_amounts_in_order", case="fixed", spoil={"fixed_minor": -1}),
    Breach(constraint="terms_amounts_in_order", case="floor", spoil={"floor_minor": -1}),
    Breach(constraint="terms_amounts_in_order", case="cap", spoil={"floor_minor": 2, "cap_minor": 1}),
    Breach(constraint="terms_have_instalments", spoil={"instalments": 0}),
    Breach(constraint="design_once", spoil={"design_type": "offer"}),
    Breach(constraint="registry_sync_refusal_has_reason", spoil={"outcome": "refused"}),
]
