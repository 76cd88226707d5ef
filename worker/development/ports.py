"""Ports on the loopback interface: free ones, and whether a page answers there."""

from __future__ import annotations

import http
import http.client
import socket
from collections.abc import Iterable

LOOPBACK = "127.0.0.1"


def is_free(port: int) -> bool:
    """Whether nobody listens on this port of 127.0.0.1 and we may."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        # As every server does it: connections of an earlier run that still linger do not count.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        # macOS lets us bind beside a listener on all interfaces.
        return probe.connect_ex((LOOPBACK, port)) != 0


def any_free() -> int:
    """A port nobody uses now, chosen by the operating system."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def choose(wanted: Iterable[int | None], taken: Iterable[int] = ()) -> int:
    """The first wanted port that is free and not in ``taken``, else any free one."""
    refused = set(taken)
    for port in wanted:
        if port is not None and port not in refused and is_free(port):
            return port
    while True:
        port = any_free()
        if port not in refused:
            return port


def answers(port: int, path: str = "/readyz") -> bool:
    """Whether a web server on this port answers 200 for the path now (no proxy asked, one second at most)."""
    connection = http.client.HTTPConnection(LOOPBACK, port, timeout=1.0)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
