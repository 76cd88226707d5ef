"""Rows of the tables that are made of the log: hearings, services, events."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from json.encoder import encode_basestring_ascii
from types import MappingProxyType

from analysis.exports.cells import harmless
from analysis.exports.cut import LogReader
from analysis.exports.pseudonyms import Pseudonyms
from analysis.exports.shapes import UNTOLD, Shape, shape_of
from analysis.exports.things import Naming
from analysis.unfoldable import UNFOLDABLE
from domain.event import Event, Recorded
from domain.export.codes import ExportTable
from domain.journey import Journey, fold
from domain.journey.hearing.state import HearingState

Cell = str | int | Decimal | date | datetime | None
Row = Sequence[Cell]
_IN_UTC = "+00:00"
History = Sequence[Recorded[Event]]


def folded(log: LogReader, history: History) -> Journey | None:
    """A journey, if it can be read; one that cannot is counted as left out."""
    try:
        return fold(history)
    except UNFOLDABLE:
        log.left_out += 1
        return None


def hearings(name: str, journey: Journey, _: Pseudonyms) -> Iterator[Row]:
    """Each hearing of a journey, as it stands."""
    for hearing in journey.hearings.values():
        yield (name, *_hearing(hearing))


def _hearing(hearing: HearingState) -> Row:
    last = hearing.date or (hearing.dates[-1] if hearing.dates else None)
    return (
        hearing.number,
        hearing.kind,
        hearing.matter.value,
        hearing.status.value,
        _instant(last.starts_at) if last else None,
        last.zone if last else None,
        len(hearing.dates),
        hearing.postponements,
        _code(hearing.outcome),
        _code(hearing.attendance),
    )


def services(name: str, journey: Journey, pseudonyms: Pseudonyms) -> Iterator[Row]:
    """Each occurrence of a service, as it stands."""
    for service in journey.services.each.values():
        course = service.course
        yield (
            name,
            service.service,
            service.occurrence,
            service.status.value,
            course.waits_on.value,
            service.role.value,
            _instant(service.needed_at),
            None if course.provider is None else pseudonyms.of(course.provider),
            course.sessions,
            course.held,
            course.missed,
            _code(course.outcome),
            _code(course.end),
            sum((cost.amount for cost in service.costs.values()), Decimal(0)),
        )


OF_JOURNEYS: Mapping[ExportTable, Callable[[str, Journey, Pseudonyms], Iterable[Row]]] = MappingProxyType(
    {ExportTable.HEARINGS: hearings, ExportTable.SERVICES: services}
)
"""The tables of which a journey, once folded, has some rows."""


class EventRows:
    """The table of events. `attributes` is a JSON object of the codes, numbers and dates of the event."""

    def __init__(self, pseudonyms: Pseudonyms) -> None:
        self._naming = Naming(pseudonyms)

    def row(self, recorded: Recorded[Event]) -> Row | None:
        """The row of an event, every cell of which is harmless; None for one that no export has."""
        event = recorded.event
        own = self._naming.own(recorded.stream)
        if own is None or event.topic in UNTOLD:
            return None
        shape = shape_of(type(event))
        parts = shape.part(event)
        known_at = _instant(recorded.recorded_at)
        return (
            recorded.position,
            event.topic,
            own[1].partition("-")[0],
            own[1],
            harmless(parts[0][1]) if parts else None,
            known_at if event.occurred_at is None else _instant(event.occurred_at),
            known_at,
            self._naming.actor(recorded),
            self._object(shape, event),
        )

    def _object(self, shape: Shape, event: Event) -> str:
        """What `json.dumps` would make of it, on one line; half of a table is this."""
        pairs = [
            f'"{each.name}": {encode_basestring_ascii(self._naming.text(value))}'
            for each in shape.attributes
            if (value := each.read(event)) is not None
        ]
        return harmless(f"{{{', '.join(pairs)}}}")


def _code(value: Enum | None) -> str | None:
    return None if value is None else str(value.value)


def _instant(value: datetime) -> str:
    """UTC, as PostgreSQL writes it without a zone."""
    text = value.isoformat(" ")
    if text.endswith(_IN_UTC):
        return text.removesuffix(_IN_UTC)
    return value.astimezone(UTC).replace(tzinfo=None).isoformat(" ")
