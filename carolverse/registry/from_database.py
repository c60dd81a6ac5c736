"""Puts the tables of a registry database together as a document of the format `carolverse-registry/1`.

The tables are described in schema/registry.sql. Nothing is judged but rows of a service that isn't there.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from carolverse.registry.facts import RowFault
from carolverse.sources.database import decoded, read_tables
from carolverse.sources.fields import Row
from carolverse.sources.limits import MAX_KEY_LENGTH

REQUIRED = ("agents", "carolverse_services", "regions", "commission_terms")
OPTIONAL = ("service_agents", "blocks", "droids")


def database_document(path: str) -> tuple[Mapping[str, object], list[RowFault]]:
    """The document that a database comes to, and the rows that belong to no service of it.

    Raises:
        FeedRefused: the database can't be read, or lacks a core table.
    """
    tables = read_tables(path, required=REQUIRED, optional=OPTIONAL)
    terms = _by_service(decoded(row, "bands") for row in tables["commission_terms"])
    team = _by_service(tables["service_agents"])
    document = {
        "regions": [decoded(row, "countries") for row in tables["regions"]],
        "agents": tables["agents"],
        "services": [
            {**row, "team": team.get(row.get("key"), []), "commission": terms.get(row.get("key"), [])}
            for row in tables["carolverse_services"]
        ],
        "blocks": tables["blocks"],
        "droids": [{**row, "key": row.get("key", row.get("id"))} for row in tables["droids"]],
    }
    keys = {row.get("key") for row in tables["carolverse_services"]}
    strays = _strays(terms.keys() - keys, table="terms") + _strays(team.keys() - keys, table="team")
    return document, strays


def _by_service(rows: Iterable[Row]) -> dict[object, list[Row]]:
    found: defaultdict[object, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.get("service")].append(row)
    return found


def _strays(keys: Iterable[object], *, table: str) -> list[RowFault]:
    reason = "The service that this row belongs to isn't in the feed."
    return [RowFault(table=table, key=str(key)[:MAX_KEY_LENGTH], reason=reason) for key in keys]
