"""Reads the whole log once, in one snapshot, and recomputes its chain: offline from everything but the database.

A binary COPY already has nearly the bytes that the chain is computed over, so a row is never decoded: only cut at its
seams and hashed. Memory does not grow with the events, only with the number of streams (for their versions).
The loop is written for speed (each name in it counts); what is unusual leaves it for `_Walk.broke`.
"""

from __future__ import annotations

import struct
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

import psycopg

from eventlog.chain import GENESIS, RawRow, moment, raw_link
from eventlog.explaining import KEPT, Broken, altered, explain
from eventlog.findings import Finding, FindingKind
from eventlog.heads import SignedHead
from eventlog.pool import CONNECT_TIMEOUT, reachable
from eventlog.sql_files import query

Progress = Callable[[int, int], None]
"""Told now and then: events read, and how many there are."""

SHOWN = 200
"""So many findings are kept; the others are counted."""

_HEADER = 19  # signature, flags and length of an empty extension; it comes in one message with the first row
_END = 2  # the last message is the number -1 instead of a row
_STEP = 20_000
_PLACE = struct.Struct(">6xqI")  # number of columns, then position and the length of the stream's name
_VERSION = struct.Struct(">4xqI")  # version and the length of the topic
_TIME = struct.Struct(">q")
_NEVER = (1 << 63) - 1


@dataclass(frozen=True, slots=True)
class Verified:
    """What a verification found. `signed` is the newest position that a signed head confirms, 0 without one."""

    events: int
    streams: int
    head: int
    signed: int
    heads: int
    findings: tuple[Finding, ...]
    found: int
    """How many findings there are, also beyond those kept."""
    seconds: float

    @property
    def intact(self) -> bool:
        """Nothing is wrong."""
        return not self.found


def verify(dsn: str, heads: Sequence[SignedHead] = (), progress: Progress | None = None) -> Verified:
    """Verifies the log at `dsn` as it is now; `heads`, read before, are compared with it.

    Raises `Unavailable` when the database cannot be reached or goes away meanwhile.
    """
    began = time.perf_counter()
    walk = _Walk(sorted(heads, key=lambda head: head.position))
    with (
        reachable(),
        psycopg.connect(
            dsn, autocommit=True, connect_timeout=CONNECT_TIMEOUT, application_name="putokaz-verify"
        ) as connection,
    ):
        counted = connection.execute(query("eventlog", "head")).fetchone()
        total = 0 if counted is None else int(counted[0])
        with connection.cursor() as cursor, cursor.copy(query("eventlog", "verify")) as copy:
            walk.over(map(bytes, copy), total, progress)
    return walk.verified(began)


