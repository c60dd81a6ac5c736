"""One good row of each model: unsaved, of keys that no other row has, and accepted by the database as it is."""

from collections.abc import Callable
from itertools import count
from typing import Any
from uuid import uuid4

from django.db.models import Model

from sales.access.models import Seat
from sales.customers.models import ContactPoint, Customer, Person
from sales.intake.models import Import, ImportRow, StoredFile
from sales.leads.models import Interaction, Lead, LeadEvent, Note, Offer
from sales.ledger.models import Account, CommissionEntry, LedgerBook
from sales.registry.models import Design, RegistrySync, Service, ServiceOwner, Terms
from sales.wins.models import BookingRequest, CreditShare, HandOff, Refund, Win, WinPricing
from tests.makers import ARWEN, DAY, NOW
from tests.sales.breaches.world import World

SIGNED = ARWEN.signature()
_numbers = count(1000)


def digest() -> str:
    """64 characters that no other row has."""
    return uuid4().hex * 2


def lead(world: World) -> Lead:
    return Lead(
        reference=f"web:{next(_numbers)}",
        service_id="blueprint",
        customer_id=world.customer,
        region_id="EU",
        agent_id="arwen",
        state="PROPOSED",
        state_since=NOW,
        amount_minor=100,
        currency="EUR",
        created_at=NOW,
        **SIGNED,
    )


def win(world: World, **values: Any) -> Win:
    row = {
        "key": f"web:{next(_numbers)}#1",
        "lead_id": world.open_lead,
        "service_id": "blueprint",
        "owner_id": "leo",
        "owner_revision": 1,
        "owner_name": "Leo",
        "customer_id": world.customer,
        "region_id": "EU",
        "agent_id": "arwen",
        "agent_name": "Arwen",
        "amount_minor": 100,
        "currency": "EUR",
        "sold_date": DAY,
        "booked_at": NOW,
        "evidence_kind": "reference",
        "evidence_reference": "order 1",
        "is_new_customer": False,
        "registry_digest": "",
        "after_seq": 0,
    }
    return Win(**row | values, **SIGNED)


def stored_win(world: World) -> int:
    """The id of one more win, with a lead of its own, without shares and pricing."""
    of_its_own = lead(world)
    of_its_own.save(force_insert=True)
    stored = win(world, lead_id=of_its_own.pk)
    stored.save(force_insert=True)
    return stored.pk


def pricing(world: World) -> WinPricing:
    """Of one more win, whose shares make a whole."""
    priced = stored_win(world)
    share(world, win_id=priced, weight=10_000).save(force_insert=True)
    return WinPricing(
        win_id=priced,
        service_id="blueprint",
        currency="EUR",
        sold_date=DAY,
        terms_id=world.terms,
        terms_digest=world.terms_digest,
        facts_digest=digest(),
        priced_at=NOW,
        after_seq=0,
        **SIGNED,
    )


def share(world: World, **values: Any) -> CreditShare:
    """Half of the credit of one more win."""
    row: dict[str, Any] = {
        "agent_id": "arwen",
        "agent_name": "Arwen",
        "weight": 5000,
        "after_seq": 0,
    } | values
    return CreditShare(**{"win_id": row.get("win_id") or stored_win(world)} | row, **SIGNED)


def refund(world: World, **values: Any) -> Refund:
    row = {
        "win_id": world.win_key,
        "reference": f"{world.win_key}:refund-{next(_numbers)}",
        "kind": "refund",
        "amount_minor": 100,
        "reason_code": "returned",
        "effective_on": DAY,
        "recorded_at": NOW,
        "after_seq": 0,
    }
    return Refund(**row | values, **SIGNED)


def terms(world: World, **values: Any) -> Terms:
    row = {
        "service_id": "blueprint",
        "currency": "EUR",
        "starts": DAY.replace(year=3000 + next(_numbers)),
        "rate_bp": 500,
        "digest": digest(),
        "recorded_at": NOW,
    }
    return Terms(**row | values)


