"""Load, record, fire, relay: from a command to events in the log, and back to an agenda.

`record` is an ordinary function. The workflow's activity calls it, and so does a web process while Temporal is away:
there is one way to decide (design §2).
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from activities.agenda import agenda_of, messages_in
from activities.claiming import busy, moves
from activities.facts import Caseloads, FactFinder
from activities.pathway_files import PathwayStore
from activities.permitting import Rights, not_permitted
from activities.states import StreamStates
from domain.codes import NOBODY, SYSTEM_ACTOR
from domain.command import Command, from_wire, to_wire
from domain.errors import PathwayMissing, ResourceBusy, StreamConflict
from domain.event import Event, Recorded
from domain.journey import Journey
from domain.message import message_stream
from domain.refusal import RefusalCode, Refused
from domain.stream.deciding import Decision
from domain.stream.dispatching import AcknowledgeRelay, acknowledgement_id
from domain.stream.firing import FireRung, firing_id
from domain.streams import StreamState, kind_of
from eventlog.decision import Decision as Entry
from eventlog.decision import Loaded, Outcome
from eventlog.log import EventLog
from workflows.messages import Agenda, Answer, AnswerKind, Firing, Order, Relay, Start
from workflows.messages import Recorded as RecordedMessage

MAX_CONFLICTS = 20
RATE_AGE = 5.0
"""Seconds for which the clock's rate is believed; it changes only when a demonstration clock is set."""
UNDELIVERED_FOR = timedelta(days=60)
"""How far back a beginning run looks for messages without a receipt; older ones were given up long before."""


@dataclass(frozen=True, slots=True)
class _Task:
    stream: str
    command: Command
    command_id: UUID
    actor: UUID
    of_a_person: bool = False
    """Asked whether they may; timers and relays are not."""


@dataclass(frozen=True, slots=True)
class Foresight:
    """What a command would do now, without recording it."""

    state: StreamState | None
    decision: Decision
    now: datetime

    @property
    def journey(self) -> Journey | None:
        """The journey, where the stream is one."""
        return self.state if isinstance(self.state, Journey) else None


