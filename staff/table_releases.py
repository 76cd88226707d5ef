"""Tables that may leave, for pages and API: what would, what has, and letting one go."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from analysis.disclosure.catalogue import Predefined, table_of
from analysis.disclosure.preparing import Asked, Prepared, prepare
from analysis.disclosure.released import every_release, releases_of
from domain.codes import StreamName
from domain.refusal import Refused
from domain.release.state import Release, releases_id
from domain.release.values import ReleasePeriod
from staff.i18n.words import OFFICE_ZONE
from staff.parts import Parts

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
"""Nothing was known before."""
PATHWAY = "astra"
"""By whose zone days are read."""


def prepared(parts: Parts, table: Predefined, period: ReleasePeriod, at: datetime) -> Prepared:
    """What would leave. Raises `ReportInvalid`, `DisclosureInvalid`, `Unavailable`."""
    known = parts.desk.pathways()
    return prepare(
        parts.reader,
        Asked(table, period, at),
        releases_of(table.population, parts.desk.history),
        pin=next((pin for pin, _ in known if pin.name == PATHWAY), known[0][0]),
        zone=OFFICE_ZONE,
        published=[pathway for _, pathway in known],
        pathways=parts.desk.pathway,
    )


async def release(parts: Parts, actor: UUID, ready: Prepared, command_id: UUID) -> Refused | None:
    """Lets it leave; sent twice, it has left once. The refusal, where there is one."""
    stream = releases_id(ready.command.population)
    outcome = await parts.desk.submit(
        stream, ready.command, command_id=command_id, actor=actor, kind=StreamName.RELEASE
    )
    return outcome.refusal


def left(parts: Parts, ready: Prepared) -> Release | None:
    """The release that a prepared table is, once it has left."""
    command = ready.command
    cells = {cell.key: cell.count for cell in command.cells}
    return next(
        (
            each
            for each in reversed(releases_of(table_of(command.table).population, parts.desk.history))
            if (each.table, each.period, each.cells) == (command.table, command.period, cells)
        ),
        None,
    )


def all_left(parts: Parts) -> list[Release]:
    """Every table that has left, the newest first."""
    return every_release(parts.desk.history)
