"""A journey in court on the published pathway, its clock moved by hand, its wakes fired as by the workflow."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from activities.pathway_reading import read_pathway
from domain.codes import Role
from domain.journey import wakes
from domain.journey.assignment import Assign
from domain.journey.opening import OpenJourney
from domain.pathway.model import Pathway, Pin
from domain.stream.firing import FireRung, RungsFired
from tests.domain.given import MILA, VERA, Given, given

ASTRA = Path(__file__).parents[2] / "pathways" / "astra" / "2.yaml"


def at(year: int, month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    """By the clock on the wall in Belgrade."""
    return datetime(year, month, day, hour, minute, tzinfo=ZoneInfo("Europe/Belgrade"))


def published() -> Pathway:
    """The newest version of the pathway."""
    pinned = read_pathway(ASTRA.read_bytes()).pinned
    assert pinned is not None
    return pinned.pathway


@dataclass
class Script:
    """What was told of hearings so far: `2026-05-12 08:00 hearing:1 before-1-calendar-days → lawyer`."""

    journey: Given
    letters: list[str]

    @classmethod
    def opened(cls, now: datetime) -> Script:
        """Mila is the caseworker, Vera the lawyer."""
        begun = given(now=now, pathway=published())
        pin = Pin(name="astra", version=2, sha256="0" * 64)
        begun = begun.having(OpenJourney(pin=pin, caseworker=MILA), Assign(role=Role.LAWYER, staff=VERA))
        return cls(begun, [])

    def until(self, now: datetime) -> Script:
        """Time passes; every wake is fired at its moment."""
        while (due := wakes(self.journey.state)) and due[0].at <= now:
            self.journey = self.journey.at(max(due[0].at, self.journey.now))
            wake = due[0]
            then = self.journey.when(FireRung(obligation=wake.key, rung=wake.rung, date_version=wake.date_version))
            self._note(then.events)
            self.journey = then.after
        self.journey = self.journey.at(now)
        return self

    def do(self, *commands: Any) -> Script:
        """Commands that are taken now. What is due at once goes out at once."""
        for command in commands:
            self.journey = self.journey.having(command)
            self.until(self.journey.now)
        return self

    def told(self, key: str) -> list[str]:
        """The letters about one obligation."""
        return [line for line in self.letters if f" {key} " in line]

    def _note(self, events: tuple[Any, ...]) -> None:
        for event in events:
            if isinstance(event, RungsFired) and event.obligation.startswith("hearing:"):
                moment = self.journey.now.astimezone(ZoneInfo("Europe/Belgrade"))
                to = ", ".join(a.role.value for a in event.addressees)
                self.letters.append(f"{moment:%Y-%m-%d %H:%M} {event.obligation} {'+'.join(event.rungs)} → {to}")
