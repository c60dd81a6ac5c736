"""Reads the services of the catalogue, each with its team and its terms.

A version of terms that can't be read is a fault of its own, so that it doesn't take the service with it.
"""

from collections.abc import Mapping

from carolverse.registry.facts import RowFault, ServiceFacts, TeamMember, TermsFacts
from carolverse.registry.terms import terms
from carolverse.sources import fields
from carolverse.sources.errors import Unreadable
from carolverse.sources.fields import Row
from carolverse.sources.rows import read_each


def catalogue(rows: Mapping[str, Row]) -> tuple[tuple[ServiceFacts, ...], list[RowFault]]:
    """The readable services, and the faults of the others and of all terms."""
    faults: list[RowFault] = []

    def service(key: str, row: Row) -> ServiceFacts:
        found, of_terms = _terms(key, row)
        facts = _service(key, row, found)
        faults.extend(of_terms)
        return facts

    facts, of_rows = read_each(rows, service, table="services")
    return facts, faults + of_rows


def _service(key: str, row: Row, found: tuple[TermsFacts, ...]) -> ServiceFacts:
    list_price_minor = fields.optional_minor(row, "list_price_minor")
    currency = fields.optional_currency(row)
    if list_price_minor is not None and currency is None:
        raise Unreadable("list_price_minor has no currency beside it.")
    return ServiceFacts(
        key=key,
        name=fields.text(row, "name"),
        owner=fields.optional_key(row, "owner"),
        category=fields.optional_text(row, "category"),
        status=fields.optional_text(row, "status"),
        cost_center=fields.optional_text(row, "cost_center"),
        sellable=fields.flag(row, "sellable"),
        team=_team(row),
        list_price_minor=list_price_minor,
        currency=currency,
        terms=found,
    )


def _team(row: Row) -> tuple[TeamMember, ...]:
    members = {_member(value) for value in fields.items(row, "team")}
    return tuple(sorted(members, key=lambda member: (member.agent, member.role)))


def _member(value: object) -> TeamMember:
    entry: Row = value if isinstance(value, dict) else {"agent": value}
    return TeamMember(agent=fields.key(entry, "agent"), role=fields.optional_text(entry, "role") or "support")


def _terms(key: str, row: Row) -> tuple[tuple[TermsFacts, ...], list[RowFault]]:
    found: list[TermsFacts] = []
    faults: list[RowFault] = []
    for version in fields.objects(row, "commission"):
        try:
            found.append(terms(version))
        except Unreadable as error:
            faults.append(RowFault(table="terms", key=key, reason=str(error)))
    return tuple(sorted(found, key=_order)), faults


def _order(version: TermsFacts) -> tuple[str, str, str]:
    # Two versions of one day are a fault, but must still come in the same order from every source.
    return (version.currency, version.starts.isoformat(), repr(version))
