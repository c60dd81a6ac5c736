"""The mapping: a TOML file that says which column of a pipeline file means what.

It knows nothing of the registry or of the file's rows. Each fault is a sentence that names the key in the TOML.
The README documents every key under "Import your pipeline".
"""

import re
import tomllib
from collections.abc import Mapping as Table
from dataclasses import dataclass, field
from datetime import datetime
from difflib import get_close_matches
from hashlib import sha256
from pathlib import Path
from typing import Any

from sales.customers.verbs import folded
from sales.leads.models import State
from sales.money import EXPONENTS
from sales.refusal import Refusal

COLUMNS = frozenset(
    {"reference", "service", "agent", "region", "customer", "stage", "amount", "currency", "quantity", "months"}
    | {"created_date", "sold_date", "expected_close", "evidence", "title", "lead_source", "campaign"}
)
DEFAULTS = frozenset({"service", "agent", "region", "stage", "currency", "lead_source", "campaign", "lost_reason"})
ALIASES = frozenset({"service", "agent", "region", "customer"})
TEXTS = {"source", "date_format", "encoding", "delimiter", "decimal_mark", "thousands_mark"}
SOURCE = re.compile(r"[a-z0-9][a-z0-9_.-]{0,31}")
MAX_BYTES = 1024 * 1024


class BadMapping(Refusal):
    """The mapping can't be used; nothing was read or written."""

    code = "bad_mapping"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """What a file's columns mean. Stages are by their folded name; aliases by kind, then by the file's spelling."""

    source: str
    columns: Table[str, str]
    stages: Table[str, State] = field(default_factory=dict)
    defaults: Table[str, str] = field(default_factory=dict)
    aliases: Table[str, Table[str, str]] = field(default_factory=dict)
    date_format: str = "%Y-%m-%d"
    encoding: str = "utf-8"
    delimiter: str = ""
    decimal_mark: str = "."
    thousands_mark: str = ""
    sha256: str = ""
    path: Path | None = None


def read_mapping(path: Path) -> Mapping:
    """The mapping of a TOML file.

    Raises:
        BadMapping: not there, not TOML, or a key is missing, unknown or wrong; the sentence names it.
    """
    try:
        raw = path.read_bytes()[: MAX_BYTES + 1]
    except OSError as wrong:
        raise BadMapping(
            f"The mapping {path} can't be read: {wrong.strerror}. Give the path of a TOML file."
        ) from wrong
    if len(raw) > MAX_BYTES:
        raise BadMapping(f"The mapping {path} is larger than 1 MiB. Give a mapping, not the file to import.")
    try:
        return parse_mapping(raw.decode("utf-8-sig"), path=path)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as wrong:
        raise BadMapping(f"The mapping {path.name} is not TOML: {wrong}. Correct it there.") from wrong


def parse_mapping(text: str, *, path: Path | None = None) -> Mapping:
    """The mapping that a TOML text says.

    Raises:
        BadMapping: a key is missing, unknown or wrong.
        tomllib.TOMLDecodeError: it isn't TOML.
    """
    table = tomllib.loads(text)
    _known(table, TEXTS | {"columns", "stages", "defaults", "aliases"}, "the mapping")
    texts = {name: _text(table[name], name) for name in sorted(TEXTS & set(table))}
    columns = _texts(table, "columns", COLUMNS)
    defaults = _texts(table, "defaults", DEFAULTS)
    _check_texts(texts)
    _check_columns(columns, defaults)
    kinds = _table(table, "aliases")
    _known(kinds, ALIASES, "[aliases]")
    return Mapping(
        columns=columns,
        defaults=defaults,
        stages=_stages(_texts(table, "stages")),
        aliases={kind: _texts(kinds, kind, within="aliases.") for kind in kinds},
        sha256=sha256(text.encode()).hexdigest(),
        path=path,
        **texts,
    )


def _known(table: Table[str, Any], names: set[str] | frozenset[str], where: str) -> None:
    for name in table:
        if name not in names:
            near = get_close_matches(name, names, n=1)
            hint = f"Did you mean '{near[0]}'? " if near else ""
            raise BadMapping(f"{where} has the unknown key '{name}'. {hint}Known are: {', '.join(sorted(names))}.")


