"""Deciders of formal status. A decision of the state can be learned at any time, so also of a closed journey."""

from __future__ import annotations

from datetime import date, datetime

from domain.calendar import at_local, local_date
from domain.codes import Phase
from domain.journey.deciding import Decision, Surroundings, decides
from domain.journey.state import Journey
from domain.journey.status.chain import broken
from domain.journey.status.events import (
    CorrectFormalStatus,
    FormalStatusCorrected,
    FormalStatusDecided,
    RecordFormalStatus,
)
from domain.journey.status.state import STATUS, StatusDecision
from domain.refusal import RefusalCode, Refused
from domain.values import Count


@decides(RecordFormalStatus, in_every_phase=True)
def _record(journey: Journey, command: RecordFormalStatus, surroundings: Surroundings) -> Decision:
    if refused := _unready(journey, command.seen, surroundings):
        return refused
    today = local_date(surroundings.now, surroundings.pathway.zone)
    decision = StatusDecision(
        version=journey.version + 1,
        status=command.status,
        decider=command.decider,
        decided_on=command.decided_on,
        learned_on=command.learned_on or max(today, command.decided_on),
        document=command.document,
    )
    if refused := _faulty(decision, surroundings):
        return refused
    if refused := broken(STATUS, (*journey.formal_status.decisions, decision)):
        return refused
    return (
        FormalStatusDecided(
            status=decision.status,
            decider=decision.decider,
            decided_on=decision.decided_on,
            learned_on=decision.learned_on,
            document=decision.document,
            note=command.note,
            occurred_at=_happened(journey, decision.decided_on, surroundings),
        ),
    )


@decides(CorrectFormalStatus, in_every_phase=True)
def _correct(journey: Journey, command: CorrectFormalStatus, surroundings: Surroundings) -> Decision:
    if refused := _unready(journey, command.seen, surroundings):
        return refused
    mistake = next((d for d in journey.formal_status.decisions if d.version == command.corrects), None)
    if mistake is None:
        return Refused(
            code=RefusalCode.NOTHING_TO_CORRECT, part=STATUS, part_version=journey.formal_status.version or None
        )
    if command.status is None:
        return _withdrawn(journey, command, mistake)
    right = StatusDecision(
        version=journey.version + 1,
        status=command.status,
        decider=command.decider or mistake.decider,
        decided_on=command.decided_on or mistake.decided_on,
        learned_on=command.learned_on or mistake.learned_on,
        document=command.document or mistake.document,
    )
    if refused := _faulty(right, surroundings):
        return refused
    if refused := broken(STATUS, tuple(right if d is mistake else d for d in journey.formal_status.decisions)):
        return refused
    return (
        FormalStatusCorrected(
            corrects=mistake.version,
            status=right.status,
            decider=right.decider,
            decided_on=right.decided_on,
            learned_on=right.learned_on,
            document=right.document,
            note=command.note,
            occurred_at=_happened(journey, right.decided_on, surroundings),
        ),
    )


def _withdrawn(journey: Journey, command: CorrectFormalStatus, mistake: StatusDecision) -> Decision:
    if refused := broken(STATUS, tuple(d for d in journey.formal_status.decisions if d is not mistake)):
        return refused
    return (FormalStatusCorrected(corrects=mistake.version, note=command.note),)


def _unready(journey: Journey, seen: Count | None, surroundings: Surroundings) -> Refused | None:
    """Why nothing about formal status can be recorded here and now."""
    if journey.phase is Phase.MERGED:
        return Refused(code=RefusalCode.JOURNEY_MERGED, other=journey.merged_into)
    if surroundings.pathway.formal_status is None:
        return Refused(code=RefusalCode.NOT_IN_PATHWAY, part=STATUS)
    if seen is not None and seen != journey.formal_status.version:
        return Refused(code=RefusalCode.PART_CHANGED, part=STATUS, part_version=journey.formal_status.version)
    return None


def _faulty(decision: StatusDecision, surroundings: Surroundings) -> Refused | None:
    rules = surroundings.pathway.formal_status
    competent = {d.decider for d in rules.competent(decision.status)} if rules else set()
    if decision.decider not in competent:
        return Refused(code=RefusalCode.DECIDER_NOT_COMPETENT, part=STATUS, allowed=tuple(sorted(competent)))
    today = local_date(surroundings.now, surroundings.pathway.zone)
    if decision.decided_on > today or decision.learned_on > today:
        return Refused(code=RefusalCode.DATE_IN_THE_FUTURE, part=STATUS)
    if decision.learned_on < decision.decided_on:
        return Refused(code=RefusalCode.DATES_OUT_OF_ORDER, part=STATUS)
    return None


def _happened(journey: Journey, decided_on: date, surroundings: Surroundings) -> datetime | None:
    """When it was so in the world: from the end of the office day on which it was decided, yet within the journey.

    None where that is not before now: it is taken to be so from the moment of recording.
    """
    pathway = surroundings.pathway
    ended = at_local(decided_on, pathway.day.ends, pathway.zone)
    happened = max(ended, journey.opened_at)
    return happened if happened < surroundings.now else None
