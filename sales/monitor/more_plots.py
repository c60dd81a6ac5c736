"""The funnel by amount, and what each region sold of each service: where do we lose, and who sells what? Values."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sales.monitor.finding import name_in
from sales.monitor.funnel import Step
from sales.monitor.links import rows_url
from sales.monitor.periods import Period, days_label
from sales.monitor.placing import PlacedWin
from sales.monitor.plots import Bar, HeatTable, bars, heat_table, steepest
from sales.monitor.reading import Reading
from sales.monitor.totals import Scope
from sales.monitor.words import LEAD_STATES


@dataclass(frozen=True, slots=True)
class FunnelBar:
    """A bar with the drawing of its state."""

    bar: Bar
    shape: str


@dataclass(frozen=True, slots=True)
class FunnelPlot:
    """Amount that reached each step; ``title`` is the answer."""

    currency: str
    title: str
    question: str
    bars: tuple[FunnelBar, ...]

    @property
    def is_empty(self) -> bool:
        return not any(drawn.bar.minor for drawn in self.bars)


@dataclass(frozen=True, slots=True)
class HeatPlot:
    """Sold by service and region; ``title`` is the answer."""

    currency: str
    title: str
    question: str
    table: HeatTable


def when(period: Period) -> str:
    """The period's days in words."""
    return days_label(period.span) if period.span else "of all time"


def funnel_plot(steps: Sequence[Step], *, scope: Scope, period: Period) -> FunnelPlot:
    """The steps as bars; each opens the leads that reached it."""
    filters = {"currency": scope.currency, "region": scope.region}
    created = {"created_from": scope.sold_from, "created_to": scope.sold_to}
    drawn = bars(
        [
            Bar(
                key=step.state,
                label=LEAD_STATES[step.state].word,
                minor=step.amount_minor,
                count=step.leads,
                url=rows_url("lead", reached=step.state, **filters, **created),
            )
            for step in steps
        ]
    )
    lost = steepest(drawn)
    return FunnelPlot(
        currency=scope.currency,
        title=f"Most is lost on the way to “{lost.label}”" if lost else "Nothing is lost so far",
        question=f"Amount that reached each step, {scope.currency}, leads {when(period)}. Where do we lose?",
        bars=tuple(FunnelBar(bar, LEAD_STATES[bar.key].shape) for bar in drawn),
    )


def heat_plot(wins: Sequence[PlacedWin], *, reading: Reading, scope: Scope, period: Period) -> HeatPlot:
    """Sold in totals; services go down and regions across, since there are more services than regions."""
    amounts: Counter[tuple[str, str]] = Counter()
    for win in wins:
        if win.is_counted:
            amounts[win.service, win.region] += win.sold_minor
    services = sorted({service for service, _ in amounts}, key=lambda key: name_in(reading.services, key))
    regions = sorted({region for _, region in amounts})
    filters = {"currency": scope.currency, "sold_from": scope.sold_from, "sold_to": scope.sold_to, "counted": "1"}
    urls = {
        (service, region): rows_url("win", service=service, region=region or scope.region, **filters)
        for service in ("", *services)
        for region in ("", *regions)
    }
    top = amounts.most_common(1)
    title = "Nothing is sold here yet"
    if top:
        (service, region), _ = top[0]
        title = f"{name_in(reading.services, service)} in {name_in(reading.regions, region)} sells most"
    return HeatPlot(
        currency=scope.currency,
        title=title,
        question=f"Sold {when(period)} by service and region, {scope.currency}. Who sells what?",
        table=heat_table(
            amounts,
            rows=[(key, name_in(reading.services, key)) for key in services],
            columns=[(key, key) for key in regions],
            urls=urls,
        ),
    )
