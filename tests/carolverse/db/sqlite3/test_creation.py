"""carolverse.db.sqlite3.creation"""

from pathlib import Path
from typing import Any

from django.db import DEFAULT_DB_ALIAS

from carolverse.db.sqlite3.base import DatabaseWrapper
from tests.carolverse.db.sqlite3.connections import settings_for


def test_no_log_of_an_earlier_database_is_taken_for_its_own(tmp_path: Path) -> None:
    path = tmp_path / "test.sqlite3"
    for suffix in ("", "-wal", "-shm"):
        Path(f"{path}{suffix}").write_bytes(b"left behind")
    wrapper = DatabaseWrapper(settings_for(path), DEFAULT_DB_ALIAS)
    creation: Any = wrapper.creation
    assert creation._create_test_db(verbosity=0, autoclobber=True) == str(path)
    assert list(tmp_path.iterdir()) == []


def test_nothing_stays_beside_a_removed_database(tmp_path: Path) -> None:
    path = tmp_path / "test.sqlite3"
    for suffix in ("", "-wal", "-shm", ".wlock"):
        Path(f"{path}{suffix}").touch()
    creation: Any = DatabaseWrapper(settings_for(path), DEFAULT_DB_ALIAS).creation
    creation._destroy_test_db(str(path), verbosity=0)
    assert list(tmp_path.iterdir()) == []
