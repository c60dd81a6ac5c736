"""What a batch of bookings has to know, read in as few statements as one booking needs."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypedDict, cast

from django.db import connection
from django.db.models import Count, Exists, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from sales.blocks.closing.forms import WinForm
from sales.leads.models import Interaction, Lead, LeadEvent
from sales.registry.models import Agent, Terms
from sales.wins.models import Win

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    class Figures(TypedDict):
        """What is read beside a lead."""

        last_event: int
        interactions_count: int
        wins_count: int
        live_win: int | None
        customer_won_before: bool

    DeskLead = WithAnnotations[Lead, Figures]
else:
    DeskLead = Lead


@dataclass(slots=True)
class Desk:
    """The batch's leads by reference, live wins by lead, terms by service and currency, agents by key."""

    leads: dict[str, DeskLead]
    live_wins: dict[int, Win]
    terms: dict[tuple[str, str], list[Terms]]
    agents: dict[str, Agent]
    shares: dict[int, dict[str, int]] = field(default_factory=dict)
    customers_won: set[int] = field(default_factory=set)


def _last(model: type[Any], aggregate: Any) -> Coalesce:
    of_lead = model.objects.filter(lead=OuterRef("pk")).order_by().values("lead").annotate(n=aggregate)
    return Coalesce(Subquery(of_lead.values("n")), 0)


def _hold(leads: QuerySet[Lead]) -> None:
    """Lock the leads before anything is read beside them.

    A statement that has to wait for a row reads that row anew afterwards, but not what it joined or counted beside it.
    On SQLite the transaction is the only writer already.
    """
    if connection.features.has_select_for_update:
        list(leads.select_for_update().order_by("pk").values_list("pk"))


def lay_out(forms: Sequence[WinForm]) -> Desk:
    """Read everything for these forms; call it under the write lock."""
    asked = Lead.objects.filter(reference__in={form.lead for form in forms})
    _hold(asked)
    live = Win.objects.live()
    annotated = asked.select_related("service", "customer", "region").annotate(
        last_event=_last(LeadEvent, Max("number")),
        interactions_count=_last(Interaction, Count("pk")),
        wins_count=_last(Win, Count("pk")),
        live_win=Subquery(live.filter(lead=OuterRef("pk")).values("pk")[:1]),
        customer_won_before=Exists(live.filter(customer=OuterRef("customer"))),
    )
    leads: dict[str, DeskLead] = {lead.reference: cast("DeskLead", lead) for lead in annotated}
    stand = [lead.live_win for lead in leads.values() if lead.live_win]
    live_wins = {win.lead_id: win for win in Win.objects.filter(pk__in=stand)} if stand else {}
    terms: dict[tuple[str, str], list[Terms]] = {}
    for version in Terms.objects.filter(service__in={lead.service_id for lead in leads.values()}):
        terms.setdefault((version.service_id, version.currency), []).append(version)
    named = {key for form in forms for key in (form.agent, *form.shares)}
    of_leads = {key for lead in leads.values() for key in (lead.agent_id, lead.service.owner_id)}
    agents = {agent.key: agent for agent in Agent.objects.filter(key__in={*named, *of_leads} - {"", None})}
    return Desk(leads=leads, live_wins=live_wins, terms=terms, agents=agents)
