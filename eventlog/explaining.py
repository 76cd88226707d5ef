"""Naming a tampering: from the rows whose links do not follow, what must have been done to them.

Whoever moves rows or exchanges their streams rarely computes new links, so the old link still tells what the row was.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from eventlog.chain import RawRow, raw_link
from eventlog.findings import Finding, FindingKind

KEPT = 48
"""So many broken rows are compared with each other; those after them are reported as altered."""


class Broken(NamedTuple):
    """A row whose stored link is not the one that follows from `previous`, the link stored before it."""

    row: RawRow
    previous: bytes
    stored: bytes


def explain(broken: Sequence[Broken]) -> Iterator[Finding]:
    """One finding for each of the rows, at most `KEPT`."""
    moved = {i: at for i, one in enumerate(broken) if (at := _recorded_at_position(one, broken)) is not None}
    for i, one in enumerate(broken):
        place = one.row.position
        if i in moved:
            yield Finding(
                FindingKind.MOVED, f"Position {place} holds the event that was recorded at position {moved[i]}.", place
            )
            continue
        other = _exchanged_with(one, broken)
        if other is not None:
            yield Finding(
                FindingKind.SWAPPED,
                f"The event at position {place} was recorded in stream {_text(other.row.stream)}, and now stands in "
                f"{_text(one.row.stream)}: its stream was exchanged with that of position {other.row.position}.",
                place,
            )
        elif i + 1 in moved and moved[i + 1] == place:
            yield Finding(FindingKind.INSERTED, f"Position {place} holds an event that was put in afterwards.", place)
        else:
            yield altered(one.row)


def altered(row: RawRow) -> Finding:
    """The plain finding for a row that nothing else explains."""
    return Finding(
        FindingKind.ALTERED,
        f"The event at position {row.position} (stream {_text(row.stream)}, version {row.version}) does not follow "
        "from the one before: it was changed after it was recorded, or put in from outside.",
        row.position,
    )


def _recorded_at_position(one: Broken, broken: Sequence[Broken]) -> int | None:
    links = {link for each in broken for link in (each.previous, each.stored)}
    near = {each.row.position + step for each in broken for step in (-1, 0, 1)} - {one.row.position}
    for position in sorted(near, key=lambda p: abs(p - one.row.position)):
        as_recorded = one.row._replace(position=position)
        if any(raw_link(previous, as_recorded) == one.stored for previous in links):
            return position
    return None


def _exchanged_with(one: Broken, broken: Sequence[Broken]) -> Broken | None:
    for other in broken:
        if other.row.stream == one.row.stream:
            continue
        for version in {other.row.version, one.row.version}:
            as_recorded = one.row._replace(stream=other.row.stream, version=version)
            if raw_link(one.previous, as_recorded) == one.stored:
                return other
    return None


def _text(stream: bytes) -> str:
    return stream.decode("utf-8", "replace")
