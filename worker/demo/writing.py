"""Writes a plan: each action through the same door as in earnest, at its instant by the log's clock."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from uuid import uuid5

from domain.codes import SYSTEM_ACTOR
from domain.command import to_wire
from domain.errors import PutokazError
from domain.message import message_stream
from domain.sealed import Compartment, Sealed
from eventlog.bodies import recorded
from eventlog.decision import Decision
from worker.demo.plan import Action, Delivered, Fired, Relayed, Told
from worker.parts import Parts
from workflows.messages import Agenda, Firing, Order, Relay, Wake

STANDING = 1e-9
"""Log seconds a second while the caseload is written: the clock stands, since it may not be set to nothing."""

UNSEALED: Sealed[Any] = Sealed.from_bytes(bytes(60))
"""Stands in a plan where a command cannot be without its text; the text takes its place when it is written."""

_COMPARTMENTS = {"identity": Compartment.IDENTITY}
"""Of the fields that hold something else than notes."""
_PROGRESS_EVERY = 50


class PlanDiverged(PutokazError):
    """The log decided otherwise than the plan: it holds journeys of another release's caseload."""


class Writer:
    """Writes actions in their order; those of instants before the log's last event are there already."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._receipts: list[Decision] = []

    def write(self, actions: Sequence[Action], progress: Callable[[int, int], None]) -> None:
        """Raises `PlanDiverged` and `Unavailable`; may then be repeated."""
        written = self._last_event()
        clock: datetime | None = None
        for number, action in enumerate(actions):
            if number % _PROGRESS_EVERY == 0:
                progress(number, len(actions))
            if written is not None and action.at < written:
                continue
            if action.at != clock:
                self._file_receipts()
                self._parts.log.set_clock(action.at, STANDING)
                clock = action.at
            self._do(action)
        self._file_receipts()
        progress(len(actions), len(actions))

    def _last_event(self) -> datetime | None:
        head = self._parts.log.head()
        return recorded(self._parts.log.page(head - 1, 1)[0]).recorded_at if head else None

    def _do(self, action: Action) -> None:
        match action.what:
            case Told() as told:
                self._check(action, self._parts.recorder.record(self._order(action, told)).agenda)
            case Fired(wake=wake):
                firing = Firing(
                    stream=action.stream,
                    wake=Wake(key=wake.key, rung=wake.rung, at=wake.at, date_version=wake.date_version),
                )
                self._check(action, self._parts.recorder.fire(firing).agenda)
            case Relayed(dispatch=dispatch):
                self._parts.recorder.relay(Relay(stream=action.stream, dispatch=dispatch))
            case Delivered(message=message, receipt=receipt):
                self._receipts.append(
                    Decision(
                        stream=message_stream(message),
                        expected_version=0,
                        command_id=uuid5(message, "receipt"),
                        actor=SYSTEM_ACTOR,
                        events=(receipt,),
                    )
                )

    def _file_receipts(self) -> None:
        """Those of an instant at once: each is a stream of its own, and there are as many as everything else."""
        if self._receipts:
            self._parts.log.append_many(self._receipts)
            self._receipts.clear()

    def _order(self, action: Action, told: Told) -> Order:
        command = told.command
        if told.note is not None:
            sealed = self._parts.sealer.seal(
                told.note,
                stream=action.stream,
                compartment=_COMPARTMENTS.get(told.field, Compartment.NOTES),
                field=told.field,
                command_id=told.command_id,
            )
            command = command.model_copy(update={told.field: sealed})
        return Order(stream=action.stream, command_id=told.command_id, actor=told.actor, command=to_wire(command))

    @staticmethod
    def _check(action: Action, agenda: Agenda) -> None:
        """The workflow's agenda must be what the plan foresaw; a repeated command may find the stream further on."""
        if agenda.version > action.version:
            return
        wake = agenda.wake and (agenda.wake.key, agenda.wake.rung, agenda.wake.at, agenda.wake.date_version)
        foreseen = action.wake and (action.wake.key, action.wake.rung, action.wake.at, action.wake.date_version)
        if agenda.version != action.version or wake != foreseen:
            raise PlanDiverged(f"{action.stream} at {action.at}: {wake} at version {agenda.version}, not {foreseen}")
