"""A desk for tests: it decides and records by the real recorder at once, as the pages do while Temporal is away.

`down` makes it unreachable; `lose` lets it record and then lose the answer, as a broken connection would.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from activities.pathway_files import PathwayStore
from activities.pathway_reading import read_pathway
from activities.recording import Recorder
from domain.codes import NOBODY, StreamName
from domain.command import Command, to_wire
from domain.errors import PathwayInvalid, Unavailable
from domain.event import Event, Recorded
from domain.journey.foresight import foresee
from domain.mission.rides import Ride, rides
from domain.mission.state import Mission, mission_stream
from domain.pathway.model import Pathway, Pin
from domain.refusal import Refused
from domain.sealed import Compartment, Sealed
from eventlog.log import EventLog
from eventlog.sealing import Sealer
from staff.ports import Foreseen, Outcome, Person
from vault.staff import StaffDirectory
from worker.providers import provider_name
from workflows.messages import Order


class DirectDesk:
    """`submitted` are the ids of every command that was given, also of those given twice."""

    def __init__(
        self, log: EventLog, recorder: Recorder, pathways: PathwayStore, sealer: Sealer, directory: StaffDirectory
    ) -> None:
        self._log = log
        self._recorder = recorder
        self._pathways = pathways
        self._sealer = sealer
        self._directory = directory
        self.down = False
        self.lose = False
        self.submitted: list[UUID] = []

    async def submit(
        self, stream: UUID, command: Command, *, command_id: UUID, actor: UUID, kind: StreamName = StreamName.JOURNEY
    ) -> Outcome:
        if self.down:
            raise Unavailable("the test has put it down")
        self.submitted.append(command_id)
        outcome = await asyncio.to_thread(self.record, stream, command, command_id, actor, kind)
        if self.lose:
            raise Unavailable("the answer was lost")
        return outcome

    def record(
        self, stream: UUID, command: Command, command_id: UUID, actor: UUID, kind: StreamName = StreamName.JOURNEY
    ) -> Outcome:
        """The same for a test that runs without a loop, or within one."""
        order = Order(stream=kind.stream(stream), command_id=command_id, actor=actor, command=to_wire(command))
        answer = self._recorder.record(order).answer
        return Outcome(
            kind=answer.kind,
            version=answer.version,
            position=answer.position,
            refusal=Refused.model_validate_json(answer.refusal) if answer.refusal else None,
        )

    async def preview(
        self, stream: UUID, command: Command, *, actor: UUID = NOBODY, kind: StreamName = StreamName.JOURNEY
    ) -> Foreseen:
        name = kind.stream(stream)
        foresight = await asyncio.to_thread(self._recorder.foresee, name, command, actor)
        before, decision = foresight.journey, foresight.decision
        if isinstance(decision, Refused):
            return Foreseen((), decision, before, before)
        if not decision:
            return Foreseen((), None, before, before)
        if kind is not StreamName.JOURNEY:
            return Foreseen(decision, None, None, None)
        return Foreseen(decision, None, before, foresee(before, decision, foresight.now, stream=name))

    def pathway(self, pin: Pin) -> Pathway:
        return self._pathways.find(pin).pathway

    def published(self, name: str, version: int) -> Pathway:
        return self._pathways.load(name, version).pathway

    def pathways(self) -> Sequence[tuple[Pin, Pathway]]:
        return [(found.pin, found.pathway) for found in map(self._pathways.latest, self._pathways.names())]

    def read_pathway(self, content: bytes) -> Pathway:
        reading = read_pathway(content)
        if reading.pinned is None:
            raise PathwayInvalid("draft", reading.problems)
        return reading.pinned.pathway

    def versions(self) -> Sequence[tuple[Pin, Pathway]]:
        return [(found.pin, found.pathway) for found in self._pathways.all()]

    def seal(
        self,
        stream: UUID,
        compartment: Compartment,
        *,
        field: str,
        command_id: UUID,
        text: str,
        kind: StreamName = StreamName.JOURNEY,
    ) -> str:
        name = kind.stream(stream)
        return self._sealer.seal(text, stream=name, compartment=compartment, field=field, command_id=command_id).text

    def unseal(
        self,
        stream: UUID,
        compartment: Compartment,
        *,
        field: str,
        command_id: UUID,
        sealed: str,
        kind: StreamName = StreamName.JOURNEY,
    ) -> str:
        return self._sealer.unseal(
            Sealed[Any](sealed),
            stream=kind.stream(stream),
            compartment=compartment,
            field=field,
            command_id=command_id,
        )

    def rides(self, mission: UUID, driver: UUID) -> Sequence[Ride]:
        state = self._recorder.state(mission_stream(mission))
        now = self._recorder.now()
        return rides(state, driver=driver, now=now) if isinstance(state, Mission) else ()

    def history(self, stream: str) -> Sequence[Recorded[Event]]:
        return self._log.load(stream).history

    def staff(self) -> Sequence[Person]:
        return [Person(m.id, m.name, m.roles, m.locale) for m in self._directory.all()]

    def provider_name(self, provider: UUID) -> str | None:
        return provider_name(self._log, self._sealer, provider)
