"""The desk behind the pages (`staff.ports.Desk`): commands by the road, previews, pathways, seals, staff."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from activities.pathway_reading import read_pathway
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
from staff.ports import Foreseen, Outcome, Person
from vault.errors import VaultUnavailable
from worker.parts import Parts
from worker.providers import provider_name
from worker.road import Road, Way
from workflows.messages import Order

STAFF_AGE = 30.0
"""Seconds for which the list of staff is believed. While the vault is away, the last one is believed on."""
VAULT_REST = 10.0
"""Seconds for which a vault that was away is not asked for a note again: a page has many, and one wait is enough."""


class StaffDesk:
    """One for each web process; safe for many requests at once."""

    def __init__(self, parts: Parts, road: Road) -> None:
        self._parts = parts
        self._road = road
        self._staff: tuple[Person, ...] = ()
        self._staff_read = float("-inf")
        self._vault_asked_again = float("-inf")

    async def submit(
        self, stream: UUID, command: Command, *, command_id: UUID, actor: UUID, kind: StreamName = StreamName.JOURNEY
    ) -> Outcome:
        """Decides and records, as `Desk.submit` says."""
        order = Order(stream=kind.stream(stream), command_id=command_id, actor=actor, command=to_wire(command))
        arrived = await self._road.take(order)
        answer = arrived.answer
        return Outcome(
            kind=answer.kind,
            version=answer.version,
            position=answer.position,
            refusal=Refused.model_validate_json(answer.refusal) if answer.refusal else None,
            reminders_resume_later=arrived.way is Way.DIRECT,
        )

    async def preview(
        self, stream: UUID, command: Command, *, actor: UUID = NOBODY, kind: StreamName = StreamName.JOURNEY
    ) -> Foreseen:
        """Decides without recording, as `Desk.preview` says."""
        name = kind.stream(stream)
        foresight = await asyncio.to_thread(self._parts.recorder.foresee, name, command, actor)
        if isinstance(foresight.decision, Refused):
            return Foreseen((), foresight.decision, foresight.journey, foresight.journey)
        if not foresight.decision:
            return Foreseen((), None, foresight.journey, foresight.journey)
        if kind is not StreamName.JOURNEY:
            return Foreseen(foresight.decision, None, None, None)
        after = foresee(foresight.journey, foresight.decision, foresight.now, stream=name)
        return Foreseen(foresight.decision, None, foresight.journey, after)

    def pathway(self, pin: Pin) -> Pathway:
        """The pinned pathway. Raises `PathwayMissing`."""
        return self._parts.pathways.find(pin).pathway

    def published(self, name: str, version: int) -> Pathway:
        """A version as it is on this machine. Raises `PathwayMissing`."""
        return self._parts.pathways.load(name, version).pathway

    def pathways(self) -> Sequence[tuple[Pin, Pathway]]:
        """The newest version of each pathway."""
        store = self._parts.pathways
        return [(pinned.pin, pinned.pathway) for pinned in map(store.latest, store.names())]

    def read_pathway(self, content: bytes) -> Pathway:
        """A pathway that is not published. Raises `PathwayInvalid` with a line for each fault."""
        reading = read_pathway(content)
        if reading.pinned is None:
            raise PathwayInvalid("draft", reading.problems)
        return reading.pinned.pathway

    def versions(self) -> Sequence[tuple[Pin, Pathway]]:
        """Every version of each pathway, by name and version."""
        return [(pinned.pin, pinned.pathway) for pinned in self._parts.pathways.all()]

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
        """Seals a text with the journey's key for this compartment."""
        sealed = self._parts.sealer.seal(
            text, stream=kind.stream(stream), compartment=compartment, field=field, command_id=command_id
        )
        return sealed.text

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
        """The text again. Raises `SealBroken`, `KeyDestroyed`, `VaultUnavailable`."""
        if time.monotonic() < self._vault_asked_again:
            raise VaultUnavailable("the vault was away a moment ago")
        try:
            return self._parts.sealer.unseal(
                Sealed[Any](sealed),
                stream=kind.stream(stream),
                compartment=compartment,
                field=field,
                command_id=command_id,
            )
        except VaultUnavailable:
            self._vault_asked_again = time.monotonic() + VAULT_REST
            raise

    def rides(self, mission: UUID, driver: UUID) -> Sequence[Ride]:
        """As `Desk.rides` says, by the log's clock."""
        state = self._parts.recorder.state(mission_stream(mission))
        return rides(state, driver=driver, now=self._parts.recorder.now()) if isinstance(state, Mission) else ()

    def history(self, stream: str) -> Sequence[Recorded[Event]]:
        """As `Desk.history` says."""
        return self._parts.log.load(stream).history

    def staff(self) -> Sequence[Person]:
        """Everyone who works here; read anew every half minute. Raises `VaultUnavailable` before it was ever read."""
        if time.monotonic() - self._staff_read > STAFF_AGE:
            try:
                members = self._parts.directory.all()
            except VaultUnavailable:
                if not self._staff:
                    raise
            else:
                self._staff = tuple(Person(m.id, m.name, m.roles, m.locale) for m in members)
            self._staff_read = time.monotonic()
        return self._staff

    def provider_name(self, provider: UUID) -> str | None:
        """As `Desk.provider_name` says. A page is shown without names while the vault is away."""
        if time.monotonic() < self._vault_asked_again:
            return None
        try:
            return provider_name(self._parts.log, self._parts.sealer, provider)
        except VaultUnavailable:
            self._vault_asked_again = time.monotonic() + VAULT_REST
        except Unavailable:
            pass
        return None
