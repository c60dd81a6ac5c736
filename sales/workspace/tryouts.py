"""The demo's "Try this": each does the real thing, on the demo or on a throw-away copy of it, and shows what happened.

Outside the demo there are no such paths.
"""

import json
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from sales.access.models import Login
from sales.blocks.closing.forms import WinForm, WinRefused
from sales.blocks.closing.work import book_win
from sales.leads.models import OPEN_STATES, Lead, State
from sales.ledger.trace import trace
from sales.money import format_minor
from sales.registry.actors import actor_for
from sales.registry.demo_mark import is_demo
from sales.registry.models import Service
from sales.wins.models import Win

TRIES = [
    {
        "title": "Book a win",
        "text": "Two minutes: an offer becomes a win, its commission a ledger row.",
        "url": "/try/book/",
    },
    {
        "title": "Sell a retired service",
        "text": "Read the refusal, and the sentence that helps.",
        "url": "/try/retired/",
    },
    {
        "title": "Tamper with the ledger",
        "text": "We change one row in a throw-away copy; the proof names it.",
        "url": "/try/tamper/",
    },
    {
        "title": "Trace a win to its terms",
        "text": "From where the customer came to the last cent.",
        "url": "/try/trace/",
    },
]
RECONCILE_SECONDS = 60


def tryout(request: HttpRequest, what: str) -> HttpResponse:
    """One thing to try: GET says what will happen, POST does it."""
    tries: dict[str, Callable[[HttpRequest], HttpResponse]] = {
        "book": _book,
        "retired": _retired,
        "tamper": _tamper,
        "trace": _trace,
    }
    if what not in tries or not is_demo():
        raise Http404
    return tries[what](request)


def _page(request: HttpRequest, what: str, **context: Any) -> HttpResponse:
    title = next(entry["title"] for entry in TRIES if entry["url"] == f"/try/{what}/")
    return render(request, f"try/{what}.html", {"title": title, **context})


def _operator() -> Login | None:
    return Login.objects.filter(is_superuser=True, is_active=True).first()


def _book(request: HttpRequest) -> HttpResponse:
    """Choose the offer that is nearest to its close, and go to the console's booking form as the operator."""
    offered = Lead.objects.filter(state=State.PROPOSED, customer__isnull=False, service__in=Service.objects.sellable())
    lead = offered.select_related("customer", "service", "agent").order_by("expected_close_date", "pk").first()
    operator = _operator()
    if lead is None or operator is None:
        return _page(request, "book", lead=None)
    target = reverse("admin:sales_lead_change", args=[lead.pk])
    return _page(request, "book", lead=lead, operator=operator, next=target)


def _retired(request: HttpRequest) -> HttpResponse:
    """Try to book a win on an open lead whose service was retired; the booking verb answers."""
    leads = Lead.objects.filter(service__retired_at__isnull=False, state__in=OPEN_STATES, customer__isnull=False)
    lead = leads.select_related("service", "customer").order_by("pk").first()
    refusal = ""
    if lead is not None and request.method == "POST":
        now = timezone.now()
        form = WinForm(
            lead=lead.reference,
            amount_minor=lead.amount_minor or 100_00,
            currency=lead.currency or lead.service.currency,
            sold_date=now.date(),
            evidence_reference="a try",
        )
        try:
            book_win(form, by=actor_for(channel="page", login=_operator()), now=now)
        except WinRefused as refused:
            refusal = refused.sentence
    return _page(request, "retired", lead=lead, refusal=refusal)


def _trace(request: HttpRequest) -> HttpResponse:
    """The chain of one earned win, as ``manage.py trace`` prints it."""
    earned = Win.objects.filter(pricing__isnull=False, entries__kind="release", refunds=None)
    win = earned.select_related("customer", "service").order_by("-sold_date").first()
    if win is None:
        return redirect("home")
    return _page(request, "trace", win=win, chain=_links(trace(win.key)))


def _links(chain: dict[str, Any]) -> list[dict[str, str]]:
    """The links of a traced win, each with a title and a sentence."""
    lead, win, owner, terms = (chain[name] for name in ("lead", "win", "owner", "terms"))
    sold = format_minor(win["amount_minor"], win["currency"])
    sample = " Sample terms." if terms["sample"] else ""
    credit = ", ".join(f"{share['name']} {share['weight'] / 100:g} %" for share in chain["shares"])
    links = [
        ("Lead", f"{lead['reference']}, from {lead['source'] or 'a source not recorded'}, by {lead['created_by']}."),
        ("Win", f"{sold} without tax, sold on {win['sold_date']:%d %b %Y} by {win['agent_name']}, {win['region']}."),
        ("Evidence", f"{win['evidence']['reference']}. {win['interactions']} interactions counted."),
        ("Service", f"{chain['service']['name']}, owned by {owner['name']} as registered on that day."),
        ("Terms", f"From {terms['starts']:%d %b %Y}: {terms['sentence']}.{sample}"),
        ("Rule", f"{chain['rule']['sentence']}."),
        ("Credit", f"{credit}."),
        *(
            (f"Ledger row {row['seq']}: {row['kind']}", f"{row['words']} · {row['hash'][:12]}…")
            for row in chain["entries"]
        ),
    ]
    return [{"title": title, "sentence": sentence.replace("..", ".")} for title, sentence in links]


def _tamper(request: HttpRequest) -> HttpResponse:
    """Copy the database, change one row behind its triggers' back, and let reconciliation look at the copy."""
    if connection.vendor != "sqlite":
        return _page(request, "tamper", unavailable=True)
    return _page(request, "tamper", result=_tampered() if request.method == "POST" else None)


def _tampered() -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy.sqlite3"
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(copy)])
        change = _change_one_row(copy)
        ran = subprocess.run(
            [sys.executable, "manage.py", "reconcile", "--json"],
            cwd=settings.BASE_DIR,
            env={"DATABASE_URL": f"sqlite:///{copy}", "PATH": "/usr/bin:/bin", "SECRET_KEY": settings.SECRET_KEY},
            capture_output=True,
            text=True,
            timeout=RECONCILE_SECONDS,
            check=False,
        )
    report = json.loads(ran.stdout)
    failed = [equation for equation in report["equations"] if not equation["ok"]]
    return {**change, "ok": report["ok"], "failed": failed}


def _change_one_row(path: Path) -> dict[str, Any]:
    """Add 1.00 to one booked commission with a second client that puts the triggers away and back: a careful thief."""
    with closing(sqlite3.connect(path)) as client, client:
        guards = client.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in guards:
            client.execute(f'DROP TRIGGER "{name}"')
        row = (
            "SELECT seq, win_id, amount, unit FROM sales_commissionentry WHERE kind = 'book' ORDER BY seq DESC LIMIT 1"
        )
        seq, win, amount, unit = client.execute(row).fetchone()
        client.execute("UPDATE sales_commissionentry SET amount = amount + 100 WHERE seq = ?", [seq])
        for _, sql in guards:
            client.execute(sql)
    return {"seq": seq, "win": win, "before": amount, "after": amount + 100, "currency": unit.split("/")[0]}
