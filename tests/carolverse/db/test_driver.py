"""carolverse.db.driver"""

import subprocess
import sys

import pytest

from carolverse.db import driver


def python(code: str) -> subprocess.CompletedProcess[str]:
    """A fresh interpreter, because this one has chosen its library already."""
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)


def test_the_bundled_library_is_swapped_in() -> None:
    pytest.importorskip("pysqlite3")
    done = python(
        "from carolverse.db import driver; driver.install(); import sqlite3, pysqlite3.dbapi2 as ours;"
        "from django.db.backends.sqlite3 import base; assert base.Database is ours is sqlite3.dbapi2;"
        "assert driver.wal_is_sound()"
    )
    assert done.returncode == 0, done.stderr


def test_without_its_wheel_the_system_library_stays() -> None:
    done = python(
        "import sys; sys.modules['pysqlite3'] = None;"
        "from carolverse.db import driver; import sqlite3 as system; driver.install();"
        "import sqlite3; assert sqlite3 is system; assert driver.version() == sqlite3.sqlite_version_info"
    )
    assert done.returncode == 0, done.stderr


def test_a_swap_that_comes_too_late_is_refused() -> None:
    pytest.importorskip("pysqlite3")
    done = python("import django.db.backends.sqlite3.base; from carolverse.db import driver; driver.install()")
    assert "SwappedTooLate" in done.stderr
    assert "carolverse.db.sqlite3" in done.stderr


def test_soundness_goes_by_the_version(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(driver, "version", lambda: (3, 51, 2))
    assert not driver.wal_is_sound()
    monkeypatch.setattr(driver, "version", lambda: (3, 51, 3))
    assert driver.wal_is_sound()