def _table(table: Table[str, Any], name: str, within: str = "") -> Table[str, Any]:
    value = table.get(name, {})
    if not isinstance(value, dict):
        raise BadMapping(f"'{within}{name}' must be a table. Write [{within}{name}] on a line of its own.")
    return value


def _text(value: Any, name: str) -> str:
    if not isinstance(value, str):
        raise BadMapping(f"'{name}' must be text. Put its value in quotes.")
    return value


def _texts(
    table: Table[str, Any], name: str, names: frozenset[str] | None = None, *, within: str = ""
) -> dict[str, str]:
    found = _table(table, name, within)
    if names is not None:
        _known(found, names, f"[{within}{name}]")
    return {key: _text(value, f"{within}{name}.{key}") for key, value in found.items()}


def _check_texts(texts: Table[str, str]) -> None:
    """The keys outside of tables."""
    if not SOURCE.fullmatch(texts.get("source", "")):
        raise BadMapping(
            "'source' must name where the file comes from, in 1 to 32 small letters, digits, '-', '_' or '.'."
            ' Write, for example, source = "oldcrm" as the first line.'
        )
    for name in ("delimiter", "decimal_mark", "thousands_mark"):
        if name in texts and len(texts[name]) != 1:
            raise BadMapping(f"'{name}' must be one character. Write, for example, {name} = \",\".")
    if texts.get("decimal_mark", ".") == texts.get("thousands_mark", ""):
        raise BadMapping("'decimal_mark' and 'thousands_mark' are the same. Make them differ.")
    if texts.get("delimiter", ",") in '"\r\n':
        raise BadMapping("'delimiter' can't be a quote or a line's end. Give the character between two cells.")
    try:
        "".encode(texts.get("encoding", "utf-8"))
    except (LookupError, ValueError) as wrong:
        raise BadMapping(
            f"'encoding' is {texts['encoding']!r}, which nobody knows. Write, for example, encoding = \"cp1252\"."
        ) from wrong
    day, form = datetime(2026, 3, 22), texts.get("date_format", "%Y-%m-%d")  # noqa: DTZ001 - a date, no time.
    try:
        kept = datetime.strptime(day.strftime(form), form) == day  # noqa: DTZ007 - likewise.
    except ValueError:
        kept = False
    if not kept:
        raise BadMapping(
            f"'date_format' is {form!r}, which doesn't say year, month and day. "
            'Write, for example, date_format = "%d.%m.%Y" for 22.03.2026.'
        )


def _check_columns(columns: Table[str, str], defaults: Table[str, str]) -> None:
    """What a mapping can't do without, and what two keys can't both mean."""
    if "reference" not in columns:
        raise BadMapping(
            "[columns] has no 'reference'. Name the column with the deal's own number, which never changes."
        )
    if "service" not in columns and "service" not in defaults:
        raise BadMapping("[columns] has no 'service'. Name the column with what is sold, or [defaults] service.")
    if "amount" in columns and "currency" not in columns and "currency" not in defaults:
        raise BadMapping(
            'Amounts have no currency. Add currency = "USD" under [defaults], or its column under [columns].'
        )
    if (currency := defaults.get("currency")) is not None and currency not in EXPONENTS:
        raise BadMapping(f"[defaults] currency is {currency!r}. Use a code of ISO 4217, such as USD.")
    if (stage := defaults.get("stage")) is not None:
        _state(stage, "[defaults] stage")
    if not 1 <= len(defaults.get("lost_reason", "import")) <= 64:
        raise BadMapping("[defaults] lost_reason must have 1 to 64 characters. Shorten it.")
    if "" in columns.values():
        raise BadMapping("[columns] names an empty column. Remove that line, or give the column's name.")


def _state(name: str, where: str) -> State:
    if name not in State.values:
        raise BadMapping(f"{where} is {name!r}, which is no state. The states are: {', '.join(State.values)}.")
    return State(name)


def _stages(stages: Table[str, str]) -> dict[str, State]:
    return {folded(name): _state(state, f'[stages] "{name}"') for name, state in stages.items()}
