"""Part: a table leaves the house, with what is in it, so that the next one can be held against it.

The counts are no personal data any more: that is what hiding and rounding are for.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import AwareDatetime, Field

from domain.calendar import local_date
from domain.command import Command
from domain.copying import replace
from domain.event import Event, Recorded
from domain.pathway.model import Pin
from domain.refusal import RefusalCode, Refused
from domain.release.differencing import Danger, clash
from domain.release.register import begins, decides, evolves, opens
from domain.release.state import Release, Releases, releases_stream, sha256_of
from domain.release.values import STEP, THRESHOLD, ReleasedCell, ReleasePeriod
from domain.stream.deciding import Decision, Surroundings
from domain.values import Code, Count, Sha256

MOST_CELLS = 2_000
_CODES = {Danger.OVERLAPS: RefusalCode.RELEASE_OVERLAPS, Danger.REVEALS: RefusalCode.RELEASE_REVEALS}


class TableReleased(Event, topic="release.table-released"):
    """A table left, as known when the event at `last_position` was recorded, of nobody's cell below `threshold`.

    `hidden`: how many cells say nothing. `sha256`: of the file that it is (`state.file_of`).
    """

    pin: Pin
    population: Code
    table: Code
    period: ReleasePeriod
    known_at: AwareDatetime
    last_position: Count
    threshold: Count
    rounded_to: Count
    cells: tuple[ReleasedCell, ...]
    hidden: Count
    sha256: Sha256


class ReleaseTable(Command, kind="release-table"):
    """Releases a table that is protected already. `pin`: by whose zone its days are read."""

    pin: Pin
    population: Code
    table: Code
    period: ReleasePeriod
    known_at: AwareDatetime
    last_position: Count
    cells: Annotated[tuple[ReleasedCell, ...], Field(min_length=2, max_length=MOST_CELLS)]


@opens(ReleaseTable)
def _first(command: ReleaseTable, surroundings: Surroundings) -> Decision:
    return _release((), command, surroundings)


@decides(ReleaseTable, in_every_phase=True)
def _another(releases: Releases, command: ReleaseTable, surroundings: Surroundings) -> Decision:
    return _release(releases.tables, command, surroundings)


def _release(earlier: tuple[Release, ...], command: ReleaseTable, surroundings: Surroundings) -> Decision:
    if surroundings.stream not in ("", releases_stream(command.population)):
        return Refused(code=RefusalCode.UNKNOWN_RELEASE)
    if command.known_at > surroundings.now or (
        local_date(command.known_at, surroundings.pathway.zone) < command.period.next_day
    ):
        return Refused(code=RefusalCode.RELEASE_TOO_EARLY)
    cells = {cell.key: cell.count for cell in command.cells}
    if len(cells) < len(command.cells) or not all(_is_protected(count) for count in cells.values()):
        return Refused(code=RefusalCode.RELEASE_UNPROTECTED)
    if any((each.table, each.period, each.cells) == (command.table, command.period, cells) for each in earlier):
        return ()
    if found := clash(earlier, command.table, command.period, cells):
        beside = found.beside
        return Refused(code=_CODES[found.danger], part=f"{beside.table}:{beside.period}".lower(), until=beside.known_at)
    fields = {name: getattr(command, name) for name in type(command).model_fields}
    return (
        TableReleased(
            **fields,
            threshold=THRESHOLD,
            rounded_to=STEP,
            hidden=sum(count is None for count in cells.values()),
            sha256=sha256_of(command.table, command.period, command.cells),
        ),
    )


def _is_protected(count: int | None) -> bool:
    return count is None or (count >= THRESHOLD and count % STEP == 0)


@begins(TableReleased)
def _begun(recorded: Recorded[TableReleased]) -> Releases:
    event = recorded.event
    begun = Releases(
        stream=recorded.stream,
        version=recorded.version,
        pin=event.pin,
        changed_at=recorded.recorded_at,
        population=event.population,
    )
    return _released(begun, recorded)


@evolves(TableReleased)
def _released(releases: Releases, recorded: Recorded[TableReleased]) -> Releases:
    event = recorded.event
    release = Release(
        number=recorded.version,
        table=event.table,
        period=event.period,
        known_at=event.known_at,
        last_position=event.last_position,
        cells={cell.key: cell.count for cell in event.cells},
        sha256=event.sha256,
        by=recorded.actor,
        at=recorded.recorded_at,
    )
    return replace(releases, tables=(*releases.tables, release))
