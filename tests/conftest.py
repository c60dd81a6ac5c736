"""What every test stands on: no socket outside this machine, append-only tables that can be flushed, time passed in."""

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from tests.db_support import install_flush_guard, some_test_database

# A busy machine is slow, not wrong: no example is judged by its time.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")

REQUIRE_TOOLS = os.environ.get("REQUIRE_TOOLS") == "1"
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright's sync API runs a loop in the test's thread.


def pytest_configure(config: pytest.Config) -> None:
    install_flush_guard()


def need(tool: str) -> str:
    """The path of a tool, else skip; under REQUIRE_TOOLS=1, as in CI, a missing tool fails."""
    found = shutil.which(tool)
    if found:
        return found
    if REQUIRE_TOOLS:
        pytest.fail(f"{tool} is missing. .ci/run installs it.")
    pytest.skip(f"{tool} is not installed")


@pytest.fixture(autouse=True)
def no_network(socket_enabled: None) -> Iterator[None]:
    """Sockets to this machine only."""
    import pytest_socket

    pytest_socket.socket_allow_hosts(["127.0.0.1", "localhost", "::1"], allow_unix_socket=True)
    yield
    pytest_socket._remove_restrictions()


@pytest.fixture(scope="session")
def unblocked_database(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """For tests that work outside transactions and tidy up by themselves: never the real database."""
    with django_db_blocker.unblock(), some_test_database():
        yield


@pytest.fixture
def now() -> datetime:
    """The tests' clock: a Monday in March."""
    return datetime(2026, 3, 2, 9, 15, tzinfo=UTC)
