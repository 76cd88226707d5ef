"""What clients decide: invented journeys, most of them busy, some quiet so that their timers have time to run out."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from domain.journey.state import journey_stream
from worker.demo.staff import DUNJA, JASNA, MILA, OGNJEN, VUK

PATHWAY = "housing-support"
_STEP = "welcome"
"""Open from the first day, and kept open by dates that move."""
_PURPOSES = ("statistics", "referral", "medical", "data-processing")
_ROLES = {"lawyer": OGNJEN, "consultant": JASNA, "caseworker": VUK, "psychologist": DUNJA}
_HOT = 4
"""Journeys on which many clients decide at the same moment."""


@dataclass(slots=True)
class Client:
    """One journey as the clients know it. `seen`: the version of its step that a form would show."""

    journey: UUID
    quiet: bool
    seen: int | None = None
    consents: set[str] = field(default_factory=set)
    next_at: float = 0.0

    @property
    def stream(self) -> str:
        return journey_stream(self.journey)


@dataclass(frozen=True, slots=True)
class Wish:
    """A command for the API: its address below `/api/v1`, and its body."""

    client: Client
    kind: str
    path: str
    body: dict[str, Any]


@dataclass
class Caseload:
    """Chooses who is decided on next, and what. Not for several threads."""

    random: Random
    clients: list[Client]
    quiet_every: float
    """Seconds between two decisions on a quiet journey."""

    def opening(self, client: Client) -> Wish:
        """The first command of a journey."""
        body = {"pathway": PATHWAY, "journey": str(client.journey), "caseworker": str(MILA.id)}
        return Wish(client, "open-journey", "/journeys", body)

    def next(self, real: float, log_now: datetime) -> Wish:
        """A wish at `real` seconds of the run; `log_now` is the log's clock, from which dates are counted."""
        due = next((c for c in self.clients if c.quiet and c.next_at <= real), None)
        if due is not None:
            due.next_at = real + self.quiet_every * self.random.uniform(0.6, 1.4)
            return self._move(due, log_now.date() + timedelta(days=self.random.choice((1, 1, 2))))
        busy = [c for c in self.clients if not c.quiet]
        client = self.random.choice(busy[:_HOT] if self.random.random() < 0.08 else busy)
        return self._any(client, log_now)

    def _any(self, client: Client, log_now: datetime) -> Wish:
        dice = self.random.random()
        if dice < 0.50:
            return self._move(client, log_now.date() + timedelta(days=self.random.randint(1, 200)))
        if dice < 0.60:
            body = {"step": _STEP, "outcome": "postponed", "reason": "client-asked"}
            return self._command(client, "advance-step", {**body, "next_on": self._day(log_now)})
        if dice < 0.84:
            return self._consent(client)
        if dice < 0.92:
            role = self.random.choice(list(_ROLES))
            return self._command(client, "assign", {"role": role, "staff": str(_ROLES[role].id)})
        if dice < 0.96:
            return self._command(client, "unassign", {"role": self.random.choice(list(_ROLES))})
        if dice < 0.98:
            other = self.random.choice(self.clients)
            return self._command(client, "link-journey", {"other": str(other.journey), "relation": "sibling"})
        return self._command(client, "advance-step", {"step": "no-such-step", "outcome": "done"})

    def _day(self, log_now: datetime) -> str:
        return (log_now.date() + timedelta(days=self.random.randint(1, 200))).isoformat()

    def _move(self, client: Client, on: date) -> Wish:
        body: dict[str, Any] = {"step": _STEP, "on": on.isoformat()}
        if client.seen is not None and self.random.random() < 0.3:
            body["seen"] = client.seen
        return self._command(client, "schedule-step", body, note=self.random.random() < 0.05)

    def _consent(self, client: Client) -> Wish:
        purpose = self.random.choice(_PURPOSES)
        if purpose in client.consents:
            client.consents.discard(purpose)
            return self._command(client, "withdraw-consent", {"purpose": purpose})
        client.consents.add(purpose)
        return self._command(client, "give-consent", {"purpose": purpose})

    def _command(self, client: Client, kind: str, body: dict[str, Any], *, note: bool = False) -> Wish:
        whole: dict[str, Any] = {"kind": kind, "body": body}
        if note:
            whole["note"] = "An invented note."
        return Wish(client, kind, f"/journeys/{client.journey}/commands", whole)
