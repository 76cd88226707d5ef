"""Writes the invented caseload: forty journeys over eighteen months, through `record` and `fire`, by the log's clock.

    seeded = seed(parts, progress=lambda done, all: None)

The log's clock stands still at each instant while that instant is written, so that two seedings with the same `now`
record the same. `parts.log` needs the right to set the clock.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from activities.pathway_files import PathwayStore
from activities.permitting import NO_RIGHTS_ASKED
from activities.recording import Recorder
from domain.codes import SYSTEM_ACTOR
from domain.journey.state import PREFIX
from eventlog.decision import Decision
from eventlog.log import EventLog
from worker.demo.calls import CALLS, CallTale
from worker.demo.cast import CAST
from worker.demo.days import Days
from worker.demo.hotline import contacts
from worker.demo.missions import MISSIONS, MissionTale
from worker.demo.plan import Action
from worker.demo.providers import DIRECTORY, ProviderTale, listed
from worker.demo.staff import STAFF
from worker.demo.supervision import RELEASE, supervise
from worker.demo.tale import NAMESPACE, Tale
from worker.demo.telling import Teller
from worker.demo.writing import STANDING, Writer
from worker.parts import Parts
from workflows.messages import Start

SPAN = timedelta(days=549)
"""How long before its present the caseload begins."""

HOTLINE = "astra"
"""The pathway by whose rules contacts are logged."""
_STREAM = "demo-caseload"
_BEGUN, _COMPLETE = uuid5(NAMESPACE, "begun"), uuid5(NAMESPACE, "complete")
"""Outcomes without an event, which say when a seeding began and that it ended: no event tells of the demonstration."""


@dataclass(frozen=True, slots=True)
class Seeded:
    """What the log holds after a seeding, and how long it took. `events` counts the messages' receipts too."""

    journeys: int
    events: int
    seconds: float


def told(now: datetime, pathways: PathwayStore, teller: Teller | None = None) -> Teller:
    """Everything that happens, told in memory: up to `now`, or up to the end of a `teller` of one's own.

    Raises `StoryBroken`, `PathwayMissing`.
    """
    teller, days = teller or Teller(now), Days(now)
    pinned = {name: pathways.latest(name) for name in {part.pathway for part in CAST}}
    for part in CAST:
        tale = Tale(
            name=part.name,
            pinned=pinned[part.pathway] if part.version is None else pathways.load(part.pathway, part.version),
            newest=pinned[part.pathway],
            days=days,
            writing=teller,
            caseworker=part.caseworker.id,
            giver=part.giver,
            consents=part.consents,
            diligence=part.diligence,
            begins_with=part.contact,
        )
        teller.add(tale, part.story(tale))
    for entry in DIRECTORY:
        provider = ProviderTale(entry=entry, pinned=pinned["astra"], days=days, writing=teller)
        teller.add(provider, listed(provider))
    for name, call_story in CALLS:
        call = CallTale(name=name, pinned=pinned["astra"], days=days, writing=teller)
        teller.add(call, call_story(call))
    for name, story in MISSIONS:
        mission = MissionTale(name=name, pinned=pinned["astra"], present=now, writing=teller)
        teller.add(mission, story(mission))
    teller.run()
    return teller


def plan(now: datetime, pathways: PathwayStore) -> list[Action]:
    """Journeys and the hotline's contacts together, by time. Raises `StoryBroken`, `PathwayMissing`."""
    return sorted([*told(now, pathways).actions, *contacts(now, pathways.latest(HOTLINE))], key=lambda each: each.at)


def seed(
    parts: Parts, *, now: datetime | None = None, progress: Callable[[int, int], None] = lambda _done, _all: None
) -> Seeded:
    """Writes the caseload so that its present is `now`, and lets the log go on from there in real time.

    A seeding that was cut off goes on where it stopped, with the `now` that it began with; a complete one is left as
    it is. `progress` is told how many actions of how many are written. Raises `Unavailable`, `StoryBroken`, and
    `psycopg.Error` without the right to set the clock.
    """
    began = time.perf_counter()
    for member in STAFF:
        parts.directory.put(member)
    if parts.log.outcome(_STREAM, _COMPLETE) is None:
        present = _begin(parts.log, now or parts.log.now())
        actions = plan(present, parts.pathways)
        # What invented people did in the past is asked of nobody: they have no roles yet, and keep none once they left.
        writing = replace(parts, recorder=Recorder(parts.log, parts.pathways, RELEASE, rights=NO_RIGHTS_ASKED))
        Writer(writing).write(actions, progress)
        supervise(parts, present)
        _mark(parts.log, _COMPLETE)
        parts.log.set_clock(max(now, present) if now else None)
        # The recorder believes the clock's rate for a while; a beginning run asks for it anew.
        parts.recorder.load(Start(stream=actions[0].stream))
    return Seeded(_journeys(parts.log), parts.log.head(), time.perf_counter() - began)


def _begin(log: EventLog, now: datetime) -> datetime:
    """The present of this caseload: `now`, or that of the seeding that was cut off."""
    before = log.outcome(_STREAM, _BEGUN)
    if before is not None:
        return before.decided_at + SPAN
    log.set_clock(now - SPAN, STANDING)
    _mark(log, _BEGUN)
    return now


def _mark(log: EventLog, command_id: UUID) -> None:
    log.append(Decision(stream=_STREAM, expected_version=0, command_id=command_id, actor=SYSTEM_ACTOR))


def _journeys(log: EventLog) -> int:
    heads = log.stream_heads(f"{PREFIX}{part.id}" for part in CAST)
    return len(heads)
