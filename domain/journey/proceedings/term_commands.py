"""The commands of terms and limitations. `term` is its number; `seen` the version that the form showed."""

from __future__ import annotations

from domain.command import Command
from domain.journey.proceedings.basis import TriggerDay
from domain.journey.proceedings.codes import Interrupted, Limits, TermOverrideReason, WaiverReason
from domain.journey.timing import Day, Instant
from domain.law import Crime, InterruptionGround, SuspensionGround, Trigger
from domain.sealed import Notes, Sealed
from domain.values import Code, Count


class StartTerm(Command, kind="start-term"):
    """Starts a term of the legal calendar: `rule` is its code, `on` the day of service or notice.

    `trigger` says which event fell on that day, where the rule may run from several; `also` are further ones. `frame`
    is the court's time frame in calendar days, where the rule allows a part of it.
    """

    proceedings: Count
    rule: Code
    on: Day
    trigger: Trigger | None = None
    also: tuple[TriggerDay, ...] = ()
    frame: Count | None = None
    note: Sealed[Notes] | None = None
    occurred_at: Instant | None = None


class CorrectTerm(Command, kind="correct-term"):
    """Says that it was counted from the wrong days; `corrects` is the version of the event that counted it.

    The days given here take the place of all that it was counted from.
    """

    term: Count
    corrects: Count
    on: Day
    trigger: Trigger | None = None
    also: tuple[TriggerDay, ...] = ()
    frame: Count | None = None
    note: Sealed[Notes] | None = None


class ConfirmTerm(Command, kind="confirm-term"):
    """A lawyer answers for a day: one of those that the readings end on."""

    term: Count
    on: Day
    seen: Count | None = None
    note: Sealed[Notes] | None = None


class OverrideTerm(Command, kind="override-term"):
    """A lawyer holds another day right."""

    term: Count
    on: Day
    reason: TermOverrideReason
    seen: Count | None = None
    note: Sealed[Notes] | None = None


class MeetTerm(Command, kind="meet-term"):
    """Says that what the term is for was done, at `occurred_at`."""

    term: Count
    seen: Count | None = None
    note: Sealed[Notes] | None = None
    occurred_at: Instant | None = None


class WaiveTerm(Command, kind="waive-term"):
    """Lets it pass, for a reason."""

    term: Count
    reason: WaiverReason
    seen: Count | None = None
    note: Sealed[Notes] | None = None


class MissTerm(Command, kind="miss-term"):
    """Says that it was missed. Where restoration may be asked for, the term for that begins in the same decision.

    `obstacle_ended_on` is the day on which what kept the client from acting ended.
    """

    term: Count
    obstacle_ended_on: Day | None = None
    seen: Count | None = None
    note: Sealed[Notes] | None = None


class RestoreTerm(Command, kind="restore-term"):
    """Says that the court allowed the act after the term had been missed."""

    term: Count
    seen: Count | None = None
    note: Sealed[Notes] | None = None


class ReopenTerm(Command, kind="reopen-term"):
    """Says that it has not ended; `corrects` is the version of the event that said so."""

    term: Count
    corrects: Count
    note: Sealed[Notes] | None = None


class StartLimitation(Command, kind="start-limitation"):
    """Follows a limitation. `crime` is the form of the crime; where it is no such one, `rule` its limitation."""

    limits: Limits
    days: tuple[TriggerDay, ...]
    crime: Crime | None = None
    rule: Code | None = None
    proceedings: Count | None = None
    note: Sealed[Notes] | None = None


class CorrectLimitation(Command, kind="correct-limitation"):
    """Says that its days or its crime were wrong. What interrupted and stopped it is to be entered anew."""

    term: Count
    corrects: Count
    days: tuple[TriggerDay, ...]
    crime: Crime | None = None
    rule: Code | None = None
    note: Sealed[Notes] | None = None


class InterruptLimitation(Command, kind="interrupt-limitation"):
    """Records what made it begin anew. With `ended_on`: the claim or enforcement begun on that day has ended."""

    term: Count
    on: Day
    ground: InterruptionGround
    ended_on: Day | None = None
    interrupts: Interrupted = Interrupted.CLAIM
    seen: Count | None = None
    note: Sealed[Notes] | None = None


class SuspendLimitation(Command, kind="suspend-limitation"):
    """Records that its clock stood still, both days included."""

    term: Count
    starts: Day
    ends: Day
    ground: SuspensionGround
    seen: Count | None = None
    note: Sealed[Notes] | None = None


class RecomputeDeadlines(Command, kind="recompute-deadlines"):
    """Counts every open term again by the calendar and the suspensions of now. See what would move by a preview."""

    note: Sealed[Notes] | None = None
