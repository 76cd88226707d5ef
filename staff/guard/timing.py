"""Counts how long answers take, by route: never by address, which names a journey."""

from __future__ import annotations

import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from staff.counting import Counters


class Timing:
    """Wraps the application."""

    def __init__(self, app: ASGIApp, counters: Counters) -> None:
        self._app = app
        self._seconds = counters.seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = time.perf_counter()
        status = "none"

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = str(message["status"])
            await send(message)

        try:
            await self._app(scope, receive, sending)
        finally:
            route = getattr(scope.get("route"), "path", "none")
            self._seconds.labels(route, status).observe(time.perf_counter() - began)
