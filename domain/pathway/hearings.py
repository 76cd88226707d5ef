"""Hearings as data: kinds with their ladders, the checklist of arrangements, traps, plans counted back from the day.

A span *before* a hearing counts local days back from the day of the hearing on the wall calendar where it is held, and
hours from its instant. What the organisation calls things, and how early it begins, stands here and nowhere in code.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import TypeVar

from pydantic import Field

from domain.codes import Role
from domain.pathway.common import EscalateRung, RemindRung, Span, Title, Unit
from domain.values import Article, Code, Value


class Matter(StrEnum):
    """The sort of proceedings: terms are counted differently (ZKP 224, ZPP 103).

    Other: a hearing that may be of any, or of some that a journey does not follow. No proceedings of ours are that.
    """

    CRIMINAL = "criminal"
    CIVIL = "civil"
    OTHER = "other"


class Lasting(StrEnum):
    """Whether a confirmed arrangement outlives the date: an interpreter is booked for a day."""

    ONE_DATE = "one-date"
    HEARING = "hearing"


class Side(StrEnum):
    """On which side of the hearing a task of a plan lies."""

    BEFORE = "before"
    AFTER = "after"


class NamedRung(Value):
    """A reminder with a name: `{rung: pickup, before: {count: 1, unit: calendar-days}}`."""

    rung: Code
    before: Span


class Companion(Value):
    """A second ladder of the same hearing for another role: the preparation meeting, the pick-up."""

    companion: Code
    title: Title
    role: Role
    remind: tuple[NamedRung, ...] = Field(min_length=1)


class NextDate(Value):
    """What is owed while a hearing has no date: to get one, `within` this long."""

    within: Span
    article: Article | None = None
    remind: tuple[RemindRung, ...] = ()
    stalled_after: Span = Span(count=10)
    escalate: tuple[EscalateRung, ...] = ()


class Ladder(Value):
    """The timers of a hearing: reminders of the one who represents, and when an outcome that nobody entered is missed.

    `outcome_within` and `escalate` count from the hearing's instant.
    """

    ladder: Code
    role: Role = Role.LAWYER
    remind: tuple[RemindRung, ...] = Field(min_length=1)
    companions: tuple[Companion, ...] = ()
    outcome_within: Span = Span(count=4, unit=Unit.HOURS)
    stalled_after: Span = Span(count=5)
    escalate: tuple[EscalateRung, ...]
    after_postponement: NextDate
    after_interruption: NextDate


class EarlyRung(Value):
    """So long before the hearing, this role is told where an arrangement is still open."""

    before: Span
    to: Role


class Arrangement(Value):
    """One line of the checklist. Due `before` the hearing, on a working day where `roll`: the last one before."""

    arrangement: Code
    title: Title
    role: Role
    before: Span
    lasts: Lasting = Lasting.ONE_DATE
    roll: bool = True
    remind: tuple[RemindRung, ...] = ()
    escalate: tuple[EarlyRung, ...] = ()


class Trap(Value):
    """An absence that the law takes for giving up. Each date must be acknowledged within so many hours.

    `law`: the traps of the legal calendar that this is; `pathway check` holds its articles and kinds to them.
    """

    trap: Code
    title: Title
    law: tuple[Code, ...] = ()
    articles: tuple[Article, ...] = Field(min_length=1)
    role: Role = Role.LAWYER
    within: Span
    escalate: tuple[EscalateRung, ...]


class HearingKind(Value):
    """A kind of hearing. `arrangements` are the lines of its checklist."""

    hearing: Code
    title: Title
    matter: Matter
    ladder: Code
    arrangements: tuple[Code, ...] = ()
    trap: Code | None = None


class PlanTask(Value):
    """One thing of a plan, so long before or after the hearing; `roll` moves it to a working day, outwards.

    Once the task that this one `follows` is done, it is never put off: who has arrived needs a way home. `covered_by`:
    items of a return that see to the same; while somebody returns for this hearing, those are owed and not the task.
    """

    task: Code
    title: Title
    role: Role
    side: Side = Side.BEFORE
    span: Span
    roll: bool = False
    follows: Code | None = None
    covered_by: tuple[Code, ...] = ()


class HearingPlan(Value):
    """A plan counted back from the hearing, started by a decision: what a witness who comes from abroad needs."""

    plan: Code
    title: Title
    tasks: tuple[PlanTask, ...] = Field(min_length=1)
    remind: tuple[RemindRung, ...] = ()
    escalate: tuple[EscalateRung, ...]


class Debrief(Value):
    """The talk after a hearing, counted from when it ended."""

    role: Role = Role.CASEWORKER
    within: Span = Span(count=48, unit=Unit.HOURS)
    remind: tuple[RemindRung, ...] = ()
    stalled_after: Span = Span(count=5)
    escalate: tuple[EscalateRung, ...]


class Hearings(Value):
    """The section `hearings` of a pathway.

    `checklist_within`: even where a hearing is near, so long there is to go through the checklist before anybody else
    is told.
    """

    kinds: tuple[HearingKind, ...] = Field(min_length=1)
    ladders: tuple[Ladder, ...] = Field(min_length=1)
    arrangements: tuple[Arrangement, ...] = ()
    checklist_within: Span = Span(count=24, unit=Unit.HOURS)
    traps: tuple[Trap, ...] = ()
    plans: tuple[HearingPlan, ...] = ()
    debrief: Debrief

    def find_kind(self, key: str) -> HearingKind | None:
        return _by(key, ((k.hearing, k) for k in self.kinds))

    def find_ladder(self, key: str) -> Ladder | None:
        return _by(key, ((x.ladder, x) for x in self.ladders))

    def find_arrangement(self, key: str) -> Arrangement | None:
        return _by(key, ((a.arrangement, a) for a in self.arrangements))

    def find_trap(self, key: str) -> Trap | None:
        return _by(key, ((t.trap, t) for t in self.traps))

    def find_plan(self, key: str) -> HearingPlan | None:
        return _by(key, ((p.plan, p) for p in self.plans))


T = TypeVar("T")


def _by(key: str, known: Iterable[tuple[str, T]]) -> T | None:
    return next((found for name, found in known if name == key), None)
