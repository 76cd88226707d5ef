"""The file of a case as of any moment, for reading only: a slider over its decisions, and two moments side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from analysis.travel.decisions import Decision, decisions_of, reached
from analysis.travel.history import History
from analysis.travel.journeys import JourneyThen, journey_of, read_history
from analysis.travel.moment import Clock, Moment
from domain.codes import SYSTEM_ACTOR, Phase
from domain.event import Event, Recorded
from domain.journey.naming import journey_code
from domain.journey.opening import JourneyOpened
from domain.journey.state import StepStatus, journey_stream
from domain.rights.actions import Action
from domain.rights.parts import hidden_topics
from staff.forms.scene import pin_of
from staff.guard.portion import missing_parts, portion, require_file
from staff.pages.decision_lines import at_event
from staff.pages.moment_asked import MomentAsked, address, moment_asked, other_asked
from staff.pages.replay_compared import Differences, differences
from staff.pages.story import headline, tell
from staff.rendering import page
from staff.titles import Titles
from staff.visit import Here, Visit

router = APIRouter()
AT_ONCE = 50
"""Entries of a timeline that are shown; older ones are reached by going further back."""
_WIDTH = 1000
_INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Mark:
    """A decision on the slider. `number` from 1; `x` its place by date on a strip of 1000; `taken` by the moment."""

    number: int
    at: datetime
    title: str
    href: str
    x: int
    taken: bool


@router.get("/journeys/{journey}/replay")
async def journey_replay(journey: UUID, visit: Here) -> Response:
    """The file as of `?at=…` by `?clock=known|occurred`; `?decision=…` of the slider leads to that of the decision."""
    return await run_in_threadpool(_page, journey, visit)


def _page(journey: UUID, visit: Visit) -> Response:
    stance, stream = visit.stance(journey_stream(journey)), journey_stream(journey)
    require_file(stance, stream)
    history = read_history(visit.parts.reader, journey)
    if not history:
        raise HTTPException(404)
    asked = moment_asked(visit.request.query_params, visit.now)
    hidden = frozenset(hidden_topics(stance))
    here = f"/journeys/{journey}/replay"
    decisions = seen(decisions_of(history, asked.moment.clock), hidden)
    chosen = _chosen(visit.request.query_params.get("decision", ""), decisions)
    if chosen is not None:
        return RedirectResponse(address(here, replace(asked.moment, at=chosen.at)), 303)
    then = journey_of(visit.parts.reader, journey, history, asked.moment)
    found = portion(then.file, stance) if then.file else None
    titles = _titles(then, history, visit)
    marks = _marks(decisions, asked.moment, here, titles, visit)
    last = _last(decisions, asked.moment)
    rows = [row for row in then.timeline if row.topic not in hidden]
    return page(
        visit,
        "replay_journey.html",
        code=journey_code(journey),
        base=f"/journeys/{journey}",
        here=here,
        asked=asked,
        at=asked.moment.at,
        clocks=[(clock, address(here, replace(asked.moment, clock=clock))) for clock in Clock],
        marks=marks,
        number=sum(mark.taken for mark in marks),
        previous=_previous(marks),
        following=next((mark for mark in marks if not mark.taken), None),
        file=found,
        titles=titles,
        header=found and found.header,
        is_open=found is not None and found.header.phase is Phase.OPEN,
        open_steps=[s for s in found.steps if s.status is StepStatus.OPEN] if found else [],
        settled_steps=[s for s in found.steps if s.status is not StepStatus.OPEN] if found else [],
        lines=tell(rows[:AT_ONCE], journey, titles, visit),
        older=max(0, len(rows) - AT_ONCE),
        unplaced=[headline(each.event, titles, visit) for each in then.past.unplaced if _is_seen(each, hidden)],
        reads=frozenset(part.value for part in Action if visit.may(part, stream)),
        missing=[part.value for part in missing_parts(stance)],
        print_href=address(f"/print/{journey}/file.pdf", asked.moment),
        redacted_href=address(f"/print/{journey}/redacted.pdf", asked.moment),
        decided=_changed_by(last, journey, then, hidden, titles, visit) if last and then.file else None,
        decided_by=visit.name(last.actor) if last else None,
        decided_href=at_event(stream, last.version) if last else None,
        compared=_compared(journey, history, then, asked, hidden, titles, visit),
        other=visit.request.query_params.get("other", ""),
    )


def seen(decisions: Sequence[Decision], hidden: frozenset[str]) -> list[Decision]:
    """What people decided, with the events that are theirs to read; none of which nothing is left."""
    kept = [
        replace(each, events=tuple([e for e in each.events if _is_seen(e, hidden)]))
        for each in decisions
        if each.actor != SYSTEM_ACTOR
    ]
    return [each for each in kept if each.events]


def _is_seen(recorded: Recorded[Event], hidden: frozenset[str]) -> bool:
    return recorded.event.topic not in hidden


def _chosen(typed: str, decisions: Sequence[Decision]) -> Decision | None:
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else 0
    return decisions[number - 1] if 0 < number <= len(decisions) else None


def _titles(then: JourneyThen, history: History, visit: Visit) -> Titles:
    """Those of the version that was pinned then; before the beginning, that which it began with."""
    first = history[0].event
    if then.file is not None:
        return Titles(visit.parts.desk.pathway(pin_of(then.file)), visit.words)
    if not isinstance(first, JourneyOpened):
        raise HTTPException(404)
    return Titles(visit.parts.desk.pathway(first.pin), visit.words)


def _marks(decisions: Sequence[Decision], moment: Moment, here: str, titles: Titles, visit: Visit) -> list[Mark]:
    if not decisions:
        return []
    begin, taken = decisions[0].at, reached(decisions, moment)
    whole = max((visit.now - begin).total_seconds(), 1.0)
    return [
        Mark(
            number=number,
            at=each.at,
            title=headline(each.events[0].event, titles, visit),
            href=address(here, replace(moment, at=each.at)),
            x=round(_WIDTH * min((each.at - begin).total_seconds() / whole, 1.0)),
            taken=number <= taken,
        )
        for number, each in enumerate(decisions, 1)
    ]


def _previous(marks: Sequence[Mark]) -> Mark | None:
    """The last decision of an earlier instant than that of the last one taken."""
    taken = [mark for mark in marks if mark.taken]
    return next((mark for mark in reversed(taken) if mark.at < taken[-1].at), None)


def _last(decisions: Sequence[Decision], moment: Moment) -> Decision | None:
    """The last decision that had been taken by a moment."""
    taken = reached(decisions, moment)
    return decisions[taken - 1] if taken else None


def _changed_by(
    last: Decision, journey: UUID, then: JourneyThen, hidden: frozenset[str], titles: Titles, visit: Visit
) -> Differences:
    """The file directly before a decision beside the file directly after it, with what was recorded then."""
    clock, reader = then.past.moment.clock, visit.parts.reader
    before, after = (
        journey_of(reader, journey, then.history, Moment(at, clock)) for at in (last.at - _INSTANT, last.at)
    )
    return differences(before, after, visit.stance(journey_stream(journey)), hidden, titles, visit)


def _compared(
    journey: UUID,
    history: History,
    then: JourneyThen,
    asked: MomentAsked,
    hidden: frozenset[str],
    titles: Titles,
    visit: Visit,
) -> Differences | None:
    """Against the other moment of the address, the earlier of the two first."""
    moment = other_asked(visit.request.query_params, "other", asked.moment.clock, visit.now)
    if moment is None:
        return None
    other = journey_of(visit.parts.reader, journey, history, moment)
    first, second = sorted((then, other), key=lambda each: each.past.moment.at)
    return differences(first, second, visit.stance(journey_stream(journey)), hidden, titles, visit)
