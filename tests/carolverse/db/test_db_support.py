"""tests.db_support"""

from typing import Any

import pytest
from django.db import connection
from django.test import TransactionTestCase

from carolverse.db import triggers
from carolverse.db.triggers import missing_triggers
from tests.carolverse.db.workshop import Workshop
from tests.db_support import install_flush_guard


class Case:
    """What the guard asks of a test case."""

    def _databases_names(self, include_mirrors: bool) -> list[str]:
        return ["default"]


def test_the_flush_meets_no_trigger_and_they_return(workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[set[str]] = []

    def flush(case: Any) -> None:
        seen.append(missing_triggers(connection))

    monkeypatch.setattr(triggers, "apps", workshop.apps)
    monkeypatch.setattr(TransactionTestCase, "_fixture_teardown", flush)
    install_flush_guard()
    install_flush_guard()
    TransactionTestCase._fixture_teardown(Case())  # type: ignore[attr-defined]
    assert [len(names) for names in seen] == [5]
    assert missing_triggers(connection) == set()
