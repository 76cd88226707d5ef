"""A TCP proxy that a test can cut, freeze, or make lose a reply: the faults that a network really has."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from enum import Enum, auto

import pytest
from psycopg.conninfo import conninfo_to_dict, make_conninfo


class Line(Enum):
    """What the proxy does with bytes that come from the server."""

    OPEN = auto()
    LOSE_NEXT_REPLY = auto()
    """Swallows the next reply and cuts the connection: the server has done the work, the client does not know."""
    FROZEN = auto()
    """Takes everything, passes nothing on: a frozen server or a cable cut without a sign."""


class CuttableProxy:
    """Listens on a free port of the loopback and passes bytes to `host:port`, as long as it may."""

    def __init__(self, host: str, port: int) -> None:
        self._target = (host, port)
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._server.getsockname()[1]
        self.line = Line.OPEN
        self.accepted = 0
        self._lock = threading.Lock()
        self._sockets: set[socket.socket] = set()
        self._threads = [threading.Thread(target=self._accept, name="proxy-accept")]
        self._threads[0].start()

    def dsn(self, dsn: str) -> str:
        """The same database through this proxy."""
        return make_conninfo(dsn, host="127.0.0.1", port=self.port)

    def cut(self) -> None:
        """Ends every connection now; new ones are accepted."""
        with self._lock:
            sockets, self._sockets = self._sockets, set()
        for each in sockets:
            _end(each)

    def close(self) -> None:
        """Ends everything; new connections are refused."""
        self.line = Line.OPEN
        with contextlib.suppress(OSError):
            self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()
        self.cut()
        for thread in self._threads:
            thread.join(timeout=5)

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._server.accept()
            except OSError:
                return
            try:
                server = socket.create_connection(self._target)
            except OSError:
                client.close()
                continue
            self.accepted += 1
            with self._lock:
                self._sockets |= {client, server}
            for source, sink, rule in ((client, server, self._from_client), (server, client, self._from_server)):
                thread = threading.Thread(target=self._pass, args=(source, sink, rule), name="proxy-pass")
                self._threads.append(thread)
                thread.start()

    def _pass(self, source: socket.socket, sink: socket.socket, rule: Callable[[], bool]) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                if rule():
                    sink.sendall(data)
                elif self.line is not Line.FROZEN:
                    break
        _end(source)
        _end(sink)

    def _from_client(self) -> bool:
        return self.line is not Line.FROZEN

    def _from_server(self) -> bool:
        if self.line is Line.LOSE_NEXT_REPLY:
            self.line = Line.OPEN
            return False
        return self.line is Line.OPEN


def _end(each: socket.socket) -> None:
    with contextlib.suppress(OSError):
        each.shutdown(socket.SHUT_RDWR)
    each.close()


@pytest.fixture
def cuttable_proxy(database: str) -> Iterator[CuttableProxy]:
    """A proxy before the session's PostgreSQL: use `proxy.dsn(any_database)`."""
    parts = conninfo_to_dict(database)
    proxy = CuttableProxy(str(parts["host"]), int(str(parts["port"])))
    yield proxy
    proxy.close()
