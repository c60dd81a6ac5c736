"""What a booking says, and the named ways in which it can be refused."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sales.intake.models import Import, StoredFile
from sales.leads.models import Cadence
from sales.refusal import Refusal
from sales.wins.models import EvidenceKind


@dataclass(frozen=True, slots=True, kw_only=True)
class WinForm:
    """One booking. Amounts are net of tax, after discounts, per payment, in minor units of ``currency``.

    ``lead`` is the lead's reference. ``agent`` and ``shares`` default to the lead's agent with all the credit;
    shares are of 10,000. ``owner_seen`` and ``terms_seen`` (digest, or "none") are what the person saw before.
    """

    lead: str
    amount_minor: int
    currency: str
    sold_date: date
    evidence_reference: str
    evidence_kind: str = EvidenceKind.REFERENCE
    evidence_file: StoredFile | None = None
    service: str = ""
    agent: str = ""
    shares: Mapping[str, int] = field(default_factory=dict)
    quantity: int = 1
    cadence: str = Cadence.ONCE
    term_months: int | None = None
    owner_seen: str = ""
    terms_seen: str = ""
    replaces: str = ""
    batch: Import | None = None


class WinRefused(Refusal):
    """A booking was refused; nothing was written. ``passes`` tells whether waiting can help."""

    code = "win_refused"
    passes = False


class UnknownLead(WinRefused):
    """No such lead, or not one that the caller may see."""

    code = "unknown_lead"


class UnknownWin(WinRefused):
    """No such win to replace."""

    code = "unknown_win"


class LeadNotOpen(WinRefused):
    """The lead has ended."""

    code = "lead_not_open"


class NotForSale(WinRefused):
    """The service is retired, not accepted, not for sale or not the lead's."""

    code = "not_for_sale"


class RegistryStale(WinRefused):
    """The mirror is older than allowed."""

    code = "registry_stale"
    passes = True


class OwnerChanged(WinRefused):
    """The service has another owner than the form saw."""

    code = "owner_changed"


class TermsChanged(WinRefused):
    """Other terms are in force than the form saw."""

    code = "terms_changed"


class NoCustomer(WinRefused):
    """A win needs a customer."""

    code = "no_customer"


class NoAgent(WinRefused):
    """A win needs an active agent and a region."""

    code = "no_agent"


class NoEvidence(WinRefused):
    """A win needs evidence."""

    code = "no_evidence"


class BadAmount(WinRefused):
    """The amount, currency or quantity can't be."""

    code = "bad_amount"


class BadDate(WinRefused):
    """The sale date lies in the future."""

    code = "bad_date"


class BadShares(WinRefused):
    """The shares don't make a whole, or name somebody who isn't an agent of the registry."""

    code = "bad_shares"


class AnotherWinHere(WinRefused):
    """The lead has a win with other content."""

    code = "another_win_here"
