"""Say whether a port of this machine is free, and if not, who holds it and what to type.

Not a lock: the port may be taken a moment later, and then gunicorn says so. It runs before the environment is
made, so it uses the standard library only.
"""

import os
import socket
import sys
from pathlib import Path

LISTEN = "0A"


def is_free(port: int) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        # As gunicorn binds: a port whose last connections are still closing counts as free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def holder(port: int) -> str:
    """The program that listens on ``port``, as far as this user may see it (Linux only)."""
    inodes = set()
    for table in (Path("/proc/net/tcp"), Path("/proc/net/tcp6")):
        for line in table.read_text().splitlines()[1:] if table.exists() else []:
            fields = line.split()
            if fields[3] == LISTEN and int(fields[1].rsplit(":", 1)[1], 16) == port:
                inodes.add(f"socket:[{fields[9]}]")
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if any(os.readlink(handle) in inodes for handle in (process / "fd").iterdir()):  # noqa: PTH115
                return f"{(process / 'comm').read_text().strip()} (process {process.name})"
        except OSError:
            continue  # Another user's process, or one that has just ended.
    return "another program"


def main() -> int:
    text = sys.argv[1] if len(sys.argv) > 1 else "8000"
    if not text.isdigit() or not 0 < int(text) < 65536:
        print(f"PORT is '{text}'; it must be a number from 1 to 65535.", file=sys.stderr)
        return 2
    port = int(text)
    if is_free(port):
        return 0
    print(f"Port {port} is in use by {holder(port)}.", file=sys.stderr)
    print(f"Stop it, or choose another port: make run PORT={port + 1}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
