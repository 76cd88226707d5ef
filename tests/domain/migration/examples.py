"""One example of every event of a migration, with every field filled."""

from __future__ import annotations

from datetime import datetime

from domain.codes import Mover, Role
from domain.deadline import Deadline
from domain.event import Event
from domain.journey.migration.events import EndedStep, JourneyMigrated, KeptStep, Renamed
from domain.pathway.model import Pin, Span
from domain.sealed import Notes, Sealed


def migration_events(at: datetime, note: Sealed[Notes], ladder: Deadline) -> tuple[Event, ...]:
    """Ids and dates never change."""
    return (
        JourneyMigrated(
            occurred_at=at,
            was=Pin(name="astra", version=1, sha256="1" * 64),
            pin=Pin(name="astra", version=2, sha256="2" * 64),
            stages=(Renamed(was="intake", now="welcome"),),
            steps=(Renamed(was="first-talk", now="talk"),),
            kept=(
                KeptStep(
                    step="talk",
                    occurrence=1,
                    stage="welcome",
                    role=Role.CASEWORKER,
                    waits_on=Mover.CLIENT,
                    stalled_after=Span(count=5),
                    covered_by=("power-of-attorney",),
                    deadline=ladder,
                ),
            ),
            ended=(EndedStep(step="questionnaire", occurrence=2),),
            note=note,
        ),
    )
