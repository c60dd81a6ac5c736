"""Breaches of wins: what is sold by whom, what prices it, who gets credit, what is taken back, who delivers."""

from datetime import date
from typing import Any

from sales.money import MAX_MINOR
from sales.registry.models import Agent, Service, ServiceOwner, Terms
from tests.makers import NOW
from tests.sales.breaches import rows
from tests.sales.breaches.breach import Breach
from tests.sales.breaches.world import EARLIER, World


def blueprint(**values: Any) -> Any:
    """Changes the service that the good win sells."""
    return lambda world: Service.objects.filter(key="blueprint").update(**values)


def leo(**values: Any) -> Any:
    """Changes the agent that owns it."""
    return lambda world: Agent.objects.filter(key="leo").update(**values)


def now_owned_by_noah(world: World) -> None:
    """Leo's version stays on record, so that only what is in force now can refuse him."""
    ServiceOwner.objects.create(service_id="blueprint", agent_id="noah", agent_name="Noah", revision=2, since=NOW)
    Service.objects.filter(key="blueprint").update(owner="noah", owner_revision=2)


def new_terms(**values: Any) -> Any:
    """One more version of the terms that the good pricing names."""
    return lambda world: rows.terms(world, **values).save(force_insert=True)


def terms_of(world: World, **values: Any) -> Terms:
    made = rows.terms(world, starts=date(2026, 1, 1), **values)
    made.save(force_insert=True)
    return made


def priced_by(**values: Any) -> Any:
    """Spoils a pricing with terms of another service or currency; what the terms say, the pricing says too."""

    def spoil(world: World) -> dict[str, Any]:
        made = terms_of(world, **values)
        return {"terms_id": made.pk, "terms_digest": made.digest, **values}

    return spoil


def other_shares(world: World) -> Any:
    """A pricing of a win whose shares were dealt out anew, and not wholly."""
    row = rows.pricing(world)
    rows.share(world, win_id=row.win_id, set_number=2, weight=9999).save(force_insert=True)
    return {"win_id": row.win_id}


def half_dealt_win(world: World) -> int:
    """A win of whose credit one half is dealt out."""
    first = rows.share(world)
    first.save(force_insert=True)
    return first.win_id


def other_half(world: World) -> Any:
    return rows.share(world, win_id=half_dealt_win(world), agent_id="atlas", agent_name="Atlas")


def first_share_again(world: World) -> Any:
    return {"win_id": half_dealt_win(world)}


def void(world: World) -> Any:
    return rows.refund(world, kind="void", amount_minor=0)


def voided(world: World) -> None:
    void(world).save(force_insert=True)


