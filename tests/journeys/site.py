"""A site as `make run` starts it, on a database of its own below a temporary folder.

Not Django's live server: the real process, its static files, its policy and its two ways to say no.
"""

import fcntl
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 30
OPERATOR, PASSWORD = "ida", "Polar-42-night"


@dataclass(frozen=True, slots=True)
class Site:
    """Where it answers, and the file that it writes to."""

    url: str
    database: Path

    def count(self, table: str) -> int:
        """How many rows a table has now, read past the site."""
        return self.number(f"SELECT count(*) FROM {table}")

    def one(self, statement: str, *values: object) -> object:
        """The first cell of the first row."""
        with closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)) as client:
            row = client.execute(statement, values).fetchone()
        return row[0] if row else None

    def number(self, statement: str, *values: object) -> int:
        """The first cell as a number; that nothing is found is a fault of the journey."""
        found = self.one(statement, *values)
        assert isinstance(found, int), f"nothing found: {statement}"
        return found


def environment(database: Path, **more: str) -> dict[str, str]:
    """What the process sees: its own database and key, no registry, nothing of the caller's but the path."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return kept | {"DATABASE_URL": f"sqlite:///{database}", "SECRET_KEY": "for-journeys-only", "DEBUG": "off"} | more


def manage(database: Path, *arguments: str, **more: str) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environment(database, **more),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"manage.py {arguments[0]}: {done.stdout}{done.stderr}")


def prepare(folder: Path) -> None:
    """Make both databases, once for all workers of a run: a filled one, and an empty one with an operator."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if (folder / "ready").exists():
            return
        empty, demo = folder / "empty.sqlite3", folder / "demo.sqlite3"
        manage(empty, "collectstatic", "--no-input", "--verbosity", "0")
        manage(empty, "migrate", "--verbosity", "0")
        _copy(empty, demo)
        manage(demo, "demo")
        named = ["--username", OPERATOR, "--email", "ida@carolverse.example"]
        manage(empty, "createsuperuser", "--no-input", *named, DJANGO_SUPERUSER_PASSWORD=PASSWORD)
        (folder / "ready").touch()


def _copy(source: Path, target: Path) -> None:
    """A whole copy, whatever still stands in the source's log."""
    with closing(sqlite3.connect(source)) as one, closing(sqlite3.connect(target)) as other:
        one.backup(other)


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(url: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{url}/healthz", timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise RuntimeError(f"The site at {url} did not start.")


@contextmanager
def running(prepared: Path, folder: Path) -> Iterator[Site]:
    """The site on a copy of a prepared database, for as long as the block."""
    database = folder / prepared.name
    _copy(prepared, database)
    port = _free_port()
    site = Site(url=f"http://127.0.0.1:{port}", database=database)
    command = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "carolverse.wsgi"]
    process = subprocess.Popen(command, cwd=ROOT, env=environment(database, PORT=str(port)))
    try:
        _wait(site.url, process)
        yield site
    finally:
        process.terminate()
        process.wait(timeout=40)
        shutil.rmtree(folder, ignore_errors=True)
