"""What a mission owes. Everything owed has one timer, turned in one way; `timed` sets it or moves it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from domain.codes import Mover, ObligationKind, Role
from domain.copying import replace
from domain.deadline import Deadline
from domain.event import Event, Recorded
from domain.mission.register import MISSIONS
from domain.mission.state import OWED, Mission, Timer
from domain.mission.timers import hours, missions_of
from domain.pathway.common import Span, Unit
from domain.pathway.model import Pathway
from domain.stream.debts import Owing, Turn, Winding
from domain.stream.obligation import Clockwork, Obligation, Owner, stall_of

KEYS = {
    ObligationKind.MISSION_DEPARTURE: "departure",
    ObligationKind.MISSION_CHECK_IN: "check-in",
    ObligationKind.MISSION_RETURN: "return",
    ObligationKind.MISSION_ALARM: "alarm",
    ObligationKind.MISSION_REPORT: "report",
}
"""What each thing owed is called within its mission; there is one of each."""
KIND_OF = {key: kind for kind, key in KEYS.items()}
AT_ONCE = Span(count=0, unit=Unit.HOURS)


def timed(mission: Mission, kind: ObligationKind, deadline: Deadline, recorded: Recorded[Event]) -> Mission:
    """The mission with this timer set: another date is another version, also where it was not owed for a while."""
    known = mission.timers.get(kind)
    clockwork = known.clockwork.moved(deadline) if known else Clockwork(deadline)
    timer = Timer(clockwork, recorded.version, recorded.recorded_at)
    return replace(mission, timers={**mission.timers, kind: timer})


def owed_kinds(mission: Mission) -> tuple[ObligationKind, ...]:
    """What is owed now."""
    alarm = (ObligationKind.MISSION_ALARM,) if mission.alarm is not None else ()
    return (*OWED.get(mission.phase, ()), *alarm)


def rings(mission: Mission, kind: ObligationKind) -> bool:
    """Whether somebody has been called about it, and nobody has answered yet."""
    timer = mission.timers.get(kind)
    if timer is None or kind not in owed_kinds(mission):
        return False
    return bool(timer.clockwork.fired or timer.clockwork.extensions)


def _owing(kind: ObligationKind) -> Owing[Mission]:
    def owing(mission: Mission) -> Iterator[Obligation]:
        timer = mission.timers.get(kind)
        if timer is None or kind not in owed_kinds(mission):
            return
        clockwork = timer.clockwork
        yield Obligation(
            KEYS[kind],
            kind,
            clockwork.deadline.due_at,
            Owner(
                Role.MOBILE_TEAM, mission.reporter if kind is ObligationKind.MISSION_REPORT else mission.plan.crew.lead
            ),
            clockwork,
            version=timer.version,
            appointment=mission.plan.departure if kind is ObligationKind.MISSION_DEPARTURE else None,
            stall=stall_of(clockwork, Mover.US, timer.version),
            opened_at=timer.set_at,
            stalled_after=AT_ONCE,
        )

    return owing


def _winding(kind: ObligationKind) -> Winding[Mission]:
    def wind(mission: Mission, _: str, turn: Turn) -> Mission:
        timer = mission.timers.get(kind)
        if timer is None:
            return mission
        return replace(mission, timers={**mission.timers, kind: replace(timer, clockwork=turn(timer.clockwork))})

    return wind


def _again(_: Mission, obligation: Obligation, pathway: Pathway) -> timedelta:
    """Who is called by the minute is called on; who is reminded of paper, once a day."""
    rules = missions_of(pathway)
    match obligation.kind:
        case ObligationKind.MISSION_DEPARTURE:
            return hours(rules.departure.again_after)
        case ObligationKind.MISSION_REPORT:
            return hours(rules.report.again_after)
        case ObligationKind.MISSION_ALARM:
            return rules.alarm.pause
    return rules.silent.pause


for _kind in KEYS:
    MISSIONS.owes(_kind, winding=_winding(_kind), again=_again)(_owing(_kind))
