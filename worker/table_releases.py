"""A table released from the command line: counted, protected, recorded; the file is what the log has the sum of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid5

from analysis.disclosure.catalogue import Predefined, table_of
from analysis.disclosure.preparing import Asked, Prepared, prepare
from analysis.disclosure.released import releases_of
from domain.command import to_wire
from domain.errors import PutokazError
from domain.event import Event, Recorded
from domain.refusal import Refused
from domain.release.state import Release, releases_id, releases_stream
from domain.release.values import ReleasePeriod
from projections.reader import Reader
from staff.i18n.words import OFFICE_ZONE
from worker.parts import Parts
from workflows.messages import Order


class ReleaseRefused(PutokazError):
    """It may not leave, or not by them: `refusal` says why, and which release it is about."""

    def __init__(self, refusal: Refused) -> None:
        beside = f", beside {refusal.part} as known at {refusal.until:%Y-%m-%d %H:%M}" if refusal.until else ""
        super().__init__(f"refused: {refusal.code.value}{beside}")
        self.refusal = refusal


class Releasing:
    """Releases tables with the parts of a process. `reader` needs patience: the whole log is read."""

    def __init__(self, parts: Parts, reader: Reader, pathway: str) -> None:
        self._parts = parts
        self._reader = reader
        self._pin = parts.pathways.latest(pathway).pin

    def prepare(self, table: Predefined, period: ReleasePeriod, at: datetime | None = None) -> Prepared:
        """What would leave, as known at a moment, now where none is named. Raises as `analysis` does."""
        asked = Asked(table, period, at or self._parts.log.now())
        store = self._parts.pathways
        return prepare(
            self._reader,
            asked,
            releases_of(table.population, self._history),
            pin=self._pin,
            zone=OFFICE_ZONE,
            published=[each.pathway for each in store.all()],
            pathways=lambda pin: store.find(pin).pathway,
        )

    def release(self, prepared: Prepared, actor: UUID) -> Release:
        """Records it. The same table once more is the release that it was. Raises `ReleaseRefused`, `Unavailable`."""
        command = prepared.command
        stream = releases_stream(command.population)
        text = to_wire(command)
        order = Order(stream=stream, command_id=uuid5(releases_id(command.population), text), actor=actor, command=text)
        answer = self._parts.recorder.record(order).answer
        if answer.refusal:
            raise ReleaseRefused(Refused.model_validate_json(answer.refusal))
        cells = {cell.key: cell.count for cell in command.cells}
        found = releases_of(table_of(command.table).population, self._history)
        return next(
            each
            for each in reversed(found)
            if (each.table, each.period, each.cells) == (command.table, command.period, cells)
        )

    def _history(self, stream: str) -> Sequence[Recorded[Event]]:
        return self._parts.log.load(stream).history
