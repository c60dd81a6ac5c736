"""The proof of one win: from its lead to the terms, the rule, the rows, and what settled and anchored them.

Reads only, and works nothing out anew but the rule's words; whether the figures hold is reconciliation's question.
Takes the key of a win, the reference of a lead or the number of a ledger row (R4, R38).
"""

from typing import Any

from django.db.models import QuerySet

from sales.leads.models import Lead
from sales.ledger.models import CommissionEntry
from sales.ledger.pricing import rule_of
from sales.ledger.rules import describe_terms, explain_commission
from sales.money import currency_of, format_minor
from sales.refusal import Refusal
from sales.wins.facts import bases_of
from sales.wins.models import Refund, Win
from sales.wins.shares import shares_of

NOT_SETTLED = "None yet: no statement of the service's owner has been matched."
NOT_ANCHORED = "None yet: no anchor has been taken outside the database."


class NothingToTrace(Refusal):
    """There is no such win, lead or row."""

    code = "nothing_to_trace"


def trace(reference: str) -> dict[str, Any]:
    """The chain behind a win, a lead or a row, ready for JSON; a lead without a win has no more than itself.

    Raises:
        NothingToTrace: nothing goes by that reference.
    """
    lead, win, entry = find(reference)
    others = list(lead.wins.order_by("id").values_list("key", flat=True)) if win else []
    return {
        "reference": reference,
        "entry": entry,
        "lead": _lead(lead),
        "win": _win(win) if win else None,
        "other_wins": [key for key in others if win and key != win.key],
        "service": _service(win) if win else None,
        "owner": _owner(win) if win else None,
        "terms": _terms(win) if win else None,
        "rule": _rule(win) if win else None,
        "shares": _shares(win) if win else [],
        "refunds": [_refund(refund) for refund in win.refunds.order_by("id")] if win else [],
        "entries": [_entry(row) for row in win.entries.order_by("seq")] if win else [],
        "settlement": NOT_SETTLED,
        "anchor": NOT_ANCHORED,
    }


def find(reference: str) -> tuple[Lead, Win | None, int | None]:
    """The lead, its win and the row that a reference means; of a lead's wins the one that stands, else the last.

    Raises:
        NothingToTrace: nothing goes by that reference.
    """
    wins: QuerySet[Win] = Win.objects.select_related(
        "lead__customer", "service", "owner", "customer", "region", "pricing__terms"
    )
    if reference.isascii() and reference.isdigit():
        row = CommissionEntry.objects.filter(seq=int(reference)).first()
        if row is not None and row.win is not None:
            win = wins.get(pk=row.win.pk)
            return win.lead, win, row.seq
    win_found = wins.filter(key=reference).first()
    if win_found is not None:
        return win_found.lead, win_found, None
    lead = Lead.objects.select_related("customer").filter(reference=reference).first()
    if lead is None:
        raise NothingToTrace(
            f"No win, lead or ledger row goes by '{reference}'. Give a win's key such as web:1#1, a lead's reference"
            " or a row's number."
        )
    live = wins.filter(lead=lead).exclude(refunds__kind=Refund.Kind.VOID).order_by("-id").first()
    return lead, live or wins.filter(lead=lead).order_by("-id").first(), None


def _lead(lead: Lead) -> dict[str, Any]:
    return {
        "reference": lead.reference,
        "state": lead.state,
        "customer": lead.customer.reference if lead.customer else None,
        "source": lead.source,
        "campaign": lead.campaign,
        "first_touch": lead.first_touch,
        "created_at": lead.created_at,
        "created_by": lead.signer.words,
        "agent": lead.agent_id,
    }


def _win(win: Win) -> dict[str, Any]:
    return {
        "key": win.key,
        "sold_date": win.sold_date,
        "amount_minor": win.amount_minor,
        "currency": win.currency,
        "cadence": win.cadence,
        "term_months": win.term_months,
        "customer": win.customer.reference,
        "region": win.region_id,
        "agent": win.agent_id,
        "agent_name": win.agent_name,
        "source": win.source,
        "campaign": win.campaign,
        "first_touch": win.first_touch,
        "interactions": win.interactions_count,
        "evidence": {"kind": win.evidence_kind, "reference": win.evidence_reference},
        "booked_at": win.booked_at,
        "booked_by": win.signer.words,
        "registry_digest": win.registry_digest,
    }


def _service(win: Win) -> dict[str, Any]:
    return {"key": win.service_id, "name": win.service.name}


def _owner(win: Win) -> dict[str, Any]:
    """The owner as it was registered when the win was booked."""
    version = win.service.owners.filter(revision=win.owner_revision).first()
    return {
        "key": win.owner_id,
        "name": win.owner_name,
        "revision": win.owner_revision,
        "since": version.since if version else None,
    }


def _terms(win: Win) -> dict[str, Any] | None:
    if not hasattr(win, "pricing"):
        return None
    pricing, terms = win.pricing, win.pricing.terms
    return {
        "digest": pricing.terms_digest,
        "currency": terms.currency,
        "starts": terms.starts,
        "revision": terms.revision,
        "sample": terms.sample,
        "sentence": describe_terms(rule_of(terms), terms.currency),
        "priced_at": pricing.priced_at,
        "priced_by": pricing.signer.words,
        "approver": pricing.approver or None,
        "facts_digest": pricing.facts_digest,
    }


def _rule(win: Win) -> dict[str, Any] | None:
    """How the first instalment's commission comes about, in words and figures."""
    if not hasattr(win, "pricing"):
        return None
    pricing, terms = win.pricing, win.pricing.terms
    base = bases_of(win, instalments=terms.instalments)[0]
    return {
        "base_minor": base,
        "before_minor": pricing.before_minor,
        "used_minor": pricing.used_minor,
        "sentence": explain_commission(
            rule_of(terms),
            base,
            win.currency,
            before_minor=pricing.before_minor,
            used_minor=pricing.used_minor,
        ),
    }


def _shares(win: Win) -> list[dict[str, Any]]:
    names = dict(win.shares.values_list("agent_id", "agent_name"))
    return [
        {"agent": agent, "name": names[agent], "weight": weight} for agent, weight in sorted(shares_of(win).items())
    ]


def _refund(refund: Refund) -> dict[str, Any]:
    return {
        "reference": refund.reference,
        "kind": refund.kind,
        "instalment": refund.instalment,
        "amount_minor": refund.amount_minor,
        "reason": refund.reason_code,
        "effective_on": refund.effective_on,
        "by": refund.signer.words,
    }


def _entry(row: CommissionEntry) -> dict[str, Any]:
    return {
        "seq": row.seq,
        "event": row.event_key,
        "kind": row.kind,
        "debit": row.debit,
        "credit": row.credit,
        "amount_minor": row.amount,
        "unit": row.unit,
        "words": f"{row.debit} → {row.credit}, {format_minor(row.amount, currency_of(row.unit))}",
        "effective_on": row.effective_on,
        "actor": row.actor,
        "approver": row.approver,
        "hash": row.hash,
    }
