"""What makes a booking right, before anything is written. Pure, except that it is given rows to look at.

The database refuses the same again, in fewer words: win_service_for_sale, win_owner_in_force, win_has_evidence,
win_terms_in_force, win_lead_has_one_live_win (DESIGN section 7).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from sales.blocks.closing import forms
from sales.blocks.closing.forms import WinForm
from sales.customers.models import Customer
from sales.leads.models import Cadence, Lead, State
from sales.money import MAX_MINOR, UnknownCurrency, unit_of
from sales.registry.models import Agent, Region, Terms
from sales.wins.models import EvidenceKind, Win

WHOLE = 10_000
EVIDENCE_MOST_CHARACTERS = 200


def today_in(region: Region, now: datetime) -> date:
    """The date in a region's zone; UTC where the registry names none."""
    return now.astimezone(ZoneInfo(region.timezone) if region.timezone else UTC).date()


def check_service(form: WinForm, lead: Lead, terms: Terms | None) -> None:
    """The service is the lead's, for sale, and as the form saw it.

    Raises:
        NotForSale, OwnerChanged, TermsChanged: each with what to do.
    """
    service = lead.service
    if form.service and form.service != lead.service_id:
        raise forms.NotForSale(
            f"This lead is about {service.name}, not '{form.service}'. Change the lead's service first."
        )
    if not service.can_be_sold:
        raise forms.NotForSale(f"{service.name} can't be sold. {service.why_not_sold} Sell another service instead.")
    if form.owner_seen and form.owner_seen != service.owner_id:
        raise forms.OwnerChanged(
            f"{service.name} is owned by {service.owner_id} now. Look at the terms and book again."
        )
    if form.terms_seen and form.terms_seen != (terms.digest if terms else "none"):
        raise forms.TermsChanged(f"Other terms of {service.name} are in force now. Look at them and book again.")


def buyer_of(lead: Lead) -> Customer:
    """The customer of an open lead.

    Raises:
        LeadNotOpen, NoCustomer: each with what to do.
    """
    if not lead.is_open:
        raise forms.LeadNotOpen(f"This lead is '{State(lead.state).label}'. Reopen it before booking a win.")
    if lead.customer is None:
        raise forms.NoCustomer("The lead's customer isn't known. Add the customer to the lead, then book.")
    return lead.customer


def check_content(form: WinForm, *, region: Region, now: datetime, terms: Terms | None) -> None:
    """Amount, currency, quantity, term, date and evidence.

    Raises:
        BadAmount, BadDate, NoEvidence: each with what to do.
    """
    _check_amount(form, terms)
    _check_recurrence(form)
    if form.sold_date > today_in(region, now):
        raise forms.BadDate(f"{form.sold_date} is in the future in {region.name}. Book it on the day it is sold.")
    _check_evidence(form)


def _check_amount(form: WinForm, terms: Terms | None) -> None:
    amount = form.amount_minor
    if isinstance(amount, bool) or not isinstance(amount, int) or not 0 <= amount <= MAX_MINOR:
        raise forms.BadAmount(
            "The amount must be a whole number of minor units, from 0 to 9,007,199,254,740,991. Correct it."
        )
    try:
        unit_of(form.currency)
    except UnknownCurrency as unknown:
        raise forms.BadAmount(str(unknown)) from unknown
    if amount == 0 and not (terms and (terms.fixed_minor or terms.floor_minor)):
        raise forms.BadAmount("Nothing was sold: the amount is 0 and the terms have no fixed part. Enter the amount.")


def _check_recurrence(form: WinForm) -> None:
    months = form.term_months
    is_once = form.cadence == Cadence.ONCE and months is None
    is_monthly = form.cadence == Cadence.MONTHLY and months is not None and months >= 1
    if form.quantity < 1 or not (is_once or is_monthly):
        raise forms.BadAmount(
            "A sale has a quantity of at least 1, and a number of months only if it recurs monthly. Correct that."
        )


def _check_evidence(form: WinForm) -> None:
    reference = form.evidence_reference.strip()
    if len(reference) > EVIDENCE_MOST_CHARACTERS:
        raise forms.NoEvidence("The reference of the evidence is longer than 200 characters. Shorten it.")
    if not reference or form.evidence_kind not in EvidenceKind.values:
        raise forms.NoEvidence(
            "A win needs evidence: a file, a message or a reference. Enter one, such as the order's number."
        )
    if form.evidence_kind == EvidenceKind.FILE and form.evidence_file is None:
        raise forms.NoEvidence("The evidence is a file, but none is attached. Attach it, or give a reference instead.")


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who drove a win, where, for which owner, and who gets credit, of 10,000."""

    agent: Agent
    region: Region
    owner: Agent
    shares: dict[str, int]


def attribution(form: WinForm, lead: Lead, agents: Mapping[str, Agent]) -> Attribution:
    """Who drove the win and who gets credit; all of it is the agent's where no shares are given.

    The agent has to be active. A share may go to one who is retired by now: the sale can be older than the booking.

    Raises:
        NoAgent: nobody, or nobody active, drove it.
        NotForSale: the service's owner is no agent of the registry any more.
        BadShares: not 10,000 in all, or somebody who isn't an agent of the registry.
    """
    agent, owner = agents.get(form.agent or lead.agent_id or ""), agents.get(lead.service.owner_id or "")
    if agent is None or owner is None or not (agent.is_agent and agent.is_live) or lead.region is None:
        raise forms.NoAgent("A win needs the active agent that drove it, and its region. Assign the lead first.")
    if owner.retired_at or not owner.is_agent:
        raise forms.NotForSale(
            f"{lead.service.name} can't be sold: its owner {owner.name} is no active agent any more. Sync the registry."
        )
    shares = dict(form.shares) or {agent.key: WHOLE}
    for key, weight in shares.items():
        member = agents.get(key)
        if member is None or not member.is_agent or type(weight) is not int or weight < 1:
            raise forms.BadShares(
                f"'{key}' can't get credit. Shares go to agents of the registry, whole and at least 1."
            )
    if sum(shares.values()) != WHOLE:
        raise forms.BadShares(f"The shares make {sum(shares.values())}, not 10000. Correct them to make a whole.")
    return Attribution(agent, lead.region, owner, shares)


SAME = ("amount_minor", "currency", "quantity", "cadence", "term_months", "sold_date", "evidence_kind")


def differences(form: WinForm, win: Win, *, lead: Lead, shares: Mapping[str, int]) -> list[str]:
    """The fields in which a repeated booking differs from the win that stands."""
    different = [name for name in SAME if getattr(form, name) != getattr(win, name)]
    if form.evidence_reference.strip() != win.evidence_reference:
        different.append("evidence_reference")
    if (form.evidence_file.pk if form.evidence_file else None) != win.evidence_file_id:
        different.append("evidence_file")
    if form.service and form.service != win.service_id:
        different.append("service")
    if form.replaces and form.replaces != (win.replaces.key if win.replaces else ""):
        different.append("replaces")
    agent = form.agent or lead.agent_id or ""
    if agent != win.agent_id:
        different.append("agent")
    if (dict(form.shares) or {agent: WHOLE}) != dict(shares):
        different.append("shares")
    return different
