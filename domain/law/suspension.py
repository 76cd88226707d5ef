"""Acts that stop the clock of terms for a while. Never a court's recess: no statute makes it one.

The days of a suspension are not counted; the term goes on after them with what was left (ZOO 384 (2) for limitation).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from enum import StrEnum

from pydantic import model_validator

from domain.law.codes import Proceedings
from domain.values import Code, Value

_DAY = timedelta(days=1)


class SuspensionGround(StrEnum):
    """Why the clock stands still."""

    EMERGENCY_DECREE = "emergency-decree"
    PROSECUTION_BARRED = "prosecution-barred"
    """By law prosecution can neither begin nor go on (KZ 104 (2))."""
    CLOSE_RELATION = "close-relation"
    """Spouses, parents and children, ward and guardian (ZOO 381)."""
    INSURMOUNTABLE_OBSTACLE = "insurmountable-obstacle"
    """The creditor could not go to court (ZOO 383)."""


class Suspension(Value):
    """The clock stands still from `starts` to `ends`, both days included; terms of procedure, in `proceedings`."""

    starts: date
    ends: date
    ground: SuspensionGround
    act: Code
    """The act: gazette and number (`sg-38-2020`), or the decision in the case."""
    proceedings: tuple[Proceedings, ...] = (Proceedings.CRIMINAL, Proceedings.CIVIL, Proceedings.ADMINISTRATIVE)
    only: tuple[Code, ...] = ()
    """The rules that the act names; empty: all of those proceedings. One too many here would make an alarm late."""

    @model_validator(mode="after")
    def _it_ends_after_it_starts(self) -> Suspension:
        if self.ends < self.starts:
            raise ValueError("a suspension ends before it starts")
        return self


_DECREE = Suspension(
    starts=date(2020, 3, 20),
    ends=date(2020, 5, 5),
    ground=SuspensionGround.EMERGENCY_DECREE,
    act="sg-38-2020",
    proceedings=(Proceedings.CIVIL,),
)
EMERGENCY_2020 = (
    _DECREE,
    _DECREE.model_copy(
        update={
            "proceedings": (Proceedings.CRIMINAL, Proceedings.ADMINISTRATIVE),
            "only": ("zkp-432-appeal", "zus-18-claim"),
        }
    ),
)
"""Decree on terms in court proceedings during the state of emergency (Sl. glasnik RS 38/2020, ended by 65/2020).

It stopped terms "during the state of emergency proclaimed on 15 March 2020" but came into force on 20 March, and the
state of emergency was lifted by a decision of 6 May: the narrower span is taken, so that a deadline is rather early.
In civil proceedings it named every act; in criminal ones only appeals against final decisions and extraordinary
remedies; of what authorities do only the claim in an administrative dispute.
"""

SUSPENSIONS: tuple[Suspension, ...] = EMERGENCY_2020
"""Every act that stopped terms, by date. Whoever adds one reads it in the gazette; an open term moves only when
somebody asks for it to be counted again."""


def stopping(suspensions: Iterable[Suspension], grounds: Collection[SuspensionGround]) -> tuple[Suspension, ...]:
    """Those of such a ground: what stops a limitation stops no term of procedure, and the reverse."""
    return tuple(suspension for suspension in suspensions if suspension.ground in grounds)


def stretched(start: date, end: date, suspensions: Iterable[Suspension]) -> date:
    """The day on which a term that would run from the day after `start` to `end` ends when suspended days do not count.

    Suspensions may overlap: a day stands still once. One that begins after the term has ended does not matter.
    """
    counted = start
    for suspension in sorted(suspensions, key=lambda s: (s.starts, s.ends)):
        first = max(suspension.starts, counted + _DAY)
        if first > end:
            break
        if suspension.ends >= first:
            end += suspension.ends - first + _DAY
            counted = suspension.ends
    return end


def resumed(start: date, suspensions: Iterable[Suspension]) -> date:
    """The last day on which a term that would begin after `start` stands still before it begins; else `start` itself.

    Suspensions may overlap or follow one another.
    """
    for suspension in sorted(suspensions, key=lambda s: (s.starts, s.ends)):
        if suspension.starts <= start + _DAY <= suspension.ends:
            start = suspension.ends
    return start


def acts(start: date, end: date, suspensions: Iterable[Suspension]) -> tuple[Code, ...]:
    """The acts whose days lie after `start` and up to `end`, each once."""
    touching = (s for s in sorted(suspensions, key=lambda s: (s.starts, s.ends)) if s.ends > start and s.starts <= end)
    return tuple(dict.fromkeys(s.act for s in touching))
