"""Writes a registry feed into a database of the layout that the project documents."""

import json
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import carolverse.registry

LAYOUT = Path(carolverse.registry.__file__).parent / "schema" / "registry.sql"


def written(folder: Path, feed: Mapping[str, Any], *, also: str = "") -> str:
    """The address of a database with the content of the feed, changed by the SQL in `also`."""
    path = folder / "registry.db"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executescript(LAYOUT.read_text(encoding="utf-8"))
        _fill(connection, feed)
        connection.executescript(also)
    return f"sqlite:{path}"


def _fill(connection: sqlite3.Connection, feed: Mapping[str, Any]) -> None:
    for region in feed["regions"]:
        _insert(connection, "regions", region | {"countries": json.dumps(region["countries"])})
    for agent in feed["agents"]:
        _insert(connection, "agents", agent)
    for service in feed["services"]:
        own = {name: value for name, value in service.items() if name not in ("team", "commission")}
        _insert(connection, "carolverse_services", own)
        for member in service["team"]:
            _insert(connection, "service_agents", {"service": service["key"], **member})
        for terms in service["commission"]:
            bands = json.dumps(terms.get("bands"))
            _insert(connection, "commission_terms", {"service": service["key"], **terms, "bands": bands})
    for block in feed["blocks"]:
        _insert(connection, "blocks", block)
    for droid in feed["droids"]:
        _insert(connection, "droids", {("id" if name == "key" else name): value for name, value in droid.items()})


def _insert(connection: sqlite3.Connection, table: str, row: Mapping[str, object]) -> None:
    marks = ", ".join("?" * len(row))
    connection.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", tuple(row.values()))
