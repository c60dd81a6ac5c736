"""gunicorn's configuration, shared by `make run` and production.

Two synchronous workers: every request is short, and one database has one writer anyway. The application is
loaded once, before the workers fork, so that ``sales.guard`` can refuse a database that isn't safe
(gunicorn runs no system checks). A new release needs a restart: a reload (HUP) keeps the old code.
"""

import os
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # gunicorn reads this file before it adds its folder.

from carolverse.env import value

bind = f"127.0.0.1:{value('PORT')}"
wsgi_app = "carolverse.wsgi"
worker_class = "sync"
workers = value("WEB_CONCURRENCY")
preload_app = True
timeout = 60  # A large import runs as a command, not as a request.
graceful_timeout = 30
keepalive = 5
max_requests = 5000  # A worker is renewed now and then, each at another moment.
max_requests_jitter = 500
limit_request_line = 8190
forwarded_allow_ips = "127.0.0.1"  # Only a proxy on this machine is believed.
control_socket_disable = True  # It would be made in the home directory.
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: PTH112
accesslog = value("ACCESS_LOG") or None
errorlog = "-"
loglevel = "warning"


def on_starting(server: Any) -> None:
    """Refuse to start on an unsafe database, with the guard's sentence; then let go of the connection.

    A connection must not cross the fork: two workers on one SQLite handle corrupt each other.
    """
    from django.db import connections

    from sales.guard import check_or_exit

    check_or_exit()
    connections.close_all()
