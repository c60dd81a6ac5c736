"""What `sync_registry` tells a person."""

from pathlib import Path

import pytest
from django.core.management import call_command

from tests.sales.registry.feed import NOW, feed, of, spoilt, written

pytestmark = pytest.mark.django_db


def _told(*arguments: str, capsys: pytest.CaptureFixture[str]) -> list[str]:
    try:
        call_command("sync_registry", "--now", NOW.isoformat(), *arguments)
    except SystemExit as ended:
        assert ended.code in (1, 2)
    return capsys.readouterr().out.splitlines()


def test_it_counts_what_it_did(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = _told("--registry", written(tmp_path, feed()), capsys=capsys)
    assert lines[0].startswith("The mirror is up to date: 26 added, 0 changed, 0 retired")
    assert "Confirm them in the console." in lines[-1]


def test_it_says_why_a_row_was_not_accepted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    url = written(tmp_path, spoilt(lambda f: of(f, "blueprint").update(owner="orion")))
    lines = _told("--registry", url, capsys=capsys)
    assert lines[1].startswith("Not accepted, service:blueprint: Its owner 'orion' is not an agent.")


def test_a_dry_run_says_how_to_write_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = _told("--dry-run", "--registry", written(tmp_path, feed()), capsys=capsys)
    assert len(lines) == 1 and lines[0].endswith("Run it without --dry-run to write it.")


def test_a_refusal_says_that_nothing_was_changed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _told("--registry", f"file:{tmp_path}/none.json", capsys=capsys) == ["Refused: nothing was changed."]
