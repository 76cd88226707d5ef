"""A real HTTP server on a free port that answers as a gateway for short messages would."""

from __future__ import annotations

import contextlib
import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from activities.sms import HttpGateway


@dataclass
class TextSink:
    """What arrived, in order. `status` and `body` are what it answers, after `delay` seconds; `hang_up`: nothing."""

    port: int = 0
    status: int = 202
    body: bytes = b'{"id": "m-1"}'
    delay: float = 0.0
    hang_up: bool = False
    arrived: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/messages"

    @property
    def gateway(self) -> HttpGateway:
        return HttpGateway(url=self.url, token="a token of the tests", timeout=2.0, longest=5.0)


@pytest.fixture
def text_sink() -> Iterator[TextSink]:
    """A gateway for one test."""
    sink = TextSink()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            sink.headers.append({name.lower(): value for name, value in self.headers.items()})
            sink.arrived.append(json.loads(self.rfile.read(int(self.headers["content-length"]))))
            time.sleep(sink.delay)
            if sink.hang_up:
                self.close_connection = True
                return
            with contextlib.suppress(ConnectionError):  # whoever asked has lost patience
                self.send_response(sink.status)
                self.send_header("content-length", str(len(sink.body)))
                self.end_headers()
                self.wfile.write(sink.body)

        def log_message(self, *_: object) -> None:
            """Silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    sink.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), name="gateway")
    thread.start()
    yield sink
    server.shutdown()
    thread.join()
    server.server_close()
