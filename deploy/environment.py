"""Make .venv from requirements.lock, with nothing but Python and its own pip.

Not an installer of Python or of system packages: what is missing is named, with the line to type. It runs
under whatever ``python3`` there is, so it is written for old ones too; the rest of the project needs 3.11.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
READY = VENV / ".ready"
OLDEST = (3, 11)


def trouble() -> str:
    """Why this Python can't make the environment, and what to type; empty when it can."""
    if sys.version_info < OLDEST:
        found = ".".join(str(part) for part in sys.version_info[:3])
        return (
            f"This is Python {found}; the console needs 3.11 or newer.\n"
            "Install one and name it: make setup PYTHON=python3.11"
        )
    try:
        import ensurepip  # noqa: F401
    except ImportError:
        become = "" if os.geteuid() == 0 else "sudo "
        package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
        return (
            "This Python has no ensurepip, so it can't make an environment. On Debian or Ubuntu, type:\n"
            f"  {become}apt-get install --yes {package}\n"
            "and then the same make command again."
        )
    return ""


def works() -> bool:
    """Whether .venv is there, whole, and of a Python that we support."""
    if not PYTHON.exists():
        return False
    probe = "import sys, pip; sys.exit(sys.version_info < (3, 11))"
    return subprocess.run([str(PYTHON), "-c", probe], capture_output=True).returncode == 0


def main() -> int:
    problem = trouble()
    if problem:
        print(problem, file=sys.stderr)
        return 1
    if not works():
        print("Making the environment .venv …", flush=True)
        shutil.rmtree(str(VENV), ignore_errors=True)
        subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=True)
    print(
        "Installing the packages of requirements.lock, by their hashes (a minute or two) …",
        flush=True,
    )
    pip = [str(PYTHON), "-m", "pip", "install", "-qq", "--no-input", "--disable-pip-version-check"]
    asked = subprocess.run([*pip, "--require-hashes", "--requirement", str(ROOT / "requirements.lock")])
    if asked.returncode:
        print(
            "Not all packages were installed; pip's reason is above. Type the command again to go on.",
            file=sys.stderr,
        )
        return asked.returncode
    READY.touch()
    print("The environment is ready.", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