@dataclass(slots=True)
class _Walk:
    heads: list[SignedHead]
    findings: list[Finding] = field(default_factory=list)
    found: int = 0
    versions: dict[bytes, int] = field(default_factory=dict)
    events: int = 0
    position: int = 0
    signed: int = 0
    compared: int = 0
    unexplained: list[Broken] = field(default_factory=list)
    suspect: bytes | None = None
    """What the link of the row before should have been, where it was another."""

    def over(self, messages: Iterator[bytes], total: int, progress: Progress | None) -> None:
        """All rows, in the order of their positions."""
        versions, place, version_of = self.versions, _PLACE.unpack_from, _VERSION.unpack_from
        previous, expected, events, clock = GENESIS, 1, 0, bytes(8)
        watched = self._watched()
        row = next(messages)[_HEADER:]
        while len(row) > _END:
            try:
                position, size = place(row)
                after_stream = 18 + size
                version, size = version_of(row, after_stream)
            except struct.error:
                self.unreadable(expected)
                row = next(messages)
                continue
            if position != expected:
                self.misplaced(position, expected)
                if position < expected:  # of two rows at one place, the one that follows is the one to go on from
                    if self.suspect is not None:
                        previous, self.suspect = row[-32:], None
                    events += 1
                    row = next(messages)
                    continue
            after_topic = after_stream + 16 + size
            link = sha256(
                previous
                + row[6:after_stream]
                + row[after_stream + 4 : after_topic]
                + row[after_topic + 4 : after_topic + 20]
                + row[after_topic + 24 : after_topic + 40]
                + row[after_topic + 44 : -36]
            ).digest()
            at = row[after_topic + 44 : after_topic + 52]
            stream = row[18:after_stream]
            if not row.endswith(link) or self.suspect is not None:
                link = self.broke(row, previous, link, known=position == expected)
            if versions.get(stream, 0) + 1 != version:
                self.out_of_turn(stream, version, position)
            versions[stream] = version
            if at < clock:
                self.earlier(position, at, clock)
            clock = at
            if position >= watched:
                self.compare(position, link)
                watched = self._watched()
            previous = link
            expected = position + 1
            events += 1
            if progress is not None and events % _STEP == 0:
                progress(events, total)
            row = next(messages)
        for _ in messages:
            pass  # what follows the end mark is nothing; the connection wants to be read empty
        self.events, self.position = events, expected - 1
        if progress is not None:
            progress(events, total)

    def broke(self, row: bytes, previous: bytes, computed: bytes, *, known: bool) -> bytes:
        """The link to go on with, for a row whose link or whose predecessor's link is not as computed."""
        stored, suspect, self.suspect = row[-32:], self.suspect, None
        if computed == stored:
            return stored
        try:
            raw = _raw(row)
        except struct.error:
            self.unreadable(_PLACE.unpack_from(row)[0])
            return stored
        if suspect is not None and raw_link(suspect, raw) == stored:
            before = self.unexplained.pop() if self.unexplained else None
            if before is not None:
                place = before.row.position
                says = f"The link stored with position {place} was changed; the event is the one that was recorded."
                self.add(Finding(FindingKind.LINK_ALTERED, says, place))
            return stored
        if not known:
            return stored  # what came before is missing, so nothing can be said of this one
        self.suspect = computed
        if len(self.unexplained) < KEPT:
            self.unexplained.append(Broken(raw, previous, stored))
        else:
            self.add(altered(raw))
        return stored

    def unreadable(self, expected: int) -> None:
        """A row that lacks a column: only whoever took the rules off the table can store one."""
        says = f"At position {expected} stands a row that lacks a column, as Putokaz cannot have recorded it."
        self.add(Finding(FindingKind.INSERTED, says, expected))

    def misplaced(self, position: int, expected: int) -> None:
        """A position that is not the one after the last."""
        if position > expected:
            last = position - 1
            span = f"Position {expected} is" if last == expected else f"Positions {expected} to {last} are"
            self.add(Finding(FindingKind.MISSING, f"{span} missing: deleted from the table.", expected))
        else:
            says = f"Position {position} stands where {expected} should: it was put in afterwards."
            self.add(Finding(FindingKind.REPEATED, says, position))

    def out_of_turn(self, stream: bytes, version: int, position: int) -> None:
        """A version that is not the one after the stream's last."""
        last, name = self.versions.get(stream, 0), stream.decode("utf-8", "replace")
        kind = FindingKind.VERSION_GAP if version > last else FindingKind.VERSION_BACK
        says = f"In stream {name}, version {version} (position {position}) comes after version {last}."
        self.add(Finding(kind, says, position))

    def earlier(self, position: int, at: bytes, clock: bytes) -> None:
        """A recording time before that of the event before. Compared as bytes: times before 2000 count as late."""
        says = f"Position {position} was recorded at {_when(at)}, before the event ahead of it ({_when(clock)})."
        self.add(Finding(FindingKind.CLOCK_BACK, says, position))

    def compare(self, position: int, link: bytes) -> None:
        """Signed heads up to this position with the link that is stored there."""
        while self.compared < len(self.heads) and self.heads[self.compared].position <= position:
            head = self.heads[self.compared]
            self.compared += 1
            if head.position == position and head.chain == link:
                self.signed = position
            elif head.position == position:
                says = (
                    f"Position {position} has another link than the head signed at {head.signed_at:%Y-%m-%d %H:%M} UTC"
                    f" (line {head.line}): the log was rewritten somewhere after position {self.signed}."
                )
                self.add(Finding(FindingKind.REWRITTEN, says, position, head.line))

    def verified(self, began: float) -> Verified:
        """The whole, with what only the end shows."""
        for finding in explain(self.unexplained):
            self.add(finding)
        if self.compared < len(self.heads):
            head = self.heads[-1]
            says = (
                f"The log ends at position {self.position}, but position {head.position} was signed at "
                f"{head.signed_at:%Y-%m-%d %H:%M} UTC (line {head.line}): its end was cut off."
            )
            self.add(Finding(FindingKind.TRUNCATED, says, self.position + 1, head.line))
        ordered = sorted(self.findings, key=lambda finding: finding.position or 0)
        return Verified(
            events=self.events,
            streams=len(self.versions),
            head=self.position,
            signed=self.signed,
            heads=len(self.heads),
            findings=tuple(ordered),
            found=self.found,
            seconds=time.perf_counter() - began,
        )

    def add(self, finding: Finding) -> None:
        """Counts it, and keeps it while there are few."""
        self.found += 1
        if len(self.findings) < SHOWN:
            self.findings.append(finding)

    def _watched(self) -> int:
        return self.heads[self.compared].position if self.compared < len(self.heads) else _NEVER


def _raw(row: bytes) -> RawRow:
    position, size = _PLACE.unpack_from(row)
    stream = 18 + size
    version, size = _VERSION.unpack_from(row, stream)
    topic = stream + 16 + size
    return RawRow(
        position=position,
        stream=row[18:stream],
        version=version,
        topic=row[stream + 16 : topic],
        command_id=row[topic + 4 : topic + 20],
        actor=row[topic + 24 : topic + 40],
        recorded_at=_TIME.unpack_from(row, topic + 44)[0],
        state=row[topic + 56 : -36],
    )


def _when(at: bytes) -> str:
    try:
        return f"{moment(_TIME.unpack(at)[0]):%Y-%m-%d %H:%M:%S} UTC"
    except (OverflowError, struct.error):
        return "no time of any calendar"
