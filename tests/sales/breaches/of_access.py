"""Breaches of access, customers and intake, and of the signature that every event row carries."""

from sales.access.models import Signed
from tests.makers import NOW
from tests.sales.breaches.breach import Breach, sales_models

SIGNATURES = [
    Breach(constraint=f"{model._meta.model_name}_is_signed", case=column, spoil={column: ""})
    for model in sales_models()
    if issubclass(model, Signed)
    for column in ("by_agent", "by_channel")
]

BREACHES = [
    *SIGNATURES,
    Breach(constraint="seat_once", spoil={"agent_key": "aurora", "role": "sales_owner", "region_key": ""}),
    Breach(constraint="seat_has_agent", spoil={"agent_key": ""}),
    Breach(constraint="customer_has_name", spoil={"name": ""}),
    Breach(constraint="contact_point_of_one", case="of none", spoil={"customer_id": None}),
    Breach(constraint="contact_point_of_one", case="of two", spoil=lambda w: {"person_id": w.person}),
    Breach(constraint="stored_file_purged_or_there", case="neither", spoil={"content": None}),
    Breach(constraint="stored_file_purged_or_there", case="both", spoil={"purged_at": NOW}),
    Breach(constraint="import_row_once", spoil={"line": 1}),
]
