"""Says, with exit code 1 and a sentence, why an address can't be listened on. Usage: port_is_free.py HOST PORT."""

from __future__ import annotations

import errno
import socket
import sys


def obstacle(host: str, port: str) -> str:
    """Return what stands in the way of listening on ``host`` and ``port``, or nothing."""
    if not port.isdecimal() or not 0 < int(port) < 65536:
        return f"PORT={port} is not a port: a number from 1 to 65535 is."
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, int(port), type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as listener:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(address)
            listener.listen()
    except socket.gaierror:
        return f"HOST={host} is not an address of this machine."
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            return f"Port {port} on {host} is already in use. Stop what runs there, or choose another: make run PORT={int(port) + 1}"
        return f"Can't listen on {host}, port {port}: {error.strerror}."
    return ""


if __name__ == "__main__":
    sys.exit(obstacle(*sys.argv[1:3]) or 0)