OF_WIN = [
    Breach(constraint="win_amount_in_range", case="below zero", spoil={"amount_minor": -1}),
    Breach(constraint="win_amount_in_range", case="above", spoil={"amount_minor": MAX_MINOR + 1}),
    Breach(constraint="win_has_currency", spoil={"currency": ""}),
    Breach(constraint="win_has_quantity", spoil={"quantity": 0}),
    Breach(constraint="win_recurring_has_term", case="no term", spoil={"cadence": "monthly"}),
    Breach(constraint="win_recurring_has_term", case="no months", spoil={"cadence": "monthly", "term_months": 0}),
    Breach(constraint="win_recurring_has_term", case="once for a term", spoil={"term_months": 3}),
    Breach(constraint="win_has_evidence", case="none", spoil={"evidence_reference": ""}),
    Breach(constraint="win_has_evidence", case="kind unknown", spoil={"evidence_kind": "hearsay"}),
    Breach(constraint="win_has_evidence", case="no file", spoil={"evidence_kind": "file"}),
    Breach(constraint="win_owner_was_registered", spoil={"owner_revision": 9}, before=blueprint(owner_revision=9)),
    Breach(
        constraint="win_owner_was_registered",
        case="somebody else",
        spoil={"owner_id": "noah"},
        before=blueprint(owner="noah"),
    ),
    Breach(
        constraint="win_service_for_sale",
        case="unregistered",
        spoil={"service_id": "blue-print"},
        behind=("win_owner_was_registered", "win_owner_in_force"),
    ),
    Breach(constraint="win_service_for_sale", case="retired", before=blueprint(retired_at=NOW)),
    Breach(constraint="win_service_for_sale", case="not accepted", before=blueprint(quarantine="no price")),
    Breach(constraint="win_service_for_sale", case="not for sale", before=blueprint(sellable=False)),
    Breach(constraint="win_service_for_sale", case="owner retired", before=leo(retired_at=NOW)),
    Breach(constraint="win_service_for_sale", case="owner no agent", before=leo(is_agent=False)),
    Breach(constraint="win_owner_in_force", before=now_owned_by_noah),
    Breach(constraint="win_lead_has_one_live_win", spoil=lambda w: {"lead_id": w.won_lead}),
]
OF_PRICING = [
    Breach(
        constraint="win_pricing_is_of_its_win",
        case="service",
        spoil=lambda w: {
            "service_id": "migration",
            "terms_id": w.late_terms,
            "terms_digest": w.late_digest,
        },
    ),
    Breach(constraint="win_pricing_is_of_its_win", case="currency", spoil=priced_by(currency="USD")),
    Breach(constraint="win_pricing_is_of_its_win", case="sale date", spoil={"sold_date": EARLIER}),
    Breach(constraint="win_pricing_is_by_its_terms", case="service", spoil=lambda w: {"terms_id": w.late_terms}),
    Breach(constraint="win_pricing_is_by_its_terms", case="digest", spoil={"terms_digest": "0" * 64}),
    Breach(constraint="win_terms_in_force", case="superseded", before=new_terms(starts=EARLIER)),
    Breach(constraint="win_terms_in_force", case="revised", before=new_terms(starts=date(2026, 1, 1), revision=2)),
    Breach(
        constraint="win_terms_in_force",
        case="withdrawn",
        before=new_terms(starts=date(2026, 1, 1), revision=2, kind="withdrawn"),
    ),
    Breach(constraint="win_terms_in_force", case="ended", before=new_terms(starts=EARLIER, kind="ended")),
    Breach(
        constraint="win_terms_in_force",
        case="not yet",
        spoil=lambda w: _named(rows.terms(w)),
    ),
    Breach(
        constraint="win_terms_in_force",
        case="an end",
        spoil=lambda w: _named(rows.terms(w, starts=EARLIER, kind="ended")),
    ),
    Breach(constraint="win_shares_make_a_whole", case="dealt out anew", spoil=other_shares),
    Breach(constraint="win_shares_make_a_whole", case="half", spoil=first_share_again),
    Breach(constraint="win_shares_make_a_whole", case="none", spoil=lambda w: {"win_id": rows.stored_win(w)}),
]
OF_CREDIT = [
    Breach(
        constraint="credit_share_once",
        row=other_half,
        spoil={"agent_id": "arwen"},
        behind=("credit_share_append_only",),
    ),
    Breach(constraint="credit_share_in_range", case="nothing", spoil={"weight": 0}),
    Breach(
        constraint="credit_share_in_range",
        case="above a whole",
        spoil={"weight": 10_001},
        behind=("credit_shares_not_above_a_whole",),
    ),
    Breach(constraint="credit_shares_not_above_a_whole", row=other_half, spoil={"weight": 5001}),
]
OF_REFUND = [
    Breach(constraint="refund_not_negative", spoil={"amount_minor": -1}),
    Breach(constraint="refund_has_reason", spoil={"reason_code": ""}),
    Breach(constraint="win_voided_once", row=void, before=voided, behind=("refund_not_after_void",)),
    Breach(constraint="refund_not_after_void", before=voided),
    Breach(constraint="refunds_not_above_the_base", case="at once", spoil={"amount_minor": 123_466}),
    Breach(
        constraint="refunds_not_above_the_base",
        case="together",
        spoil={"amount_minor": 2},
        before=lambda w: rows.refund(w, amount_minor=123_464).save(force_insert=True),
    ),
]
OF_WAITING = [
    Breach(constraint="hand_off_acknowledged_by_someone", case="by nobody", spoil={"acknowledged_at": NOW}),
    Breach(constraint="hand_off_acknowledged_by_someone", case="never", spoil={"acknowledged_by": "leo"}),
    Breach(
        constraint="booking_request_booked_has_win",
        case="no win",
        spoil={"state": "booked", "decided_at": NOW, "decided_by": "arwen"},
    ),
    Breach(constraint="booking_request_booked_has_win", case="not booked", spoil=lambda w: {"win_id": w.win}),
    Breach(constraint="booking_request_decided_at", case="not decided", spoil={"decided_at": NOW}),
    Breach(
        constraint="booking_request_decided_at",
        case="never",
        spoil={"state": "withdrawn", "decided_by": "arwen"},
    ),
    Breach(
        constraint="booking_request_decided_at",
        case="by nobody",
        spoil={"state": "withdrawn", "decided_at": NOW},
    ),
]


def _named(terms: Terms) -> dict[str, Any]:
    """Spoils a pricing with these terms of the same service and currency."""
    terms.save(force_insert=True)
    return {"terms_id": terms.pk, "terms_digest": terms.digest}


BREACHES = [*OF_WIN, *OF_PRICING, *OF_CREDIT, *OF_REFUND, *OF_WAITING]
