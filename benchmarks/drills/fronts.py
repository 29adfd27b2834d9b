"""What stands before the application and before the database, as it is shipped: nginx and PgBouncer."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import ssl
import subprocess
from pathlib import Path

from .machines import ROOT, Pair, Process, as_owner, free_port, listens, wait_until
from .people import Browser


class Nginx(Process):
    """nginx with the file that is shipped; only addresses, paths and the certificate are of this machine."""

    def __init__(self, folder: Path, web: int, *, limited: bool = True) -> None:
        self.port, self.plain = free_port(), free_port()
        text = self.shipped(folder, web)
        if not limited:
            text = re.sub(r"limit_(req|conn) .*;", "", text)
        (folder / "site.conf").write_text(text)
        paths = "".join(f"{kind}_temp_path {folder}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        user = "user nobody nogroup;\n" if os.geteuid() == 0 else ""
        (folder / "nginx.conf").write_text(
            f"{user}worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/nginx.log;\nevents {{ worker_connections 2048; }}\n"
            f"http {{ access_log off;\n{paths}include {folder}/site.conf; }}\n"
        )
        folder.chmod(0o755)
        super().__init__(["nginx", "-c", str(folder / "nginx.conf"), "-g", "daemon off;"], {}, folder / "nginx.out")
        wait_until(lambda: listens(self.port), what="nginx")

    def shipped(self, folder: Path, web: int) -> str:
        """Return the file that is shipped, for this machine."""
        key, certificate = folder / "key.pem", folder / "cert.pem"
        asked = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1"]
        subprocess.run(["openssl", *asked, "-keyout", key, "-out", certificate], check=True, capture_output=True)
        text = (ROOT / "deploy/nginx.conf").read_text("utf-8")
        for shipped, here in {
            "listen 80;": f"listen 127.0.0.1:{self.plain};",
            "listen 443 ssl http2;": f"listen 127.0.0.1:{self.port} ssl http2;",
            "listen [::]:80;": "",
            "listen [::]:443 ssl http2;": "",
            "server unix:/run/reaffirmed/web.sock": f"server 127.0.0.1:{web}",
            "/etc/ssl/reaffirmed/fullchain.pem": str(certificate),
            "/etc/ssl/reaffirmed/privkey.pem": str(key),
            "/var/cache/reaffirmed": str(folder / "cache"),
            "reaffirmed.example.org": "127.0.0.1",
        }.items():
            assert shipped in text, shipped
            text = text.replace(shipped, here)
        return text


class SecureBrowser(Browser):
    def connection(self) -> http.client.HTTPSConnection:
        return http.client.HTTPSConnection("127.0.0.1", self.port, timeout=30, context=ssl._create_unverified_context())


class Bouncer(Process):
    """PgBouncer with the file that is shipped; only addresses and paths are of this machine."""

    def __init__(self, folder: Path, pair: Pair) -> None:
        self.port = free_port()
        text = (ROOT / "deploy/pgbouncer.ini").read_text("utf-8")
        for shipped, here in {
            "host=127.0.0.1 port=5432 dbname=reaffirmed": f"host=127.0.0.1 port={pair.ports[0]} dbname=postgres user=postgres",
            "host=127.0.0.1 port=5433 dbname=reaffirmed": f"host=127.0.0.1 port={pair.ports[1]} dbname=postgres user=postgres",
            "listen_port = 6432": f"listen_port = {self.port}",
            "unix_socket_dir = /run/pgbouncer": "unix_socket_dir =",
            "auth_type = scram-sha-256": "auth_type = any",
            "auth_file = /etc/pgbouncer/userlist.txt": "",
            "logfile = /var/log/postgresql/pgbouncer.log": f"logfile = {folder}/bouncer/log",
            "pidfile = /run/pgbouncer/pgbouncer.pid": f"pidfile = {folder}/bouncer/pid",
        }.items():
            assert shipped in text, shipped
            text = text.replace(shipped, here)
        (folder / "bouncer").mkdir()
        (folder / "bouncer" / "ini").write_text(text)
        if os.geteuid() == 0:
            shutil.chown(folder / "bouncer", "nobody")
        super().__init__(as_owner("nobody", "pgbouncer", folder / "bouncer" / "ini"), {}, folder / "bouncer.out")
        wait_until(lambda: listens(self.port), what="PgBouncer")
