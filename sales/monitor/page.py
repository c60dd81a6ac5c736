"""What the monitor's templates are given: overview, findings, criteria and proof of one reading.

The console's front page takes the same, so that both say the same. What is asked for and isn't there becomes the
default: a bookmark of a currency that nobody sells in any more still opens.
"""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from sales.monitor.checks import findings
from sales.monitor.criteria import criteria, met_words
from sales.monitor.funnel import funnel
from sales.monitor.links import rows_url
from sales.monitor.overview import currencies_of, overview
from sales.monitor.periods import choices, period_of
from sales.monitor.proof import Proof, proof
from sales.monitor.reading import Reading, read
from sales.monitor.totals import Scope

NO_CURRENCY = "EUR"
MARKS = {True: ("good", "done"), False: ("bad", "alert"), None: ("neutral", "partly")}


def monitor_context(*, now: datetime, currency: str = "", period: str = "", region: str = "") -> dict[str, Any]:
    """One reading, shown for a currency, a period and a region (empty for all)."""
    reading = read(now)
    chosen = period_of(period, reading.today)
    region = region if region in reading.regions else ""
    known = currencies_of(reading) or (NO_CURRENCY,)
    currency = currency if currency in known else known[0]
    first = chosen.span.first if chosen.span else None
    steps = funnel(currency=currency, region=region, first=first, last=chosen.until)
    proved = proof(now=now)
    scope = Scope(region=region)
    measured = criteria(reading, scope, proof=proved)
    query = {"currency": currency, "period": chosen.code, "region": region}
    return {
        "title": "Monitor",
        "now": now,
        "view": overview(reading, period=chosen, currency=currency, steps=steps, region=region),
        "currencies": [(code, f"?{urlencode({**query, 'currency': code})}") for code in known],
        "periods": choices(reading.today),
        "regions": sorted((row.name, key) for key, row in reading.regions.items()),
        "region": region,
        "region_name": reading.regions[region].name if region else "All regions",
        "part_query": urlencode({**query, "part": 1}),
        "findings": [_finding_item(finding) for finding in findings(reading, scope)],
        "criteria": [{"is": criterion, "mark": MARKS[criterion.met]} for criterion in measured],
        "criteria_words": met_words(measured),
        "criteria_met": all(criterion.met for criterion in measured),
        "proof": proof_card(proved, reading),
    }


def _finding_item(finding: Any) -> dict[str, Any]:
    """As ``parts/todo.html`` shows it."""
    return {
        "tone": finding.severity,
        "shape": finding.shape,
        "title": finding.words,
        "url": finding.url,
        "text": finding.detail,
        "action": "See them" if finding.count > 1 else "See it",
        "action_url": finding.url,
    }


def proof_card(proved: Proof, reading: Reading) -> dict[str, Any]:
    """As ``parts/proof.html`` shows it: the proof, or the first fault with the next step."""
    report, at = proved.report, proved.at
    made = f"worked out at {at:%H:%M} UTC"
    if report.entries == 0:
        title, text = "The books are empty", "The first booked win writes the first row."
    elif report.ok:
        title = f"The books prove themselves: {proved.holding} of {proved.of} equations hold"
        head = f"head {report.head_hash[:4]}…{report.head_hash[-4:]}"
        text = f"{report.entries:,} rows, no gap, {head}, {made}."
    else:
        title = f"The books do not hold: {proved.of - proved.holding} of {proved.of} equations fail"
        wrong = next(equation for equation in report.equations if not equation.ok)
        text = f"{wrong.id}: {wrong.faults[0].sentence} {wrong.remedy} Run reconcile to see all, {made}."
    return {"ok": report.ok, "title": title, "text": text, "url": rows_url("commissionentry")}
