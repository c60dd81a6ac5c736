"""`manage.py trace REF`: the chain behind a win, a lead or a ledger row, as a tree or as JSON. Writes nothing."""

from datetime import datetime
from typing import Any

from django.core.management.base import CommandParser

from sales.access.actor import Actor
from sales.ledger.trace import trace
from sales.management.base import SalesCommand
from sales.money import format_minor

NO_TERMS = "none: the win waits for commission terms and isn't counted"


class Command(SalesCommand):
    help = "Show how a win came about and what it earned: lead, owner, terms, rule, shares, rows."
    writes = False

    def options(self, parser: CommandParser) -> None:
        parser.add_argument("reference", metavar="REF", help="key of a win, reference of a lead, number of a row")

    def work(self, *, by: Actor, now: datetime, reference: str = "", **options: Any) -> tuple[dict[str, Any], int]:
        return trace(reference), 0

    def say(self, result: dict[str, Any]) -> str:
        lead = result["lead"]
        lines = [
            f"Lead {lead['reference']} ({lead['state']}), by {lead['created_by']} on {lead['created_at']:%Y-%m-%d}",
            f"├ source {lead['source'] or 'not recorded'}, campaign {lead['campaign'] or 'none'},"
            f" first touch {lead['first_touch'] or 'not recorded'}",
        ]
        if not result["win"]:
            return "\n".join([*lines, "└ no win yet"])
        return "\n".join([*lines, *_sale(result), *_terms(result), *_proof(result)])


def _sale(result: dict[str, Any]) -> list[str]:
    win, owner = result["win"], result["owner"]
    since = f" since {owner['since']:%Y-%m-%d}" if owner["since"] else ""
    sold = format_minor(win["amount_minor"], win["currency"])
    others = f"├ other wins of this lead: {', '.join(result['other_wins'])}" if result["other_wins"] else ""
    return [
        f"├ win {win['key']}: {sold} sold on {win['sold_date']} by {win['agent_name']}, {win['region']}",
        f"│   evidence {win['evidence']['kind']} {win['evidence']['reference']}; booked by {win['booked_by']}",
        *([others] if others else []),
        f"├ service {result['service']['name']}",
        f"├ owner {owner['name']} as registered{since} (revision {owner['revision']})",
    ]


def _terms(result: dict[str, Any]) -> list[str]:
    terms, rule = result["terms"], result["rule"]
    if not terms:
        return [f"├ terms {NO_TERMS}"]
    approved = f", approved by {terms['approver']}" if terms["approver"] else ""
    sample = " (sample terms)" if terms["sample"] else ""
    return [
        f"├ terms from {terms['starts']}, revision {terms['revision']}: {terms['sentence']}{sample}",
        f"│   digest {terms['digest'][:16]}; priced by {terms['priced_by']}{approved}",
        f"├ rule {rule['sentence']}",
    ]


def _proof(result: dict[str, Any]) -> list[str]:
    shares = ", ".join(f"{share['name']} {share['weight'] / 100:g} %" for share in result["shares"])
    lines = [f"├ credit {shares}"]
    for refund in result["refunds"]:
        amount = format_minor(refund["amount_minor"], result["win"]["currency"])
        lines.append(f"├ {refund['kind']} of {amount} on {refund['effective_on']}: {refund['reason']}")
    lines.append(f"├ ledger {len(result['entries'])} rows")
    for row in result["entries"]:
        mark = "→" if row["seq"] == result["entry"] else " "
        lines.append(f"│ {mark} {row['seq']:>6}  {row['kind']:<9} {row['words']}  {row['hash'][:16]}")
    return [*lines, f"├ settlement {result['settlement']}", f"└ anchor {result['anchor']}"]
