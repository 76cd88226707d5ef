"""A migration in words: the line of the timeline, and what would become of each open step."""

from __future__ import annotations

from domain.event import Event
from domain.journey.migration.events import JourneyMigrated
from staff.titles import Titles

Told = tuple[str, tuple[str, ...]]


def tell(event: Event, titles: Titles) -> Told | None:
    """The line of an event and its details; None where it is about something else."""
    if not isinstance(event, JourneyMigrated):
        return None
    t = titles.words
    details = [t("migration.renamed", was=titles.step(each.was), now=titles.step(each.now)) for each in event.steps]
    details += [t("migration.renamed", was=titles.stage(each.was), now=titles.stage(each.now)) for each in event.stages]
    details += [t("migration.ends", step=titles.step(each.step)) for each in event.ended]
    details += [
        t("migration.due", step=titles.step(each.step), day=t.day(each.deadline.due_on))
        for each in event.kept
        if each.deadline is not None
    ]
    return t("story.migrated", was=event.was.version, now=event.pin.version), tuple(details)
