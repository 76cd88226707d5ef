"""Deciders: proceedings are followed, described, moved, linked, ended and taken up again."""

from __future__ import annotations

from collections.abc import Iterable

from domain.journey.deciding import Decision, Surroundings, decides
from domain.journey.proceedings.codes import STAGES, STANDINGS
from domain.journey.proceedings.commands import (
    DescribeProceedings,
    EndProceedings,
    LinkProceedings,
    MoveProceedings,
    ResumeProceedings,
    StartProceedings,
    UnlinkProceedings,
)
from domain.journey.proceedings.events import (
    ProceedingsDescribed,
    ProceedingsEnded,
    ProceedingsLinked,
    ProceedingsMoved,
    ProceedingsResumed,
    ProceedingsStarted,
    ProceedingsUnlinked,
)
from domain.journey.proceedings.finding import find_proceedings, not_of, rules_of
from domain.journey.proceedings.state import ProceedingsState, proceedings_key
from domain.journey.state import Journey
from domain.journey.timing import misdated
from domain.law import Standing
from domain.pathway.hearings import Matter
from domain.refusal import RefusalCode, Refused


@decides(StartProceedings)
def _start(journey: Journey, command: StartProceedings, surroundings: Surroundings) -> Decision:
    rules = rules_of(surroundings)
    if isinstance(rules, Refused):
        return rules
    if refused := _misplaced(command.matter, command.standings) or misdated(journey, command.occurred_at, surroundings):
        return refused
    if command.stage not in STAGES[command.matter]:
        return not_of(command.matter, tuple(sorted(STAGES[command.matter])))
    return (
        ProceedingsStarted(
            proceedings=len(journey.proceedings) + 1,
            matter=command.matter,
            standings=_ordered(command.standings),
            stage=command.stage,
            role=rules.role,
            court=command.court,
            court_name=command.court_name,
            case_number=command.case_number,
            note=command.note,
            occurred_at=command.occurred_at,
        ),
    )


@decides(DescribeProceedings)
def _describe(journey: Journey, command: DescribeProceedings, _: Surroundings) -> Decision:
    state = find_proceedings(journey, command.proceedings, command.seen)
    if isinstance(state, Refused):
        return state
    if command.standings is not None and (refused := _misplaced(state.matter, command.standings)):
        return refused
    said = (command.standings, command.court, command.court_name, command.case_number, command.note)
    if all(value is None for value in said):
        return ()
    return (
        ProceedingsDescribed(
            proceedings=state.number,
            standings=None if command.standings is None else _ordered(command.standings),
            court=command.court,
            court_name=command.court_name,
            case_number=command.case_number,
            note=command.note,
        ),
    )


@decides(MoveProceedings)
def _move(journey: Journey, command: MoveProceedings, surroundings: Surroundings) -> Decision:
    state = find_proceedings(journey, command.proceedings, command.seen)
    if isinstance(state, Refused):
        return state
    if command.stage not in STAGES[state.matter]:
        return not_of(state.matter, tuple(sorted(STAGES[state.matter])), state.number)
    if refused := misdated(journey, command.occurred_at, surroundings):
        return refused
    if command.stage is state.stage:
        return ()
    moved = ProceedingsMoved(
        proceedings=state.number, stage=command.stage, note=command.note, occurred_at=command.occurred_at
    )
    return (moved,)


@decides(EndProceedings)
def _end(journey: Journey, command: EndProceedings, surroundings: Surroundings) -> Decision:
    state = find_proceedings(journey, command.proceedings, command.seen)
    if isinstance(state, Refused):
        return state
    if refused := misdated(journey, command.occurred_at, surroundings):
        return refused
    ended = ProceedingsEnded(
        proceedings=state.number, outcome=command.outcome, note=command.note, occurred_at=command.occurred_at
    )
    return (ended,)


@decides(ResumeProceedings)
def _resume(journey: Journey, command: ResumeProceedings, _: Surroundings) -> Decision:
    state = journey.proceedings.get(command.proceedings)
    if state is None:
        return Refused(code=RefusalCode.UNKNOWN_PROCEEDINGS, part=proceedings_key(command.proceedings))
    if not state.is_over or state.over_version != command.corrects:
        return Refused(code=RefusalCode.NOTHING_TO_CORRECT, part=state.key, part_version=state.version)
    return (ProceedingsResumed(proceedings=state.number, corrects=command.corrects, note=command.note),)


@decides(LinkProceedings)
def _link(journey: Journey, command: LinkProceedings, _: Surroundings) -> Decision:
    pair = _pair(journey, command.proceedings, command.other)
    if isinstance(pair, Refused):
        return pair
    one, other = pair
    if one.matter is other.matter:
        return not_of(Matter.CIVIL if one.matter is Matter.CRIMINAL else Matter.CRIMINAL, number=other.number)
    if other.number in one.linked:
        return Refused(code=RefusalCode.ALREADY_LINKED, part=one.key, part_version=one.version)
    return (ProceedingsLinked(proceedings=one.number, other=other.number),)


@decides(UnlinkProceedings)
def _unlink(journey: Journey, command: UnlinkProceedings, _: Surroundings) -> Decision:
    pair = _pair(journey, command.proceedings, command.other)
    if isinstance(pair, Refused):
        return pair
    one, other = pair
    if other.number not in one.linked:
        return Refused(code=RefusalCode.NOT_LINKED, part=one.key, part_version=one.version)
    return (ProceedingsUnlinked(proceedings=one.number, other=other.number),)


def _pair(journey: Journey, one: int, other: int) -> tuple[ProceedingsState, ProceedingsState] | Refused:
    """Both, over or not: what ended stays tied to what followed from it."""
    for number in (one, other):
        if number not in journey.proceedings:
            return Refused(code=RefusalCode.UNKNOWN_PROCEEDINGS, part=proceedings_key(number))
    return journey.proceedings[one], journey.proceedings[other]


def _misplaced(matter: Matter, standings: Iterable[Standing]) -> Refused | None:
    """A refusal where a client can be no such thing in such proceedings, or would be nothing at all."""
    given, possible = set(standings), STANDINGS.get(matter)
    if possible is None:
        return not_of(matter, tuple(STANDINGS))
    if given and given <= possible:
        return None
    return not_of(matter, tuple(sorted(possible)))


def _ordered(standings: Iterable[Standing]) -> tuple[Standing, ...]:
    return tuple(sorted(set(standings)))
