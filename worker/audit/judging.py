"""Comparing one workflow with what the log says of its journey; pure.

Nobody asks a hundred thousand sound workflows how they are. One whose tasks fail, or that no worker takes, is found by
what it leaves undone: it does not learn of an event, does not load, or lets its moment pass.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from projections.audits import AuditFault
from worker.audit.expected import Expected
from workflows.messages import Phase

SAME = timedelta(milliseconds=1)
"""Temporal stores instants as exactly as its database can."""


class Trouble(StrEnum):
    """Why a workflow does not get on, as far as Temporal shows it."""

    FAILING = "failing"
    """Its tasks fail, again and again."""
    STRANDED = "stranded"
    """It is pinned to a worker deployment version that no worker polls for."""
    SILENT = "silent"
    """It gives no answer, or has not loaded yet; that may pass."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A running workflow as it shows itself. `has_activities`: something is under way besides its loop."""

    run: str
    version: int | None
    wake: datetime | None
    trouble: Trouble | None = None
    has_activities: bool = False
    has_letter_under_way: bool = False


@dataclass(frozen=True, slots=True)
class Moment:
    """When is judged: the log's clock, and how late a wake may be by it."""

    now: datetime
    grace: timedelta

    def is_past(self, wake: datetime | None) -> bool:
        """Whether this wake should long have been fired."""
        return wake is not None and self.now - wake > self.grace


def judge(expected: Expected | None, seen: Seen | None, moment: Moment, *, due: int | None = None) -> AuditFault | None:
    """What is wrong, if anything. `due`: the version that it should know by now, if that is not the newest."""
    if expected is not None and not expected.is_readable:
        return AuditFault.UNREADABLE
    if seen is None:
        return AuditFault.MISSING if expected is not None and expected.needs_workflow else None
    if expected is None or not expected.needs_workflow:
        return _of_ended(expected, seen)
    if seen.trouble is not None or seen.version is None:
        return AuditFault.STUCK
    if seen.version > expected.version:
        return AuditFault.AHEAD
    if seen.version < expected.version:
        return AuditFault.STALE if seen.version < (expected.version if due is None else due) else None
    return _of_wake(expected, seen, moment)


def _of_ended(expected: Expected | None, seen: Seen) -> AuditFault | None:
    """A workflow that knows of the end and still hands over a letter ends by itself."""
    if expected is not None and seen.has_activities and seen.version == expected.version:
        return None
    return AuditFault.SURPLUS


def _of_wake(expected: Expected, seen: Seen, moment: Moment) -> AuditFault | None:
    if expected.phase is not Phase.OPEN:
        return None
    assert expected.wake is not None, "an open journey has a live timer"
    if seen.wake is None or abs(seen.wake - expected.wake) > SAME:
        return AuditFault.WRONG_WAKE
    return AuditFault.STUCK if moment.is_past(expected.wake) else None
