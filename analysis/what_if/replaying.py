"""A recorded history by a set of rules: what people did stands, what the clock does is decided anew.

The ladders of steps and reviews are fired by the decider that fires them in earnest, each rung at its own instant. So
the course does not depend on how late a worker was, and no date is found by code that decides nothing in earnest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from uuid import UUID

from analysis.what_if.course import Course, Escalation, Part, StallSpan
from analysis.what_if.dates import Way, dated, same_ladder, way_of
from analysis.what_if.decisions import TIMED, Decided, Fact, decisions
from analysis.what_if.rules import Change, PathwayOf
from domain.codes import SYSTEM_ACTOR, Phase, RungEffect
from domain.copying import replace
from domain.errors import DefinitionError
from domain.event import Event, Recorded
from domain.journey import Journey, evolve, obligations
from domain.journey.deciding import DECIDERS, Surroundings
from domain.journey.migration.dating import kept_again
from domain.journey.migration.events import JourneyMigrated
from domain.journey.review import ReviewScheduled, keep_alive
from domain.journey.stalling import StepStalled
from domain.journey.state import StepStatus
from domain.journey.steps import StepOpened
from domain.pathway.model import Pathway, Pin
from domain.refusal import Refused
from domain.stream.firing import FireRung, RungsFired
from domain.stream.obligation import wakes_of

_MOST = 10_000  # rungs between two decisions: more is a ladder without end
_UNNAMED = UUID(int=0)


class History:
    """A journey's decisions, with the way in which each date was found. Raises `EventUnreadable`, `PathwayMissing`."""

    def __init__(self, recorded: Iterable[Recorded[Event]], pathway_of: PathwayOf) -> None:
        self.pathway_of = pathway_of
        self.decisions: Sequence[Decided] = tuple(decisions(recorded))
        self.ways: dict[int, Way] = {}
        self.reviews: set[int] = set()
        """The versions of reviews that only kept the journey alive: other rules may need none, or another."""
        self.migrations: set[int] = set()
        """The versions of migrations whose dates the rules of the new version explain."""
        self.unexplained = 0
        for decided in self.decisions:
            for fact in decided.facts:
                self._explain(fact, decided)

    def _explain(self, fact: Fact, decided: Decided) -> None:
        if isinstance(fact.event, ReviewScheduled) and self._keeps_alive(fact, fact.event):
            self.reviews.add(fact.recorded.version)
        if isinstance(fact.event, JourneyMigrated) and fact.before is not None:
            pathway, at = self.pathway_of(fact.event.pin), fact.recorded.recorded_at
            if kept_again(fact.before, fact.event, pathway, at) == fact.event.kept:
                self.migrations.add(fact.recorded.version)
            else:
                self.unexplained += 1
        if fact.before is None or dated(fact.event) is None:
            return
        way = way_of(fact, decided, self.pathway_of(fact.before.pin))
        if way is None:
            self.unexplained += 1
        else:
            self.ways[fact.recorded.version] = way

    def _keeps_alive(self, fact: Fact, event: ReviewScheduled) -> bool:
        if fact.before is None:
            return False
        surroundings = Surroundings(self.pathway_of(fact.before.pin), fact.recorded.recorded_at)
        return any(same_ladder(review.deadline, event.deadline) for review in _kept_alive(fact.before, surroundings))


def _kept_alive(journey: Journey, surroundings: Surroundings) -> Iterator[ReviewScheduled]:
    return (event for event in keep_alive(journey, surroundings) if isinstance(event, ReviewScheduled))


def course_of(history: History, change: Change, until: datetime) -> Course:
    """What the ladders say by the changed rules, up to and with `until`."""
    run = _Run(history, change)
    for decided in history.decisions:
        if decided.is_of_the_clock:
            run.fire(decided.at, inclusive=True)
        else:
            run.fire(decided.at, inclusive=False)
        run.take(decided)
    run.fire(until, inclusive=True)
    return run.course()


def rungs_of(event: RungsFired) -> set[tuple[str, int, str]]:
    """The rungs by obligation, version of its date, and name."""
    return {(event.obligation, event.date_version, rung) for rung in event.rungs}


