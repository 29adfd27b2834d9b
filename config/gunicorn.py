"""How gunicorn serves the application: `python -m gunicorn -c config/gunicorn.py config.wsgi`."""

from __future__ import annotations

import os
import sys
from typing import Any

_host = os.environ.get("HOST", "127.0.0.1")
_port = os.environ.get("PORT", "8000")
_address = f"[{_host}]:{_port}" if ":" in _host else f"{_host}:{_port}"

bind = _address
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 4
loglevel = "warning"
control_socket_disable = True


def when_ready(_server: Any) -> None:
    """Say where the application can be reached, once it can."""
    shown = _address.replace("0.0.0.0", "127.0.0.1").replace("[::]", "[::1]")  # noqa: S104 - shown, not bound
    sys.stdout.write(f"Reaffirmed is running at http://{shown}/ (stop it with Ctrl-C)\n")
    sys.stdout.write("An editor's account is made by:  make editor\n")
    sys.stdout.flush()