class Recorder:
    """Decides on streams of every kind. Safe for many threads. `release` names the code that decided.

    `rights`: what those may who give commands. `states` where somebody else remembers them too.
    Without `caseloads` hand-overs wait.
    """

    def __init__(
        self,
        log: EventLog,
        pathways: PathwayStore,
        release: str,
        *,
        rights: Rights,
        states: StreamStates | None = None,
        caseloads: Caseloads | None = None,
    ) -> None:
        self._log = log
        self._pathways = pathways
        self._release = release
        self._rights = rights
        self._states = states or StreamStates(log)
        self._facts = FactFinder(self._states, caseloads)
        self._rate = 1.0
        self._rate_read = float("-inf")

    def load(self, start: Start) -> Agenda:
        """What a beginning run has to know. Raises `Unavailable`, `EventUnreadable`, `PathwayMissing`."""
        loaded = self._log.load(start.stream)
        state = kind_of(start.stream).fold(loaded.history)
        if state is not None:
            self._states.keep(state)
        asked = messages_in(loaded.history, since=loaded.now - UNDELIVERED_FOR)
        settled = self._log.stream_heads(message_stream(m.message) for m in asked) if asked else {}
        open_messages = [m for m in asked if message_stream(m.message) not in settled]
        return agenda_of(state, now=loaded.now, rate=self._clock_rate(fresh=True), messages=open_messages)

    def record(self, order: Order) -> RecordedMessage:
        """Decides and records one command of a person. The same `command_id` again gets the first answer, also where
        they may not any more.

        Raises `CommandInvalid`, `Unavailable`, `EventUnreadable`, `PathwayMissing`.
        """
        command = from_wire(order.command)
        return self._decide(_Task(order.stream, command, order.command_id, order.actor, of_a_person=True))

    def fire(self, firing: Firing) -> RecordedMessage:
        """A timer has run out. Too early by the log's clock, stale or fired already: nothing is recorded."""
        wake = firing.wake
        command = FireRung(obligation=wake.key, rung=wake.rung, date_version=wake.date_version)
        command_id = firing_id(firing.stream, wake.key, wake.rung, wake.date_version)
        return self._decide(_Task(firing.stream, command, command_id, SYSTEM_ACTOR), record_nothing=False)

    def relay(self, relay: Relay) -> None:
        """Gives another stream the command that this one has for it, and records the answer. Repeatable."""
        state = self._states.current(relay.stream)
        dispatch = state.pending.get(relay.dispatch) if state else None
        if dispatch is None:
            return
        answer = self._decide(_Task(dispatch.stream, dispatch.command, dispatch.id, SYSTEM_ACTOR)).answer
        refused = Refused.model_validate_json(answer.refusal).code if answer.refusal else None
        acknowledge = AcknowledgeRelay(dispatch=dispatch.id, refused=refused)
        self._decide(_Task(relay.stream, acknowledge, acknowledgement_id(dispatch.id), SYSTEM_ACTOR))

    def foresee(self, stream: str, command: Command, actor: UUID = NOBODY) -> Foresight:
        """What `command` of `actor` would do to the stream as it is now; a refusal where they may not."""
        state, loaded = self._states.load(stream)
        task = _Task(stream, command, NOBODY, actor, of_a_person=True)
        return Foresight(state, self._answer(state, task, loaded.now), loaded.now)

    def state(self, stream: str) -> StreamState | None:
        """The stream as it is now. Raises `ValueError` for a stream that is not decided on."""
        return self._states.current(stream)

    def now(self) -> datetime:
        """The log's clock."""
        return self._log.now()

    def journey(self, stream: str) -> Journey | None:
        """The journey as it is now."""
        state = self._states.current(stream)
        return state if isinstance(state, Journey) else None

    def _decide(self, task: _Task, *, record_nothing: bool = True) -> RecordedMessage:
        for _ in range(MAX_CONFLICTS):
            state, loaded = self._states.load(task.stream, task.command_id)
            if loaded.outcome is not None:
                return self._answered(loaded.outcome, state, loaded.now, self._log.load(task.stream).history)
            decision = self._answer(state, task, loaded.now)
            if not decision and not record_nothing:
                return RecordedMessage(
                    answer=Answer(kind=AnswerKind.NOTHING, version=loaded.version),
                    agenda=agenda_of(state, now=loaded.now, rate=self._clock_rate()),
                )
            recorded = self._append(task, loaded, state, decision)
            if recorded is None:
                continue
            entry, outcome = recorded
            if outcome.repeated:
                continue  # another copy of this command was faster: load what it recorded
            if not entry.events:
                return self._answered(outcome, state, loaded.now, ())
            new = outcome.recorded(entry)
            after = kind_of(task.stream).fold(new, state)
            assert after is not None
            self._states.keep(after)
            return self._answered(outcome, after, max(loaded.now, new[-1].recorded_at), new)
        raise StreamConflict(f"{task.stream}: {MAX_CONFLICTS} conflicts in a row")

    def _append(
        self, task: _Task, loaded: Loaded, state: StreamState | None, decision: Decision
    ) -> tuple[Entry, Outcome] | None:
        """What was recorded: the decision, or that somebody it takes is busy. None: load and decide again."""
        entry = self._entry(task, loaded, state, decision)
        try:
            return entry, self._log.append(entry)
        except StreamConflict:
            self._states.forget(task.stream)
            return None
        except ResourceBusy:
            refused = busy(self._log, task.stream, state, entry.events, loaded.now)
        return self._append(task, loaded, state, refused) if refused is not None else None

    def _entry(self, task: _Task, loaded: Loaded, state: StreamState | None, decision: Decision) -> Entry:
        pin = kind_of(task.stream).pin_of(state, task.command)
        events = () if isinstance(decision, Refused) else decision
        taken = moves(task.stream, state, events, loaded.now)
        return Entry(
            stream=task.stream,
            expected_version=loaded.version,
            command_id=task.command_id,
            actor=task.actor,
            events=events,
            refusal=decision if isinstance(decision, Refused) else None,
            claims=taken.claims,
            released=taken.released,
            version_seen=getattr(task.command, "seen", None),
            pathway_sha256=pin.sha256 if pin else None,
            release=self._release,
            asked=to_wire(task.command) if isinstance(decision, Refused) else None,
        )

    def _answer(self, state: StreamState | None, task: _Task, now: datetime) -> Decision:
        if task.of_a_person and (denied := self._denied(state, task)) is not None:
            return denied
        kind = kind_of(task.stream)
        pin = kind.pin_of(state, task.command)
        if pin is None:
            return Refused(code=kind.unknown)
        try:
            pathway = self._pathways.find(pin).pathway
        except PathwayMissing:
            if state is None or pin == state.pin:
                raise
            return Refused(code=RefusalCode.UNKNOWN_PATHWAY)  # the one that the command names, not the one it runs by
        facts = self._facts.find(state, task.command)
        return kind.decide(state, task.command, pathway, now, stream=task.stream, actor=task.actor, facts=facts)

    def _denied(self, state: StreamState | None, task: _Task) -> Refused | None:
        return not_permitted(self._rights, task.actor, task.command, task.stream, begun=state is not None)

    def _answered(
        self, outcome: Outcome, state: StreamState | None, now: datetime, new: tuple[Recorded[Event], ...]
    ) -> RecordedMessage:
        answer = Answer(
            kind=AnswerKind(outcome.kind.value),
            version=outcome.last_version,
            position=outcome.position,
            refusal=outcome.refusal.model_dump_json(exclude_none=True) if outcome.refusal else None,
        )
        command_events = (r for r in new if r.command_id == outcome.command_id)
        agenda = agenda_of(state, now=now, rate=self._clock_rate(), messages=messages_in(command_events))
        return RecordedMessage(answer=answer, agenda=agenda)

    def _clock_rate(self, *, fresh: bool = False) -> float:
        """The rate of the log's clock; asked of the log now and then, since production has only one answer."""
        if fresh or time.monotonic() - self._rate_read > RATE_AGE:
            self._rate = self._log.clock_rate()
            self._rate_read = time.monotonic()
        return self._rate
