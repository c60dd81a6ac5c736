"""What every command does alike: it refuses in words, as one JSON object if asked, and with exit code 2."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from sales.management.commands.monitor import Command as Monitor
from sales.management.commands.sync_registry import Command as SyncRegistry
from sales.registry.models import Service
from tests.makers import NOW, organisation
from tests.sales.registry.feed import feed, written


def _typed(command: Any, *words: str, capsys: pytest.CaptureFixture[str]) -> tuple[str, str, int]:
    """What a person sees who types it: stdout, stderr and the exit code."""
    with pytest.raises(SystemExit) as ended:
        command.run_from_argv(["manage.py", "command", *words])
    out, err = capsys.readouterr()
    return out, err, int(str(ended.value.code))


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["--nonsense"], "unrecognized arguments"),
        (["--now", "tomorrow"], "'tomorrow' is not a time. Write it as 2026-03-02T09:15:00Z."),
        (["--now", "0001-01-01"], "'0001-01-01' is not between 1970 and 2199."),
    ],
)
def test_a_word_that_it_does_not_know_is_refused_with_a_reason(
    words: list[str], reason: str, capsys: pytest.CaptureFixture[str]
) -> None:
    out, err, code = _typed(Monitor(), *words, capsys=capsys)
    assert (out, code) == ("", 2)
    assert reason in err and "manage.py command --help" in err
    out, err, code = _typed(Monitor(), "--json", *words, capsys=capsys)
    assert code == 2 and reason in json.loads(out)["reason"]


@pytest.mark.django_db
def test_what_a_command_itself_finds_missing_is_json_too(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(CommandError, match="Give the file to import"):
        call_command("import_pipeline", "--json")
    assert json.loads(capsys.readouterr().out)["outcome"] == "refused"


def _manage(*words: str, database: Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DATABASE_URL": f"sqlite:///{database}"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("command", ["monitor", "release_due"])
def test_a_database_without_tables_is_refused_and_not_a_traceback(command: str, tmp_path: Path) -> None:
    done = _manage(command, "--json", database=tmp_path / "new.sqlite3")
    assert done.returncode == 2
    assert "Run `manage.py migrate`" in json.loads(done.stdout)["reason"]
    assert "Run `manage.py migrate`" in done.stderr and "Traceback" not in done.stderr


@pytest.mark.django_db
def test_while_nobody_owns_sales_one_can_read_and_sync_and_nothing_else(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    organisation()
    Service.objects.filter(pk="sales").update(owner=None, owner_revision=None)
    call_command("monitor", "--json", "--now", NOW.isoformat())
    with pytest.raises(CommandError, match="Nobody owns Sales"):
        call_command("release_due")
    capsys.readouterr()
    url = written(tmp_path, feed())
    call_command("sync_registry", "--json", "--dry-run", "--registry", url, "--accept-retirements")
    assert "service:sales" in json.loads(capsys.readouterr().out)["changed"]


@pytest.mark.django_db
@pytest.mark.parametrize(("option", "reason"), [("--region", "No region 'EUR'"), ("--service", "Nearest key:")])
def test_the_monitor_counts_nothing_for_a_key_that_nobody_knows(option: str, reason: str) -> None:
    organisation()
    key = {"--region": "EUR", "--service": "bluprint"}[option]
    with pytest.raises(CommandError, match=reason):
        call_command("monitor", option, key, "--now", NOW.isoformat())


def test_a_refusal_of_the_command_line_names_the_option(capsys: pytest.CaptureFixture[str]) -> None:
    _, err, code = _typed(SyncRegistry(), "--registry", capsys=capsys)
    assert code == 2 and "--registry" in err