class _Run:
    """`journey` is as it would be; what stalls at the moment is in `_open`."""

    def __init__(self, history: History, change: Change) -> None:
        self._history = history
        self._change = change
        self._journey: Journey | None = None
        self._clock = datetime.min.replace(tzinfo=UTC)
        self._pathways: dict[Pin, Pathway] = {}
        self._open: dict[str, StallSpan] = {}
        self._stalls: list[StallSpan] = []
        self._escalations: list[Escalation] = []
        self._fired: set[tuple[str, int, str]] = set()

    def course(self) -> Course:
        stalls = sorted([*self._stalls, *self._open.values()], key=lambda s: (s.since, s.part))
        return Course(tuple(stalls), tuple(self._escalations), frozenset(self._fired), self._history.unexplained)

    def take(self, decided: Decided) -> None:
        """What people decided, with the dates by these rules."""
        self._clock = decided.at
        for fact in decided.facts:
            event = self._by_these_rules(fact, decided)
            if event is not None:
                self._evolve(fact.recorded._replace(event=event))
        self._stay_alive()

    def _by_these_rules(self, fact: Fact, decided: Decided) -> Event | None:
        event = fact.event
        if fact.recorded.version in self._history.reviews:
            return None
        if decided.is_of_the_clock and isinstance(event, RungsFired | StepStalled):
            return None
        if isinstance(event, JourneyMigrated):
            return self._migrated(event, fact)
        way = self._history.ways.get(fact.recorded.version)
        if way is None or self._journey is None:
            return event
        try:
            deadline = way(self._journey, self._pathway())
        except LookupError:
            return event  # these rules have no such step: that is told as a refusal, and what was done stands
        update: dict[str, object] = {"deadline": deadline}
        if isinstance(event, StepOpened) and (place := self._pathway().find_step(event.step)) is not None:
            step = place[1]
            update |= {
                "role": step.role,
                "waits_on": step.waits_on,
                "stalled_after": step.stalled_after,
                "covered_by": step.covered_by,
            }
        return event.model_copy(update=update)

    def _migrated(self, event: JourneyMigrated, fact: Fact) -> Event:
        """A migration with the dates of its open steps by these rules; as recorded, where the old ones differ."""
        if fact.recorded.version not in self._history.migrations or self._journey is None:
            return event
        pathway = self._change(self._history.pathway_of(event.pin))
        return event.model_copy(update={"kept": kept_again(self._journey, event, pathway, fact.recorded.recorded_at)})

    def fire(self, until: datetime, *, inclusive: bool) -> None:
        """Every rung up to `until`. What is late already is fired as soon as it is known, unless that is `until`."""
        for _ in range(_MOST):
            journey = self._journey
            if journey is None or journey.phase is not Phase.OPEN:
                return
            wake = next(iter(wakes_of(o for o in obligations(journey) if o.kind in TIMED)), None)
            if wake is None:
                return
            at = max(wake.at, self._clock)
            if at > until or (at == until and not inclusive):
                return
            self._clock = at
            command = FireRung(obligation=wake.key, rung=wake.rung, date_version=wake.date_version)
            decision = DECIDERS.of[FireRung](journey, command, Surroundings(self._pathway(), at, SYSTEM_ACTOR))
            if isinstance(decision, Refused) or not decision:
                return
            for event in decision:
                self._evolve(self._now(journey, event))
            self._stay_alive()
        raise DefinitionError("a ladder without end")

    def _stay_alive(self) -> None:
        journey = self._journey
        if journey is not None:
            for event in keep_alive(journey, Surroundings(self._pathway(), self._clock, SYSTEM_ACTOR)):
                self._evolve(self._now(journey, event))

    def _now(self, journey: Journey, event: Event) -> Recorded[Event]:
        return Recorded(journey.stream, journey.version, 0, event, self._clock, SYSTEM_ACTOR, _UNNAMED)

    def _pathway(self) -> Pathway:
        assert self._journey is not None
        pin = self._journey.pin
        if pin not in self._pathways:
            self._pathways[pin] = self._change(self._history.pathway_of(pin))
        return self._pathways[pin]

    def _evolve(self, recorded: Recorded[Event]) -> None:
        before, self._journey = self._journey, evolve(self._journey, recorded)
        event = recorded.event
        if isinstance(event, RungsFired) and event.kind in TIMED and before is not None:
            self._fired |= rungs_of(event)
            self._note_escalations(before, event, recorded.recorded_at)
        self._note_stalls(self._journey, recorded.recorded_at)

    def _note_escalations(self, before: Journey, event: RungsFired, at: datetime) -> None:
        step = before.steps.get(event.obligation)
        timed = step or before.review
        if timed is None or timed.clockwork.date_version != event.date_version:
            return
        part = Part(event.obligation, event.date_version)
        for rung in timed.clockwork.deadline.rungs:
            if rung.rung in event.rungs and rung.effect is RungEffect.ESCALATE:
                turn = 1 + sum(e.part == part and e.to == rung.to for e in self._escalations)
                self._escalations.append(Escalation(part, event.kind, step.step if step else None, rung.to, turn, at))

    def _note_stalls(self, journey: Journey, at: datetime) -> None:
        is_open = journey.phase is Phase.OPEN
        still = {
            step.key: step
            for step in journey.steps.values()
            if is_open and step.stall is not None and step.status is StepStatus.OPEN
        }
        for key in [key for key in self._open if key not in still]:
            self._stalls.append(replace(self._open.pop(key), until=at))
        for key, step in still.items():
            if key not in self._open and step.stall is not None:
                part = Part(key, step.clockwork.date_version)
                self._open[key] = StallSpan(part, step.step, step.stage, step.stall.cause, at)