def entry(world: World, **values: Any) -> CommissionEntry:
    """The ledger's next row: one cent more of commission on the world's win."""
    win_row = Win.objects.get(pk=world.win)
    row = {
        "seq": world.head + 1,
        "event_key": f"test:{next(_numbers)}",
        "line": 1,
        "kind": "book",
        "debit": "A:recv:blueprint",
        "credit": "L:held:blueprint",
        "amount": 1,
        "unit": "EUR/2",
        "book": "money",
        "win_id": world.win_key,
        "instalment": 1,
        "agent_id": "arwen",
        "lead_id": win_row.lead.reference,
        "service_id": "blueprint",
        "owner_id": "leo",
        "terms_id": world.terms_digest,
        "facts": digest(),
        "period": "2026-03",
        "effective_on": DAY,
        "recorded_at": NOW,
        "actor": "arwen",
        "hash": digest(),
    }
    return CommissionEntry(**row | values)


ROWS: dict[type[Model], Callable[[World], Model]] = {
    Seat: lambda w: Seat(agent_key=f"agent-{next(_numbers)}", agent_name="Atlas", role="auditor", since=NOW, **SIGNED),
    Customer: lambda w: Customer(
        reference=f"customer:{next(_numbers)}",
        name="Alba Foto",
        folded_name="alba foto",
        created_at=NOW,
        **SIGNED,
    ),
    Person: lambda w: Person(customer_id=w.customer, name="Luz", created_at=NOW, **SIGNED),
    ContactPoint: lambda w: ContactPoint(
        customer_id=w.customer, kind="email", value="luz@alba.example", created_at=NOW, **SIGNED
    ),
    StoredFile: lambda w: StoredFile(
        sha256=digest(), name="order.pdf", size_bytes=3, content=b"pdf", stored_at=NOW, **SIGNED
    ),
    Import: lambda w: Import(file_name="b.csv", source="b", started_at=NOW, **SIGNED),
    ImportRow: lambda w: ImportRow(batch_id=w.batch, line=next(_numbers), outcome="created"),
    Lead: lead,
    Note: lambda w: Note(lead_id=w.open_lead, text="Call after Easter.", at=NOW, **SIGNED),
    LeadEvent: lambda w: LeadEvent(
        lead_id=w.open_lead, number=next(_numbers), kind="changed", at=NOW, table_version=1, **SIGNED
    ),
    Interaction: lambda w: Interaction(
        lead_id=w.open_lead,
        agent_id="arwen",
        reference=f"say:{next(_numbers)}",
        channel="call",
        direction="in",
        at=NOW,
        **SIGNED,
    ),
    Offer: lambda w: Offer(
        lead_id=w.open_lead, number=next(_numbers), amount_minor=100, currency="EUR", made_at=NOW, **SIGNED
    ),
    Service: lambda w: Service(
        key=f"service-{next(_numbers)}", name="Audit", owner_id="leo", owner_revision=1, sellable=True
    ),
    ServiceOwner: lambda w: ServiceOwner(
        service_id="blueprint", agent_id="leo", agent_name="Leo", revision=next(_numbers), since=NOW
    ),
    Terms: terms,
    Design: lambda w: Design(service_id="blueprint", design_type=f"type-{next(_numbers)}", status="approved"),
    RegistrySync: lambda w: RegistrySync(at=NOW, source="test:", outcome="applied", **SIGNED),
    Win: win,
    WinPricing: pricing,
    CreditShare: share,
    Refund: refund,
    HandOff: lambda w: HandOff(win_id=stored_win(w), to_agent_id="leo", opened_at=NOW, **SIGNED),
    BookingRequest: lambda w: BookingRequest(
        lead_id=w.open_lead,
        key=f"web:request-{next(_numbers)}",
        form={},
        reason_code="registry_stale",
        reason="The registry is too old.",
        asked_at=NOW,
        **SIGNED,
    ),
    LedgerBook: lambda w: LedgerBook(id=1, ledger_id=uuid4(), opened_at=NOW),
    Account: lambda w: Account(code=f"A:recv:service-{next(_numbers)}", unit="EUR/2", book="money"),
    CommissionEntry: entry,
}


def good_row(model: type[Model], world: World) -> Model:
    """A good, unsaved row of the model; what it needs beside it is stored."""
    return ROWS[model](world)
