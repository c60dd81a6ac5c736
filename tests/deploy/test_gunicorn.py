"""gunicorn's configuration is read from any folder, and takes its values where all variables are declared."""

import os
import subprocess
import sys
from pathlib import Path

from tests.house.files import ROOT


def checked(folder: Path, **variables: str) -> str:
    """What gunicorn says of its configuration when it is started in a folder."""
    command = [
        "-m",
        "gunicorn",
        "--print-config",
        "--chdir",
        str(ROOT),
        "--config",
        str(ROOT / "deploy/gunicorn.conf.py"),
    ]
    said = subprocess.run(
        [sys.executable, *command, "carolverse.wsgi"],
        cwd=folder,
        env=os.environ | {"SECRET_KEY": "for-this-test-only"} | variables,
        capture_output=True,
        text=True,
        check=False,
    )
    assert said.returncode == 0, said.stderr
    return said.stdout


def test_it_serves_this_machine_alone_with_the_declared_values(tmp_path: Path) -> None:
    said = " ".join(checked(tmp_path, PORT="8123", WEB_CONCURRENCY="3", ACCESS_LOG="").split())
    assert "bind = ['127.0.0.1:8123']" in said
    assert "workers = 3" in said
    assert "accesslog = None" in said
