"""What tests of digests share: three hearings of one lawyer, whose reminders come on the same morning."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from activities.delivering import Deliverer
from activities.postbox import Waits
from domain.codes import Role, StepOutcome
from domain.journey.advancing import AdvanceStep, OpenStep
from domain.journey.assignment import Assign
from domain.journey.naming import journey_code
from domain.journey.state import journey_stream
from domain.quiet import Pace
from tests.fix_engine import MILA, Bench
from tests.fix_mail import Everyone, Member, Wishes
from workflows.messages import Delivery, Firing, Start


def local(day: int, hour: int, minute: int = 0, month: int = 6) -> datetime:
    """Of June 2027, on the wall clock of Belgrade."""
    return datetime(2027, month, day, hour, minute, tzinfo=ZoneInfo("Europe/Belgrade")).astimezone(UTC)


TUESDAY, SATURDAY, NOON = local(8, 10, 30), local(12, 9), local(12, 12)
"""The hearings. On Saturday the 5th at eight their ladders remind of all three: three days before the first, a week
before the others. The plan of each journey reminds for the first time on the 10th."""
EIGHT, DIGEST = local(5, 8), local(5, 8, 30)


def lawyer(locale: str = "sr-Latn", **wishes: Any) -> Everyone:
    """Mila, who gets a digest unless a test chooses otherwise."""
    chosen = Wishes(**{"pace": Pace.DIGEST, **wishes})
    return Everyone([Member(MILA, "mila@example.org", frozenset({"lawyer"}), locale, chosen)])


def with_hearing(bench: Bench, at: datetime) -> UUID:
    """A journey with one hearing, and nothing else that reminds before."""
    journey = bench.opened()
    bench.record(journey, AdvanceStep(step="contact", outcome=StepOutcome.DONE))
    bench.record(journey, Assign(role=Role.LAWYER, staff=MILA))
    bench.record(journey, OpenStep(step="hearing", appointment=at))
    return journey


def fire_until(bench: Bench, journeys: Sequence[UUID], until: datetime) -> list[Delivery]:
    """Lets every rung up to an instant fire, in order of time; then it is that instant. The letters."""
    found: list[Delivery] = []
    while True:
        wakes = []
        for journey in journeys:
            wake = bench.recorder.load(Start(stream=journey_stream(journey))).wake
            if wake is not None and wake.at <= until:
                wakes.append((wake.at, journey, wake))
        if not wakes:
            break
        at, journey, wake = min(wakes, key=lambda each: each[0])
        bench.log.set_clock(max(at, bench.log.now()))
        fired = bench.recorder.fire(Firing(stream=journey_stream(journey), wake=wake))
        found += [Delivery(stream=journey_stream(journey), letter=letter) for letter in fired.agenda.deliveries]
    bench.log.set_clock(max(until, bench.log.now()))
    return found


async def all_wait(post: Deliverer, deliveries: Sequence[Delivery]) -> list[float]:
    """None of them may go yet; for how many seconds."""
    seconds = []
    for delivery in deliveries:
        with pytest.raises(Waits) as waits:
            await post.deliver(delivery)
        seconds.append(waits.value.seconds)
    return seconds


def code(journey: UUID) -> str:
    return journey_code(journey)


def three_waiting(bench: Bench) -> tuple[list[UUID], list[Delivery]]:
    """It is eight on that Saturday, and three letters were asked for."""
    bench.log.set_clock(local(1, 9))
    journeys = [with_hearing(bench, at) for at in (TUESDAY, SATURDAY, NOON)]
    deliveries = fire_until(bench, journeys, EIGHT)
    assert len(deliveries) == 3
    return journeys, deliveries
