"""Part: a risk is raised. It is told at once, owed until somebody has assessed it, and may let all services rest."""

from __future__ import annotations

from domain.codes import Mover, Role
from domain.command import Command
from domain.copying import replace
from domain.deadline import Deadline
from domain.event import Event, Recorded
from domain.journey.deciding import Decision, Surroundings, decides
from domain.journey.folding import evolves
from domain.journey.service.codes import Concern, ConcernAnswer, FreezeCause
from domain.journey.service.freezing import pause
from domain.journey.service.state import ConcernState, concern_key
from domain.journey.service.timing import due_from, timed
from domain.journey.state import Journey
from domain.journey.timing import misdated
from domain.pathway.services import Situation
from domain.refusal import RefusalCode, Refused
from domain.sealed import Notes, Sealed
from domain.stream.obligation import Clockwork
from domain.values import Code, Count, Instant


class ConcernRaised(Event, topic="journey.concern-raised"):
    """Somebody saw a risk, in a service or elsewhere; by `deadline` it is to be assessed."""

    number: Count
    concern: Concern
    about: Code | None = None
    role: Role
    deadline: Deadline
    note: Sealed[Notes] | None = None

    @property
    def part(self) -> str:
        return concern_key(self.number)


class ConcernAnswered(Event, topic="journey.concern-answered"):
    """The risk was assessed, and this followed."""

    number: Count
    answer: ConcernAnswer
    note: Sealed[Notes] | None = None

    @property
    def part(self) -> str:
        return concern_key(self.number)


class RaiseConcern(Command, kind="raise-concern"):
    """Raises a risk; `about` names the service in which it showed."""

    concern: Concern
    about: Code | None = None
    note: Sealed[Notes] | None = None
    occurred_at: Instant | None = None


class AnswerConcern(Command, kind="answer-concern"):
    """Says what followed from a risk. `number` left out is the oldest open one."""

    answer: ConcernAnswer
    number: Count | None = None
    seen: Count | None = None
    note: Sealed[Notes] | None = None
    occurred_at: Instant | None = None


@decides(RaiseConcern)
def _raise(journey: Journey, command: RaiseConcern, surroundings: Surroundings) -> Decision:
    services = surroundings.pathway.services
    if services is None:
        return Refused(code=RefusalCode.NO_SERVICES)
    if refused := misdated(journey, command.occurred_at, surroundings):
        return refused
    if command.about is not None and not journey.services.occurrences(command.about):
        return Refused(code=RefusalCode.NO_SUCH_SERVICE)
    rule = services.rule(Situation.CONCERN)
    raised = ConcernRaised(
        number=journey.services.raised + 1,
        concern=command.concern,
        about=command.about,
        role=rule.role or Role.SUPERVISOR,
        deadline=due_from(timed(rule, Mover.US), surroundings.now, surroundings),
        note=command.note,
        occurred_at=command.occurred_at,
    )
    return (raised,)


@decides(AnswerConcern)
def _answer(journey: Journey, command: AnswerConcern, surroundings: Surroundings) -> Decision:
    if refused := misdated(journey, command.occurred_at, surroundings):
        return refused
    every = journey.services.concerns.values()
    concern = next((c for c in every if command.number in (None, c.number)), None)
    if concern is None:
        return Refused(code=RefusalCode.NO_SUCH_CONCERN)
    if command.seen is not None and command.seen != concern.version:
        return Refused(code=RefusalCode.PART_CHANGED, part=concern.key, part_version=concern.version)
    answered = ConcernAnswered(
        number=concern.number, answer=command.answer, note=command.note, occurred_at=command.occurred_at
    )
    paused = command.answer is ConcernAnswer.SERVICES_PAUSED
    return (answered, *(pause(journey, FreezeCause.SAFETY, surroundings) if paused else ()))


@evolves(ConcernRaised)
def _raised(journey: Journey, recorded: Recorded[ConcernRaised]) -> Journey:
    event = recorded.event
    concern = ConcernState(
        key=event.part,
        number=event.number,
        concern=event.concern,
        about=event.about,
        role=event.role,
        raised_at=recorded.occurred_at,
        version=recorded.version,
        clockwork=Clockwork(event.deadline),
    )
    services = journey.services
    concerns = {**services.concerns, event.part: concern}
    return replace(journey, services=replace(services, concerns=concerns, raised=event.number))


@evolves(ConcernAnswered)
def _answered(journey: Journey, recorded: Recorded[ConcernAnswered]) -> Journey:
    open_ones = {key: c for key, c in journey.services.concerns.items() if key != recorded.event.part}
    return replace(journey, services=replace(journey.services, concerns=open_ones))
