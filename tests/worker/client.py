"""People at work while parts die: each decision is sent, under one key, until there is an answer that counts.

What an answer may be is written down here, as the documentation says it: done, refused, or not reachable now. Anything
else is a false word and fails the test.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

import httpx

from staff.visit import PERSON_COOKIE
from tests.staff.paper import Form, Paper
from worker.demo.staff import VERA

GIVE_UP = 60.0
"""Seconds after which a decision counts as stuck."""
LONGEST_ANSWER = 20.0
"""Seconds for one request."""
UNAVAILABLE = {"urn:putokaz:problem:unavailable", "urn:putokaz:problem:vault-unavailable"}


class Said(StrEnum):
    """What the person was told in the end."""

    DONE = "done"
    REFUSED = "refused"


@dataclass
class Told:
    """One decision with its last word, and what it took."""

    journey: UUID
    key: UUID
    said: Said
    version: int | None
    tries: int
    longest: float
    reminders_resume_later: bool | None = None


@dataclass
class Person:
    """One client. `lost` and `away` count the answers that did not come, and those that said "not now"."""

    address: str
    lost: int = 0
    away: int = 0
    told: list[Told] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._client = httpx.Client(
            base_url=self.address,
            timeout=LONGEST_ANSWER,
            headers={"X-Putokaz-Person": str(VERA.id)},  # who may give every command that is given here
            cookies={PERSON_COOKIE: str(VERA.id)},
        )

    def close(self) -> None:
        self._client.close()

    def command(self, journey: UUID, kind: str, body: dict[str, Any], *, note: str | None = None) -> Told:
        """A command by the API."""
        content = {"kind": kind, "body": body, **({"note": note} if note else {})}
        return self._by_api(f"/api/v1/journeys/{journey}/commands", content, journey)

    def open(self) -> Told:
        """A new journey by the API."""
        journey = uuid4()
        return self._by_api("/api/v1/journeys", {"pathway": "housing-support", "journey": str(journey)}, journey)

    def page(self, journey: UUID, action: str, **entries: str) -> Told:
        """An action by its form; the form is asked for until it comes."""
        path = f"/journeys/{journey}/{action}"
        end = time.monotonic() + GIVE_UP
        while (answer := self._ask("GET", path)) is None or answer.status_code == 503:
            assert time.monotonic() < end, f"no form for {action}"
            self.away += answer is not None
            time.sleep(0.2)
        assert answer.status_code == 200, (path, answer.status_code)
        form = Paper(answer.text).form
        return self._by_form(path, {**form.fields, **entries, "intent": "save"}, journey)

    def _by_api(self, path: str, content: dict[str, Any], journey: UUID) -> Told:
        key = uuid4()

        def judge(answer: httpx.Response) -> tuple[Said, int | None] | None:
            if answer.status_code in {200, 201}:
                return Said.DONE, int(answer.json()["version"])
            problem = answer.json()
            assert answer.headers["content-type"] == "application/problem+json", answer.text
            if answer.status_code == 409:
                return Said.REFUSED, None
            assert answer.status_code == 503, (answer.status_code, problem)
            assert problem["type"] in UNAVAILABLE, problem
            assert int(answer.headers["retry-after"]) > 0
            assert "Idempotency-Key" in problem["title"]
            return None

        headers = {"Idempotency-Key": str(key)}
        return self._until(journey, key, lambda: self._ask("POST", path, json=content, headers=headers), judge)

    def _by_form(self, path: str, fields: dict[str, str], journey: UUID) -> Told:
        sent = Form(path, fields)
        key = UUID(fields["command_id"])

        def judge(answer: httpx.Response) -> tuple[Said, int | None] | None:
            if answer.status_code == 303:
                return Said.DONE, None
            if answer.status_code == 409:
                return Said.REFUSED, None
            assert answer.status_code == 503, (path, answer.status_code, Paper(answer.text).text)
            kept = Paper(answer.text).form.fields
            assert kept["command_id"] == fields["command_id"], "the page lost the command's id"
            assert kept.get("note", "") == fields.get("note", ""), "the page lost what was typed"
            sent.fields.update(kept | {"intent": "save"})
            return None

        return self._until(journey, key, lambda: self._ask("POST", path, data=sent.fields), judge)

    def _until(self, journey: UUID, key: UUID, ask: Any, judge: Any) -> Told:
        end, tries, longest = time.monotonic() + GIVE_UP, 0, 0.0
        while True:
            tries += 1
            began = time.monotonic()
            answer = ask()
            longest = max(longest, time.monotonic() - began)
            word = judge(answer) if answer is not None else None
            if word is not None:
                told = Told(journey, key, word[0], word[1], tries, longest, _later(answer))
                self.told.append(told)
                return told
            self.away += answer is not None
            assert time.monotonic() < end, "a decision is stuck"
            time.sleep(0.2)

    def _ask(self, method: str, path: str, **content: Any) -> httpx.Response | None:
        """The answer, or None for a connection that broke or was not to be had."""
        try:
            return self._client.request(method, path, **content)
        except httpx.TimeoutException:
            raise AssertionError(f"no answer within {LONGEST_ANSWER:.0f} s") from None
        except httpx.TransportError:
            self.lost += 1
            return None


def _later(answer: httpx.Response) -> bool | None:
    """What an answer of the API says about reminders; None where it says nothing."""
    if answer.headers.get("content-type") != "application/json":
        return None
    later: bool | None = answer.json().get("reminders_resume_later")
    return later
