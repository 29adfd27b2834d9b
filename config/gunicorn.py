"""How gunicorn serves the application: `python -m gunicorn -c config/gunicorn.py config.wsgi`."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
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

# Prometheus finds what all processes count on a port of its own, which the world must not reach. Unset: nothing is counted.
_metrics_port = int(os.environ.get("METRICS_PORT", "0"))
_metrics_host = os.environ.get("METRICS_HOST", "127.0.0.1")
if _metrics_port and "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
    # Set before anything counts, and kept when the configuration is read again.
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = tempfile.mkdtemp(prefix="reaffirmed-metrics-")


def when_ready(server: Any) -> None:
    """Say where the application can be reached, once it can."""
    shown = _address.replace("0.0.0.0", "127.0.0.1").replace("[::]", "[::1]")  # noqa: S104 - shown, not bound
    sys.stdout.write(f"Reaffirmed is running at http://{shown}/ (stop it with Ctrl-C)\n")
    sys.stdout.write("An editor's account is made by:  make editor\n")
    sys.stdout.flush()
    if _metrics_port:
        from config.watching.metrics import serve

        try:
            serve(_metrics_host, _metrics_port)
        except OSError as error:
            # Readers come first: the service goes on without being counted.
            server.log.error("Metrics can't be served on port %d: %s", _metrics_port, error.strerror)  # noqa: TRY400


def child_exit(_server: Any, worker: Any) -> None:
    """Forget what only a living process says of itself; what it has counted stays."""
    if _metrics_port:
        from prometheus_client.multiprocess import mark_process_dead

        mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]


def on_exit(_server: Any) -> None:
    if _metrics_port:
        shutil.rmtree(os.environ["PROMETHEUS_MULTIPROC_DIR"], ignore_errors=True)
