"""A feed that can't be trusted as a whole changes nothing, and leaves a row that says why."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from sales.registry.freshness import last_good_read
from sales.registry.models import RegistrySync
from sales.registry.sync import addresses
from tests.carolverse.registry import database
from tests.sales.registry.feed import NOW, OWNERS, Feed, drop, feed, of, spoilt, sync, written
from tests.sales.registry.mirror import mirror

pytestmark = pytest.mark.django_db

Source = Callable[[Path], str]


def _halved(table: str, keys: list[str]) -> Source:
    return lambda folder: written(folder, spoilt(lambda f: drop(f, *keys, table=table)))


def _text(text: str) -> Source:
    def write(folder: Path) -> str:
        (folder / "broken.json").write_text(text, encoding="utf-8")
        return f"file:{folder / 'broken.json'}"

    return write


def _database_without(*tables: str) -> Source:
    return lambda folder: database.written(
        folder, _for_database(feed()), also="".join(f"DROP TABLE {table};" for table in tables)
    )


def _for_database(document: Feed) -> Feed:
    rows = [row | {"team": [{"agent": key, "role": "support"} for key in row["team"]]} for row in document["services"]]
    return document | {"services": rows}


REFUSED = {
    "an empty feed": (_text(""), "JSON"),
    "a feed without rows": (
        _text('{"format": "carolverse-registry/1", "regions": [], "agents": [], "services": []}'),
        "empty",
    ),
    "broken JSON": (_text('{"format": '), "JSON"),
    "a database without its core tables": (_database_without("carolverse_services", "agents"), "agents"),
    "a database without terms": (_database_without("commission_terms"), "commission_terms"),
    "a file that isn't there": (lambda folder: f"file:{folder}/none.json", "no file"),
    "a database that isn't there": (lambda folder: f"sqlite:{folder}/none.db", "no "),
    "an address that nobody knows": (lambda folder: "postgres://me:secret@host/db", "address"),
    "half of the services gone": (_halved("services", ["audit", "blueprint", "whatsapp"]), "3 of 6"),
    "half of the agents gone": (_halved("agents", [*OWNERS.values()]), "6 of 11"),
}


def _run(*arguments: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, dict[str, Any], str]:
    code = 0
    try:
        call_command("sync_registry", "--json", "--now", NOW.isoformat(), *arguments)
    except SystemExit as ended:
        code = int(str(ended.code))
    except CommandError as refused:
        code = refused.returncode
    told = capsys.readouterr()
    return code, json.loads(told.out), told.err


@pytest.mark.parametrize("case", REFUSED)
def test_it_is_refused_with_every_row_as_it_was(case: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, words = REFUSED[case]
    sync(feed())
    before = mirror()
    url = source(tmp_path)
    there = set(tmp_path.iterdir())
    code, told, errors = _run("--registry", url, capsys=capsys)
    assert (code, told["outcome"]) == (2, "refused")
    assert words in told["reason"] and told["reason"] in errors
    assert mirror() == before
    assert set(tmp_path.iterdir()) == there
    row = RegistrySync.objects.latest("id")
    assert (row.outcome, row.reason) == ("refused", told["reason"])
    assert "secret" not in row.source + row.reason


def test_a_wrong_row_ends_with_1_and_the_rest_is_applied(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    url = written(tmp_path, spoilt(lambda f: of(f, "blueprint").update(owner="orion")))
    code, told, _ = _run("--registry", url, capsys=capsys)
    assert (code, told["outcome"]) == (1, "applied")
    assert [row["key"] for row in told["quarantined"]] == ["service:blueprint"]
    assert {"digest", "added", "changed", "retired", "unchanged", "reason"} <= told.keys()


def test_a_foreign_database_may_hold_two_terms_of_one_day(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    loosen = (
        "ALTER TABLE commission_terms RENAME TO strict; CREATE TABLE commission_terms AS SELECT * FROM strict;"
        "INSERT INTO commission_terms SELECT * FROM strict WHERE service = 'blueprint'; DROP TABLE strict;"
    )
    url = database.written(tmp_path, _for_database(feed()), also=loosen)
    code, told, _ = _run("--registry", url, capsys=capsys)
    assert (code, [row["key"] for row in told["quarantined"]]) == (1, ["service:blueprint"])


def test_a_database_and_a_file_of_one_content_are_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = _run("--registry", database.written(tmp_path, _for_database(feed())), capsys=capsys)
    second = _run("--registry", written(tmp_path, feed()), capsys=capsys)
    assert (first[0], first[1]["outcome"], second[0], second[1]["outcome"]) == (0, "applied", 0, "unchanged")
    assert first[1]["digest"] == second[1]["digest"]


def test_the_source_is_not_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    url = database.written(tmp_path, _for_database(feed()))
    path = Path(url.partition(":")[2])
    content = path.read_bytes()
    _run("--registry", url, capsys=capsys)
    assert path.read_bytes() == content
    assert list(tmp_path.iterdir()) == [path]
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_many_retirements_can_be_accepted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sync(feed())
    url = written(tmp_path, spoilt(lambda f: drop(f, "audit", "blueprint", "whatsapp")))
    code, told, _ = _run("--registry", url, "--accept-retirements", capsys=capsys)
    assert (code, told["retired"]) == (0, ["service:audit", "service:blueprint", "service:whatsapp"])


def test_many_dropped_terms_are_refused() -> None:
    sync(feed())
    result = sync(
        spoilt(*(lambda f, key=key: of(f, key).update(commission=[]) for key in ("audit", "blueprint", "whatsapp")))
    )
    assert "table terms" in result.reason


def test_a_refused_read_does_not_renew_the_age(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sync(feed())
    good = last_good_read()
    _run("--registry", f"file:{tmp_path}/none.json", capsys=capsys)
    assert last_good_read() == good


def test_without_an_address_the_command_says_how_to_name_one(capsys: pytest.CaptureFixture[str], settings: Any) -> None:
    settings.REGISTRY_URL = ""
    code, told, _ = _run(capsys=capsys)
    assert (code, told["code"]) == (2, "no_registry")
    assert not RegistrySync.objects.exists()


def test_the_addresses_come_from_the_settings(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], settings: Any
) -> None:
    settings.REGISTRY_URL = written(tmp_path, feed())
    assert _run(capsys=capsys)[0] == 0


def test_a_demo_takes_no_other_registry_and_reads_its_sample_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], settings: Any
) -> None:
    settings.REGISTRY_URL = ""
    assert _run("--registry", "demo:2026-03-01T00:00:00Z", capsys=capsys)[0] == 0
    before = mirror()
    code, told, _ = _run("--registry", written(tmp_path, feed()), "--accept-retirements", capsys=capsys)
    assert code == 2 and "sample organisation" in told["reason"]
    assert mirror() == before
    assert addresses()[0] == "demo:2026-03-01T00:00:00Z"
    assert _run(capsys=capsys)[1]["outcome"] == "unchanged"


def test_a_real_mirror_takes_no_sample(capsys: pytest.CaptureFixture[str]) -> None:
    sync(feed())
    assert "empty one only" in _run("--registry", "demo:2026-03-01T00:00:00Z", capsys=capsys)[1]["reason"]
