"""`putokaz demo --check`: the whole once, on free ports in a temporary folder, as a program would use it."""

from __future__ import annotations

import json
import sys
import time
from contextlib import closing
from http.client import HTTPConnection
from typing import Any
from uuid import uuid4

from rich.console import Console

from domain.errors import PutokazError
from worker.demo.run import prepare, running
from worker.development.progress import Progress
from worker.development.state import temporary_state
from worker.settings import Mode

PATIENCE = 20.0
"""Seconds until a recorded step has to be seen."""


class CheckFailed(PutokazError):
    """The stack started and did not do its work."""


def run_check() -> None:
    """Prints `{"ready_s", "journeys", "events", "step_visible_ms"}`; progress goes to standard error.

    Raises `CheckFailed` with what was expected and what came.
    """
    began = time.monotonic()
    progress = Progress(Console(stderr=True, highlight=False, soft_wrap=True))
    with temporary_state() as state, running(state, progress, Mode.DEMO) as stack:
        stack.children.remove_at_end(state.folder)
        stack.postgres.remove_at_end()
        caseload = prepare(stack, progress, rate=1.0)
        stack.start_processes()
        ready = time.monotonic() - began
        with progress.step("One step advanced through the HTTP API"):
            visible = _advance_one(_Api(stack.address))
        stack.postgres.stop()
    result = {
        "ready_s": round(ready, 2),
        "journeys": caseload.journeys,
        "events": caseload.events,
        "step_visible_ms": round(visible * 1000, 1),
    }
    sys.stdout.write(json.dumps(result) + "\n")


def _advance_one(api: _Api) -> float:
    """Seconds from sending a step's outcome until the read model shows it."""
    for row in api.get("/journeys?phase=open&limit=50")["rows"]:
        file = api.get(f"/journeys/{row['journey']}")
        step = next((s for s in file["steps"] if s["status"] == "open" and not s["appointment"]), None)
        if step is not None:
            return _advance(api, row["journey"], step)
    raise CheckFailed("no open journey has an open step; the caseload should have many")


def _advance(api: _Api, journey: str, step: dict[str, Any]) -> float:
    body = {"step": step["step"], "outcome": "done", "seen": step["version"]}
    sent = time.monotonic()
    answer = api.post(f"/journeys/{journey}/commands", {"kind": "advance-step", "body": body})
    if answer.get("refusal"):
        raise CheckFailed(f"the step was refused: {answer['refusal']}")
    while time.monotonic() - sent < PATIENCE:
        steps = api.get(f"/journeys/{journey}")["steps"]
        if any(s["part"] == step["part"] and s["status"] != "open" for s in steps):
            return time.monotonic() - sent
        time.sleep(0.005)
    raise CheckFailed(f"the read model did not show the step within {PATIENCE:g} s")


class _Api:
    """The HTTP API as any program would call it."""

    def __init__(self, address: str) -> None:
        self._host = address.removeprefix("http://")

    def get(self, path: str) -> Any:
        return self._call("GET", path, None)

    def post(self, path: str, body: dict[str, Any]) -> Any:
        return self._call("POST", path, json.dumps(body))

    def _call(self, method: str, path: str, body: str | None) -> Any:
        headers = {"Content-Type": "application/json", "Idempotency-Key": str(uuid4())}
        with closing(HTTPConnection(self._host, timeout=10)) as connection:
            connection.request(method, f"/api/v1{path}", body=body, headers=headers)
            answer = connection.getresponse()
            text = answer.read().decode()
        if answer.status >= 400:
            raise CheckFailed(f"{method} {path}: {answer.status} {text[:500]}")
        return json.loads(text)
