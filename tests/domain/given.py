"""`given(events).when(command).then(events)`: the form of every test of a decider (Emmett's decider specification).

    given(opened(), entered("intake")).later(days=1).when(LeaveStage(stage="intake")).then(left("intake"))

Time stands still between events unless it is moved. Expected events are whole events; what follows from the pathway is
part of the answer and so of the expectation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID, uuid5

from domain.codes import Role, StageExit, StepOutcome
from domain.command import Command
from domain.deadline import Deadline, deadline_at, deadline_on, review_deadline, step_deadline, undated_deadline
from domain.event import Event, Recorded
from domain.journey import Journey, decide, evolve, fold
from domain.journey.advancing import AdvanceStep, OpenStep
from domain.journey.assignment import Assigned
from domain.journey.opening import JourneyOpened
from domain.journey.review import ReviewScheduled
from domain.journey.stages import StageEntered, StageLeft
from domain.journey.state import StepState, journey_stream
from domain.journey.steps import StepAdvanced, StepOpened
from domain.pathway.model import Anchor, Pathway, Step
from domain.refusal import RefusalCode, Refused
from domain.sealed import Notes, Sealed
from domain.stream.deciding import Decision
from tests.pathway_examples import small_pathway, small_pin

JOURNEY = UUID("7f3e0000-0000-4000-8000-000000000001")
OTHER = UUID("7f3e0000-0000-4000-8000-000000000002")
THIRD = UUID("7f3e0000-0000-4000-8000-000000000003")
MILA = UUID("00000000-0000-4000-8000-00000000a001")
VERA = UUID("00000000-0000-4000-8000-00000000a002")
MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
"""Ten in the morning in Belgrade, in winter time; no public holiday is near."""
NOTE: Sealed[Notes] = Sealed.from_bytes(bytes(range(64)))


def step_of(key: str, pathway: Pathway) -> Step:
    """The definition of a step that is there."""
    place = pathway.find_step(key)
    assert place is not None
    return place[1]


@dataclass(frozen=True)
class Act:
    """What was done at a moment: a command, or events that are there from the start."""

    at: datetime
    what: Command | tuple[Event, ...]
    actor: UUID = MILA


@dataclass(frozen=True)
class Given:
    """A journey up to now, and how it came to it."""

    history: tuple[Recorded[Event], ...]
    now: datetime
    pathway: Pathway
    stream: str
    who: UUID = MILA
    acts: tuple[Act, ...] = ()

    @cached_property
    def journey(self) -> Journey | None:
        """The state that the history adds up to, folded once: a property test asks for it many times."""
        return fold(self.history)

    @property
    def state(self) -> Journey:
        """The same, where there is one."""
        journey = self.journey
        assert journey is not None
        return journey

    def step(self, key: str) -> StepState:
        """An occurrence of a step: `hearing:1`."""
        return self.state.steps[f"step:{key}"]

    def later(self, **span: float) -> Given:
        """The clock moved on by a `timedelta`."""
        return replace(self, now=self.now + timedelta(**span))

    def at(self, now: datetime) -> Given:
        """The clock set."""
        return replace(self, now=now)

    def by(self, who: UUID) -> Given:
        """From here on this person acts."""
        return replace(self, who=who)

    def on(self, pathway: Pathway) -> Given:
        """The same history under another release of the pathway."""
        return replace(self, pathway=pathway)

    def and_then(self, *events: Event, by: Command | None = None) -> Given:
        """More events, recorded now: those of a command, or just there."""
        command_id = uuid5(JOURNEY, f"{len(self.history)}")
        more = tuple(
            Recorded(self.stream, len(self.history) + n, len(self.history) + n, event, self.now, self.who, command_id)
            for n, event in enumerate(events, start=1)
        )
        act = Act(self.now, by or events, self.who)
        return replace(self, history=(*self.history, *more), acts=(*self.acts, act))

    def having(self, *commands: Command) -> Given:
        """More events, by commands that are taken now."""
        after = self
        for command in commands:
            then = after.when(command)
            assert not isinstance(then.decision, Refused), (command, then.decision)
            after = then.after
        return after

    def when(self, command: Command) -> Then:
        """What is decided now."""
        decision = decide(self.journey, command, self.pathway, self.now, stream=self.stream, actor=self.who)
        return Then(self, command, decision)


@dataclass(frozen=True)
class Then:
    """An answer to be looked at."""

    given: Given
    command: Command
    decision: Decision

    @property
    def events(self) -> tuple[Event, ...]:
        """The events, where it was taken."""
        assert not isinstance(self.decision, Refused), self.decision
        return self.decision

    @property
    def after(self) -> Given:
        """The journey with these events recorded."""
        return self.given.and_then(*self.events, by=self.command)

    def then(self, *events: Event) -> Given:
        """It is taken with exactly these events."""
        assert self.events == events
        assert not events or evolve_all(self.given.journey, self.after.history[-len(events) :]) == self.after.journey
        return self.after

    def then_nothing(self) -> Given:
        """It is true already: no events and no refusal."""
        return self.then()

    def then_refused(self, code: RefusalCode, **fields: Any) -> None:
        """It is refused with this code, and where named with these fields."""
        assert isinstance(self.decision, Refused), self.decision
        assert self.decision.code is code
        for name, value in fields.items():
            assert getattr(self.decision, name) == value, name


def given(*events: Event, now: datetime = MONDAY, pathway: Pathway | None = None, journey: UUID = JOURNEY) -> Given:
    """A journey with these events, all recorded at `now`."""
    return Given((), now, pathway or small_pathway(), journey_stream(journey)).and_then(*events)


def evolve_all(journey: Journey | None, history: Sequence[Recorded[Event]]) -> Journey | None:
    """One event after another, as a projection does it."""
    for recorded in history:
        journey = evolve(journey, recorded)
    return journey


def opened() -> JourneyOpened:
    """A journey on the small pathway."""
    return JourneyOpened(pin=small_pin())


def assigned(role: Role = Role.CASEWORKER, staff: UUID = MILA) -> Assigned:
    """Mila is the caseworker."""
    return Assigned(role=role, staff=staff)


def entered(stage: str) -> StageEntered:
    """The stage by itself."""
    return StageEntered(stage=stage)


def left(stage: str, how: StageExit = StageExit.COMPLETED) -> StageLeft:
    """The stage by itself."""
    return StageLeft(stage=stage, exit=how)


def dated(key: str, *, now: datetime, at: datetime | None = None, on: Any = None) -> Deadline:
    """The deadline that the small pathway gives a step now: at an appointment, on a day, or by its own rule."""
    pathway = small_pathway()
    step = step_of(key, pathway)
    if at is not None:
        return deadline_at(step, pathway, now=now, due_at=at)
    if on is not None:
        return deadline_on(step, pathway, now=now, due_on=on)
    if step.due.after is Anchor.APPOINTMENT:
        return undated_deadline(step, pathway, now=now)
    return step_deadline(step, pathway, now=now, anchor=now)


def step_opened(
    key: str, occurrence: int = 1, *, now: datetime = MONDAY, deadline: Deadline | None = None
) -> StepOpened:
    """A step of the small pathway, as it opens."""
    pathway = small_pathway()
    place = pathway.find_step(key)
    assert place is not None
    stage, step = place
    return StepOpened(
        stage=stage.stage,
        step=key,
        occurrence=occurrence,
        role=step.role,
        waits_on=step.waits_on,
        stalled_after=step.stalled_after,
        deadline=deadline or dated(key, now=now),
    )


def advanced(key: str, outcome: StepOutcome = StepOutcome.DONE, occurrence: int = 1, **fields: Any) -> StepAdvanced:
    """How it went."""
    return StepAdvanced(step=key, occurrence=occurrence, outcome=outcome, **fields)


def review_scheduled(*, now: datetime) -> ReviewScheduled:
    """What the engine adds to keep a journey alive."""
    pathway = small_pathway()
    return ReviewScheduled(role=pathway.review.role, deadline=review_deadline(pathway, now=now))


def begun() -> Given:
    """A journey with Mila as caseworker, in intake, with its first step open."""
    return given(opened(), assigned(), entered("intake"), step_opened("contact"))


def planned() -> Given:
    """The same an hour later, with the contact agreed and the plan open."""
    later = begun().later(hours=1)
    return later.and_then(advanced("contact"), step_opened("plan", now=later.now))


def supported() -> Given:
    """The same, with the plan done: the support stage is entered."""
    later = planned().later(hours=1)
    return later.having(AdvanceStep(step="plan", outcome=StepOutcome.DONE))


def with_hearing(days: int = 60) -> Given:
    """A planned journey with a hearing in so many days, at half past ten."""
    before = planned()
    return before.having(OpenStep(step="hearing", appointment=before.now + timedelta(days=days)))


def kinds(events: Sequence[Event]) -> list[str]:
    """The topics, short: `step-advanced`."""
    return [event.topic.removeprefix("journey.") for event in events]
