"""The demo's one screen: what is in it, whether the ledger reconciles, where it answers and who signs in."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from sales.ledger.reconcile import run
from sales.management.demo.logins import Credentials
from sales.money import format_minor
from sales.monitor.report import report
from sales.monitor.words import LEAD_STATES, WIN_STATES
from sales.registry.freshness import last_good_read
from sales.registry.models import Agent, Region, Service

PATHS = ("/", "/admin/", "/monitor/")


def summary(credentials: list[Credentials], *, now: datetime, port: str) -> dict[str, Any]:
    """What the command tells, as one object; the passwords are nowhere else."""
    read, told, proof = last_good_read(), report(now), run(now=now)
    return {
        "outcome": "filled",
        "as_of": told["as_of"],
        "synced": {
            "source": read.source if read else "",
            "digest": read.digest if read else "",
            "services": Service.objects.filter(retired_at=None).count(),
            "retired": Service.objects.exclude(retired_at=None).count(),
            "agents": Agent.objects.filter(retired_at=None).count(),
            "regions": Region.objects.filter(retired_at=None).count(),
        },
        "leads": told["leads"],
        "wins": told["wins"],
        "totals": told["totals"],
        "reconcile": {"ok": proof.ok, "entries": proof.entries},
        "addresses": [f"http://127.0.0.1:{port}{path}" for path in PATHS],
        "logins": [asdict(login) for login in credentials],
    }


def screen(result: dict[str, Any]) -> str:
    """The same as people read it."""
    synced, leads, wins = result["synced"], result["leads"]["by_state"], result["wins"]["by_state"]
    proof = result["reconcile"]
    sales = [
        f"          {format_minor(row['sold_minor'], row['currency'])} sold with {row['wins']} wins,"
        f" commission {format_minor(row['commission_minor'], row['currency'])}"
        for row in result["totals"]
    ]
    logins = [f"          {row['username']:<9} {row['password']}   {row['role']}" for row in result["logins"]]
    lines = [
        "The sample organisation is in. All of it is made up, its terms too.",
        "",
        f"Synced    {synced['services']} services ({synced['retired']} retired), {synced['agents']} agents,"
        f" {synced['regions']} regions",
        f"Leads     {sum(leads.values())}: {_counts(leads, LEAD_STATES)}",
        f"Wins      {sum(wins.values())}: {_counts(wins, WIN_STATES)}",
        "In totals",
        *sales,
        f"Reconcile {'ok' if proof['ok'] else 'FAULTS: run manage.py reconcile'}, {proof['entries']} ledger rows",
        f"Look at   {'  '.join(result['addresses'])}",
        "Sign in   with one button per role on the first page, or as",
        *logins,
        "          The passwords are told this once and stored as hashes only.",
    ]
    return "\n".join(lines)


def _counts(by_state: dict[str, int], words: Any) -> str:
    return ", ".join(f"{count} {words[code].word.lower()}" for code, count in by_state.items() if count)
