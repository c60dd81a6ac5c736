"""Balances of the ledger, each on its own side, in minor units: the read side of posting. Nothing is stored.

Each function is one grouped statement over the rows, up to ``as_of`` where it is given. What the figures should be
is reconciliation's question, and in which state a win stands the monitor's (LEDGER.md, Sides and Events).
"""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import BigIntegerField, Case, F, QuerySet, Sum, Value, When

from sales.ledger.models import CommissionEntry

GROWS_BY_DEBIT = ("A:", "X:", "K:", "C:", "M:pool", "M:sold:")


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One instalment of a win: four balances, then what its events moved."""

    receivable: int = 0
    held: int = 0
    due_to: int = 0
    written_off: int = 0
    sold: int = 0
    refunded: int = 0
    booked: int = 0
    released: int = 0
    voided: int = 0
    clawed_back: int = 0

    @property
    def commission(self) -> int:
        """c - T(R): what was booked, less what refunds took back."""
        return self.booked - self.voided - self.clawed_back

    @property
    def due(self) -> int:
        """What the owner is to pay now: the receivable without what is in hold."""
        return self.receivable - min(self.receivable, self.held)


BALANCES = {"receivable": "A:recv:", "held": "L:held:", "due_to": "L:dueto:", "written_off": "X:writeoff"}
FLOWS = {
    "sold": "sold",
    "refunded": "unsold",
    "booked": "book",
    "released": "release",
    "voided": "void",
    "clawed_back": "clawback",
}


def standings(win_keys: Collection[str] | None = None, as_of: int | None = None) -> dict[tuple[str, int], Standing]:
    """The standing of each instalment that has rows, by win key and instalment; of all wins unless some are named."""
    sums = {name: _balance(account) for name, account in BALANCES.items()}
    sums |= {name: _flow(kind) for name, kind in FLOWS.items()}
    names = list(sums)
    rows = _rows(win_keys, as_of).values_list("win_id", "instalment").annotate(**sums).order_by()
    return {
        (win, instalment): Standing(**{name: int(value) for name, value in zip(names, figures, strict=True)})
        for win, instalment, *figures in rows
    }


def credits_of(win_keys: Collection[str] | None = None, as_of: int | None = None) -> dict[str, dict[str, int]]:
    """Each agent's credit on each win, of all wins unless some are named; those back at 0 are left in."""
    signed = Case(When(kind="credit", then=F("amount")), default=-F("amount"), output_field=BigIntegerField())
    rows = (
        _rows(win_keys, as_of)
        .filter(kind__in=["credit", "uncredit"])
        .values_list("win_id", "agent_id")
        .annotate(net=Sum(signed))
        .order_by()
    )
    found: dict[str, dict[str, int]] = {}
    for win, agent, net in rows:
        found.setdefault(win, {})[agent] = int(net)
    return found


def credit_of(win_key: str) -> dict[str, int]:
    """Each agent's credit on one win, as ``spread_credit`` takes it."""
    return credits_of([win_key]).get(win_key, {})


def account_balances(as_of: int | None = None) -> dict[tuple[str, str], int]:
    """Balance of each account that has rows, by unit and code, each on the side on which it grows."""
    rows = _rows(None, as_of).values_list("unit", "debit", "credit").annotate(moved=Sum("amount")).order_by()
    found: dict[tuple[str, str], int] = {}
    for unit, debit, credit, moved in rows:
        for code, change in ((debit, int(moved)), (credit, -int(moved))):
            sign = 1 if code.startswith(GROWS_BY_DEBIT) else -1
            found[unit, code] = found.get((unit, code), 0) + sign * change
    return found


def _rows(win_keys: Collection[str] | None, as_of: int | None) -> QuerySet[CommissionEntry]:
    rows = CommissionEntry.objects.all()
    if win_keys is not None:
        rows = rows.filter(win_id__in=win_keys)
    return rows if as_of is None else rows.filter(seq__lte=as_of)


def _balance(account: str) -> Sum:
    """An account's balance on its own side; the code is matched by its beginning, as services differ."""
    sign = 1 if account.startswith(GROWS_BY_DEBIT) else -1
    return Sum(
        Case(
            When(debit__startswith=account, then=F("amount") * sign),
            When(credit__startswith=account, then=F("amount") * -sign),
            default=Value(0),
            output_field=BigIntegerField(),
        )
    )


def _flow(kind: str) -> Sum:
    return Sum(Case(When(kind=kind, then=F("amount")), default=Value(0), output_field=BigIntegerField()))
