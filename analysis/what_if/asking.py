"""What was decided, asked once more under changed rules: would the same command have been refused?

Each decision is asked by itself, on the journey as it was then. What came after stands as it was recorded: had the
first answer been no, people would have gone another way, and nobody knows which.

Asked are the commands about stages, steps and closing. What followed of itself (a stage entered, a step opened because
its condition held) is looked at as well: where the changed condition did not hold, it would not have followed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from analysis.what_if.decisions import Decided, Fact
from analysis.what_if.replaying import History
from analysis.what_if.rules import Change
from domain.codes import StageExit
from domain.command import Command
from domain.event import Event
from domain.journey import Journey
from domain.journey.advancing import AdvanceStep, OpenStep, ScheduleStep, blocked
from domain.journey.closing import CloseJourney, JourneyClosed, JourneyReopened
from domain.journey.deciding import DECIDERS, Surroundings
from domain.journey.facts import facts_of
from domain.journey.stages import EnterStage, LeaveStage, StageEntered, StageLeft
from domain.journey.steps import StepAdvanced, StepOpened, StepScheduled
from domain.pathway.condition import unmet
from domain.pathway.model import Pathway
from domain.refusal import RefusalCode, Refused, Unmet


class BlockKind(StrEnum):
    """REFUSED: a person's command would have heard no. NOT_FOLLOWED: what came of itself would not have come."""

    REFUSED = "refused"
    NOT_FOLLOWED = "not-followed"


@dataclass(frozen=True, slots=True)
class Block:
    """Something that was recorded and would not have been. `what` is the command, or the topic of the event."""

    at: datetime
    version: int
    kind: BlockKind
    what: str
    part: str | None
    code: RefusalCode
    unmet: tuple[Unmet, ...] = ()
    allowed: tuple[str, ...] = ()


_No = Refused | None


def blocks_of(history: History, change: Change) -> tuple[Block, ...]:
    """What the changed rules would have kept from happening; nothing where a rule that held already says the same."""
    return tuple(block for decided in history.decisions for block in _blocks(decided, history, change))


def _blocks(decided: Decided, history: History, change: Change) -> Iterator[Block]:
    before = decided.before
    if before is None or decided.is_of_the_clock or isinstance(decided.first, JourneyReopened):
        own: Block | None = None
    else:
        pathway = history.pathway_of(before.pin)
        changed = change(pathway)
        own = _refused(decided, before, pathway, changed) if changed is not pathway else None
    if own is not None:
        yield own
        return
    for fact in decided.facts if before is None else decided.facts[1:]:
        if fact.before is None or isinstance(decided.first, JourneyReopened):
            continue
        pathway = history.pathway_of(fact.before.pin)
        changed = change(pathway)
        if changed is pathway:
            return
        no = _follows(fact, decided, changed)
        if no is not None and _follows(fact, decided, pathway) is None:
            yield _block(fact, BlockKind.NOT_FOLLOWED, fact.event.topic, _part(fact.event), no)


def _refused(decided: Decided, before: Journey, pathway: Pathway, changed: Pathway) -> Block | None:
    command = _command(decided)
    if command is None:
        return None
    decider = DECIDERS.of[type(command)]

    def answer(rules: Pathway) -> _No:
        answered = decider(before, command, Surroundings(rules, decided.at, decided.actor, stream=before.stream))
        return answered if isinstance(answered, Refused) else None

    no = answer(changed)
    if no is None or answer(pathway) is not None:
        return None
    return _block(decided.facts[0], BlockKind.REFUSED, command.kind, _part(decided.first), no)


def _block(fact: Fact, kind: BlockKind, what: str, part: str | None, no: Refused) -> Block:
    recorded = fact.recorded
    return Block(recorded.recorded_at, recorded.version, kind, what, part, no.code, no.unmet, no.allowed)


def _part(event: Event) -> str | None:
    match event:
        case StepOpened() | StepAdvanced() | StepScheduled():
            return event.step
        case StageEntered() | StageLeft():
            return event.stage
    return None


_Asking = Callable[[Decided], Command | None]


def _command(decided: Decided) -> Command | None:
    """The command behind a decision, as far as its events tell it and the pathway may refuse it."""
    match decided.first:
        case StageEntered(stage=stage):
            return EnterStage(stage=stage)
        case StageLeft(stage=stage, exit=StageExit.STOPPED):
            return LeaveStage(stage=stage)
        case StepOpened(step=step):
            return OpenStep(step=step, appointment=_appointment(decided))
        case StepAdvanced() as event:
            deadline = event.deadline
            return AdvanceStep(
                step=event.step,
                outcome=event.outcome,
                reason=event.reason,
                next_at=event.appointment,
                next_on=deadline.due_on if deadline is not None and event.appointment is None else None,
            )
        case StepScheduled() as event:
            on = event.deadline.due_on if event.appointment is None else None
            return ScheduleStep(step=event.step, on=on, appointment=event.appointment)
        case JourneyClosed(reason=reason):
            return CloseJourney(reason=reason)
    return None


def _appointment(decided: Decided) -> datetime | None:
    second = decided.facts[1].event if len(decided.facts) > 1 else None
    return second.appointment if isinstance(second, StepScheduled) else None


def _follows(fact: Fact, decided: Decided, pathway: Pathway) -> _No:
    """Why what followed of itself would not have, by these rules; None where it would."""
    journey, now = fact.before, fact.recorded.recorded_at
    assert journey is not None
    match fact.event:
        case StageEntered(stage=key):
            stage = pathway.find_stage(key)
            if stage is None:
                return Refused(code=RefusalCode.UNKNOWN_STAGE)
            if stage.enter_when is None:
                return Refused(code=RefusalCode.CONDITION_NOT_MET)
            return _unmet(unmet(stage.enter_when, facts_of(journey, pathway, now, key)))
        case StageLeft(stage=key, exit=StageExit.COMPLETED):
            stage = pathway.find_stage(key)
            if stage is None or stage.leave_when is None:
                return Refused(code=RefusalCode.UNKNOWN_STAGE if stage is None else RefusalCode.CONDITION_NOT_MET)
            return _unmet(unmet(stage.leave_when, facts_of(journey, pathway, now, key)))
        case StepOpened(step=key):
            return _opens(fact, key, decided, pathway, journey, now)
    return None


def _opens(fact: Fact, key: str, decided: Decided, pathway: Pathway, journey: Journey, now: datetime) -> _No:
    if pathway.find_step(key) is None:
        return Refused(code=RefusalCode.UNKNOWN_STEP)
    if isinstance(decided.first, StepAdvanced):
        by = pathway.find_step(decided.first.step)
        if by is not None and key in by[1].starts:
            return None
    return _unmet(blocked(journey, key, Surroundings(pathway, now)))


def _unmet(found: tuple[Unmet, ...]) -> _No:
    return Refused(code=RefusalCode.CONDITION_NOT_MET, unmet=found) if found else None
