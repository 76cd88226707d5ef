"""The commands of hearings. `hearing` is its number; `seen` is the version of the part that the form showed."""

from __future__ import annotations

from uuid import UUID

from domain.command import Command
from domain.journey.hearing.codes import (
    ArrangementStatus,
    Attendance,
    DebriefOutcome,
    HearingOutcome,
    HearingReason,
    TaskStatus,
)
from domain.journey.timing import Day, Instant
from domain.sealed import Legal, Notes, Sealed
from domain.values import Code, Count, Zone


class SummonHearing(Command, kind="summon-hearing"):
    """Enters a summons. `zone` is that of the venue, else the office's; `venue` is a court's or provider's id.

    A date that has passed is taken only with an earlier `occurred_at`: the summons came then and is entered late.
    """

    hearing_kind: Code
    starts_at: Instant
    zone: Zone | None = None
    venue: UUID | None = None
    place: Sealed[Legal] | None = None
    proceeding: UUID | None = None
    served_on: Day | None = None
    note: Sealed[Notes] | None = None
    occurred_at: Instant | None = None


class ConfirmHearing(Command, kind="confirm-hearing"):
    """Records that the hearing will take place."""

    hearing: Count
    seen: Count | None = None
    note: Sealed[Notes] | None = None


class MoveHearing(Command, kind="move-hearing"):
    """Sets another date, hour or venue, or the date that was waited for. What is left out stays as it was."""

    hearing: Count
    seen: Count | None = None
    starts_at: Instant | None = None
    reason: HearingReason
    zone: Zone | None = None
    venue: UUID | None = None
    place: Sealed[Legal] | None = None
    note: Sealed[Notes] | None = None


class PostponeHearing(Command, kind="postpone-hearing"):
    """Records that the date was not kept. Without `starts_at` the next one is to be got."""

    hearing: Count
    seen: Count | None = None
    reason: HearingReason
    starts_at: Instant | None = None
    zone: Zone | None = None
    venue: UUID | None = None
    place: Sealed[Legal] | None = None
    note: Sealed[Notes] | None = None
    occurred_at: Instant | None = None


class InterruptHearing(Command, kind="interrupt-hearing"):
    """Records that it was begun and goes on later: at `starts_at`, or on a date still to be got."""

    hearing: Count
    seen: Count | None = None
    reason: HearingReason
    starts_at: Instant | None = None
    zone: Zone | None = None
    venue: UUID | None = None
    place: Sealed[Legal] | None = None
    note: Sealed[Notes] | None = None
    occurred_at: Instant | None = None


class HoldHearing(Command, kind="hold-hearing"):
    """Records that it took place; the talk after it is owed from `occurred_at`, its end."""

    hearing: Count
    seen: Count | None = None
    outcome: HearingOutcome
    attendance: Attendance | None = None
    note: Sealed[Notes] | None = None
    occurred_at: Instant | None = None


class MissHearing(Command, kind="miss-hearing"):
    """Records that it was not held and that no other date of it will come."""

    hearing: Count
    seen: Count | None = None
    reason: HearingReason
    note: Sealed[Notes] | None = None
    occurred_at: Instant | None = None


class CancelHearing(Command, kind="cancel-hearing"):
    """Records that it was called off."""

    hearing: Count
    seen: Count | None = None
    reason: HearingReason
    note: Sealed[Notes] | None = None
    occurred_at: Instant | None = None


class CorrectHearing(Command, kind="correct-hearing"):
    """Says that `corrects`, the version of the last thing said of a hearing, or of its summons, was a mistake.

    The last thing said: what stood before stands again. The summons: the fields given here replace what it said.
    """

    hearing: Count
    corrects: Count
    hearing_kind: Code | None = None
    proceeding: UUID | None = None
    served_on: Day | None = None
    note: Sealed[Notes] | None = None


class ArrangeHearing(Command, kind="arrange-hearing"):
    """Answers a line of the checklist; one that it does not have is added. `by`: who sees to it."""

    hearing: Count
    arrangement: Code
    status: ArrangementStatus
    seen: Count | None = None
    by: UUID | None = None
    note: Sealed[Notes] | None = None


class AcknowledgeHearing(Command, kind="acknowledge-hearing"):
    """ "I have seen it": the date from which nobody may stay away. `seen` is the version of the hearing on the form."""

    hearing: Count
    seen: Count | None = None
    note: Sealed[Notes] | None = None


class PlanHearing(Command, kind="plan-hearing"):
    """Starts a plan of the pathway, counted back from the date of the hearing."""

    hearing: Count
    plan: Code
    seen: Count | None = None
    note: Sealed[Notes] | None = None


class SettleHearingTask(Command, kind="settle-hearing-task"):
    """Says that a task of the plan is done or not needed, or open again."""

    hearing: Count
    task: Code
    status: TaskStatus
    seen: Count | None = None
    note: Sealed[Notes] | None = None


class DebriefHearing(Command, kind="debrief-hearing"):
    """Records the talk after a sitting: the latest one that is owed, unless `debrief` names it."""

    hearing: Count
    outcome: DebriefOutcome = DebriefOutcome.DONE
    debrief: Count | None = None
    seen: Count | None = None
    note: Sealed[Notes] | None = None
    occurred_at: Instant | None = None
