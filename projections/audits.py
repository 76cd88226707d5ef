"""What the audits of the workflows found and healed, for pages, metrics and the doctor. Readable without Temporal.

An audit compares what the log says of each journey with the workflow that accompanies it (`worker/audit/`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from domain.journey.state import journey_id
from domain.stream.naming import stream_code
from domain.streams import id_of, kind_of
from projections.reader import Reader

INTERVAL = timedelta(minutes=5)
"""Between two audits."""
OVERDUE = 3 * INTERVAL
"""An audit older than this is one too few: reminders may be late without anybody knowing."""
MENDED_SHOWN = timedelta(days=1)
"""For so long a page says what was healed."""


class AuditFault(StrEnum):
    """How a workflow differs from what the log says."""

    MISSING = "missing"
    """The journey needs a workflow and has none."""
    STALE = "stale"
    """It has not learnt of events that were in the log a while ago."""
    WRONG_WAKE = "wrong-wake"
    """It knows the last event and sleeps until another moment than the log says."""
    STUCK = "stuck"
    """It does not get on: its tasks fail, nobody polls for it, it does not answer, or its moment has passed unused."""
    SURPLUS = "surplus"
    """It runs for a journey that is closed, merged away, or not in the log."""
    AHEAD = "ahead"
    """It knows more than the log holds: the log was restored to an earlier point."""
    UNREADABLE = "unreadable"
    """This release cannot read the journey's events, so nobody can say. A release mends that."""


@dataclass(frozen=True, slots=True)
class AuditFinding:
    """One workflow that differed, and whether it is well again."""

    stream: str
    fault: AuditFault
    mended: bool

    @property
    def journey(self) -> UUID | None:
        """The journey; None for a workflow that somebody started under a name of their own."""
        try:
            return journey_id(self.stream)
        except ValueError:
            return None

    @property
    def code(self) -> str | None:
        """What people call the stream, a mission or a call as well as a journey; None for a name of nobody's."""
        try:
            return stream_code(kind_of(self.stream).name, id_of(self.stream))
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class Audit:
    """One audit. `seconds` is how long it took; `journeys` need a workflow, `workflows` ran when it began."""

    audit: UUID
    seconds: float
    journeys: int
    workflows: int
    findings: tuple[AuditFinding, ...] = ()

    @property
    def mended(self) -> tuple[AuditFinding, ...]:
        """What is well again."""
        return tuple(f for f in self.findings if f.mended)

    @property
    def unmended(self) -> tuple[AuditFinding, ...]:
        """What an audit could not heal: somebody has to look."""
        return tuple(f for f in self.findings if not f.mended)


@dataclass(frozen=True, slots=True)
class LastAudit:
    """The newest audit, when it ended in real time, and its age by the database's clock."""

    audit: Audit
    finished_at: datetime
    age: timedelta

    @property
    def is_overdue(self) -> bool:
        """Whether the next one should long have been."""
        return self.age > OVERDUE


def last_audit(reader: Reader) -> LastAudit | None:
    """The newest audit; None before the first. Raises `Unavailable`."""
    rows = reader.rows("projections", "audit_last")
    if not rows:
        return None
    audit, finished_at, age, seconds, journeys, workflows = rows[0]
    findings = reader.rows("projections", "audit_findings", {"audit": audit})
    return LastAudit(
        Audit(audit, seconds, journeys, workflows, tuple([_finding(*row) for row in findings])),
        finished_at,
        timedelta(seconds=max(age, 0.0)),
    )


def mended_lately(reader: Reader, within: timedelta = MENDED_SHOWN) -> tuple[AuditFinding, ...]:
    """What was healed, newest first, each journey once for each fault. Raises `Unavailable`."""
    rows = reader.rows("projections", "audit_mended", {"seconds": within.total_seconds()})
    return tuple([_finding(*row) for row in rows])


def counts(reader: Reader, within: timedelta = MENDED_SHOWN) -> Mapping[tuple[AuditFault, bool], int]:
    """How many findings of each fault there were, by whether they were mended. Raises `Unavailable`."""
    rows = reader.rows("projections", "audit_counts", {"seconds": within.total_seconds()})
    return {(AuditFault(fault), mended): count for fault, mended, count in rows}


def _finding(stream: str, fault: str, mended: bool) -> AuditFinding:
    return AuditFinding(stream, AuditFault(fault), mended)
