"""A partner's server on this machine: takes, fails, hangs, redirects, drops the line, and comes back."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from standardwebhooks import Webhook


class Mood(StrEnum):
    """How it answers from now on."""

    TAKES = "takes"
    FAILS = "fails"
    REFUSES = "refuses"
    HANGS = "hangs"
    REDIRECTS = "redirects"
    DROPS = "drops"
    GONE = "gone"
    BUSY = "busy"


_STATUS = {Mood.TAKES: 204, Mood.FAILS: 503, Mood.REFUSES: 422, Mood.REDIRECTS: 307, Mood.GONE: 410, Mood.BUSY: 429}


@dataclass(frozen=True)
class Heard:
    """One request as it came."""

    headers: dict[str, str]
    body: str
    path: str

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]

    @property
    def said(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.body)
        return found

    def verified(self, secret: str) -> bool:
        """As the library of a partner does it. Raises where the signature is not theirs."""
        Webhook(secret).verify(self.body, self.headers)
        return True


@dataclass
class Partner:
    """What it heard, and how it answers; `refused` are names whose messages alone it does not take."""

    url: str = ""
    mood: Mood = Mood.TAKES
    heard: list[Heard] = field(default_factory=list)
    taken: list[Heard] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)
    release: threading.Event = field(default_factory=threading.Event)
    hung: threading.Event = field(default_factory=threading.Event)


@contextmanager
def partner() -> Iterator[Partner]:
    """Listens on a free port until the end."""
    here = Partner()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", 0))).decode()
            heard = Heard({name.lower(): value for name, value in self.headers.items()}, body, self.path)
            here.heard.append(heard)
            mood = Mood.REFUSES if heard.said["data"]["id"] in here.refused else here.mood
            if mood is Mood.HANGS:
                here.hung.set()
                here.release.wait(30)
                return
            if mood is Mood.DROPS:
                self.close_connection = True
                return
            if mood is Mood.TAKES:
                here.taken.append(heard)
            self.send_response(_STATUS[mood])
            if mood is Mood.REDIRECTS:
                self.send_header("location", f"{here.url}/elsewhere")
            if mood is Mood.BUSY:
                self.send_header("retry-after", "3600")
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 128
        """Many may call at once; whom a queue of five has no room for comes again after seconds, too late."""

    server = Server(("127.0.0.1", 0), Handler)
    here.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield here
    finally:
        here.release.set()
        server.shutdown()
        server.server_close()
        thread.join()


def until(condition: Any, seconds: float = 15.0) -> None:
    """Waits for something that another thread does."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.01)
