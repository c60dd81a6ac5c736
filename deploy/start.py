"""Start the demo: the database with its sample organisation when it is new, then the site under gunicorn.

Not how production starts (deploy/RUNBOOK.md). A new database is made under another name and renamed when it
is complete: an interrupted first start leaves nothing half filled, and ``demo`` fills an empty one only.
"""

import os
import secrets
import sqlite3
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var"
DEMO = VAR / "demo.sqlite3"
MAKING = VAR / "demo-in-the-making.sqlite3"
SECRET = VAR / "secret-key"


def secret_key() -> str:
    """The key that signs sessions: random, made once, readable by this user alone."""
    if not SECRET.exists():
        handle = os.open(SECRET, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(48))
    return SECRET.read_text().strip()


def is_new(path: Path) -> bool:
    """Whether there is no database at ``path``, or one without a single table."""
    if not path.exists() or path.stat().st_size == 0:
        return True
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        return connection.execute("SELECT 1 FROM sqlite_master").fetchone() is None
    finally:
        connection.close()


def remove(path: Path) -> None:
    """The database and the files beside it (a stale -wal would spoil the next one; .wlock is the writers' gate)."""
    for suffix in ("", "-wal", "-shm", "-journal", ".wlock"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def manage(*arguments: str, database: Path | None = None) -> None:
    environment = dict(os.environ)
    if database:
        environment["DATABASE_URL"] = f"sqlite:///{database.relative_to(ROOT)}"
    done = subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, env=environment, check=False)
    if done.returncode:
        sys.exit(f"`manage.py {arguments[0]}` did not finish; its reason is above. The site was not started.")


def make_demo() -> None:
    print("Making the sample organisation in var/demo.sqlite3 …", flush=True)
    remove(MAKING)
    manage("migrate", "--verbosity", "0", database=MAKING)
    manage("demo", database=MAKING)
    remove(DEMO)
    MAKING.rename(DEMO)
    remove(MAKING)


def main() -> None:
    VAR.mkdir(exist_ok=True)
    port = os.environ.setdefault("PORT", "8000")
    os.environ.setdefault("SECRET_KEY", secret_key())
    os.environ["DEBUG"] = "off"
    if "DATABASE_URL" in os.environ:
        manage("migrate", "--verbosity", "0")
    elif is_new(DEMO):
        make_demo()
    else:
        manage("migrate", "--verbosity", "0")
        print("The sample organisation in var/demo.sqlite3 is kept. Delete that file to make it anew.")
    manage("collectstatic", "--no-input", "--verbosity", "0")
    print(f"\nThe site answers on http://127.0.0.1:{port}/  Stop it with Ctrl-C.", flush=True)
    os.chdir(ROOT)
    command = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "carolverse.wsgi"]
    os.execv(sys.executable, command)


if __name__ == "__main__":
    main()
