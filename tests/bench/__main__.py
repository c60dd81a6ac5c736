"""Print the speed table: booking and import beside raw sqlite3 writing the same rows, and the monitor.

Everything happens in a temporary folder with the real backend: WAL, synchronous FULL, triggers and constraints.
The raw client writes the very rows that the verbs wrote, into a copy of the database from before, with the same
pragmas and as many transactions. ``python -m tests.bench [wins] [rows]``; PostgreSQL isn't measured here.
"""

import os
import platform
import sys
import tempfile
from pathlib import Path


def main() -> None:
    wins, rows = (int(text) for text in (*sys.argv[1:], "300", "8800")[:2])
    with tempfile.TemporaryDirectory(prefix="sales-bench-") as folder:
        os.environ |= {
            "DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3",
            "DJANGO_SETTINGS_MODULE": "carolverse.settings",
            "REGISTRY_MAX_AGE_HOURS": "87600",
        }
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        from tests.bench import booking, importing

        print(f"Python {platform.python_version()}, {os.cpu_count()} cores, SQLite FULL + WAL\n")
        print(f"{'what':<44}{'ours /s':>12}{'raw /s':>12}{'ratio':>8}")
        for line in (booking.measure(Path(folder), wins), importing.measure(Path(folder), rows)):
            print(f"{line.what:<44}{line.ours:>12,.0f}{line.raw:>12,.0f}{line.ours / line.raw:>8.2f}")
        print()
        print(importing.monitor_line())


if __name__ == "__main__":
    main()
