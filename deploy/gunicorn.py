"""How gunicorn serves behind nginx on a server: on a socket of the machine, told to reload by SIGHUP without losing a request."""

from __future__ import annotations

import os

bind = os.environ.get("GUNICORN_BIND", "unix:/run/reaffirmed/web.sock")
worker_class = "gthread"
# Two processes for each core are enough for pages that mostly compute; each answers four requests at a time.
workers = int(os.environ.get("WEB_CONCURRENCY", "4"))
threads = 4
# nginx keeps no more connections than this open, and closes them first.
keepalive = 75
# A request that takes longer is not one of ours: a statement of a reader ends after three seconds, a save after twenty.
timeout = 60
graceful_timeout = 30
# Memory that fragments is given back after some thousand pages; not by all processes at once.
max_requests = 5_000
max_requests_jitter = 1_000
# nginx has bounded them before; this is for whoever comes past it.
limit_request_line = 8_190
limit_request_fields = 64
forwarded_allow_ips = "127.0.0.1,::1"
# Heartbeats are files: on a disk that is busy a worker would be taken for dead.
worker_tmp_dir = "/dev/shm"
loglevel = "warning"
control_socket_disable = True
