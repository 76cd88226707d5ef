"""Decisions in the form in which the append functions take them, and their answers in ours.

An `Entry` is made in the caller's own thread, so that whoever sends a batch has no event to encode.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any
from uuid import UUID

from psycopg.types.numeric import Int8

from domain.errors import ResourceBusy, StreamConflict
from eventlog.bodies import encode
from eventlog.decision import Decision, Outcome, OutcomeKind
from eventlog.refused import kept, read


class Entry:
    """One decision, encoded. `size` is that of its bodies, in bytes."""

    __slots__ = ("decision", "refusal", "size", "states", "topics")

    def __init__(self, decision: Decision) -> None:
        bodies = [encode(event) for event in decision.events]
        self.decision = decision
        self.topics = [topic for topic, _ in bodies]
        self.states = [state for _, state in bodies]
        self.size = sum(map(len, self.states))
        self.refusal = None if decision.refusal is None else kept(decision.refusal, decision.asked)


def single(entry: Entry) -> tuple[object, ...]:
    """The arguments of `queries/append.sql`."""
    decision = entry.decision
    claims = decision.claims
    return (
        decision.stream,
        decision.expected_version,
        decision.command_id,
        decision.actor,
        entry.topics,
        entry.states,
        entry.refusal,
        decision.version_seen,
        decision.pathway_sha256,
        decision.release,
        [claim.claim_id for claim in claims],
        [claim.resource for claim in claims],
        [claim.since for claim in claims],
        [claim.until for claim in claims],
        list(decision.released),
    )


def batch(entries: Sequence[Entry]) -> tuple[object, ...]:
    """The arguments of `queries/append_batch.sql`."""
    decisions = [entry.decision for entry in entries]
    claims = [claim for decision in decisions for claim in decision.claims]
    return (
        [decision.stream for decision in decisions],
        _numbers(decision.expected_version for decision in decisions),
        [decision.command_id for decision in decisions],
        [decision.actor for decision in decisions],
        [entry.refusal for entry in entries],
        [None if decision.version_seen is None else Int8(decision.version_seen) for decision in decisions],
        [decision.pathway_sha256 for decision in decisions],
        [decision.release for decision in decisions],
        _numbers(len(entry.topics) for entry in entries),
        list(chain.from_iterable(entry.topics for entry in entries)),
        list(chain.from_iterable(entry.states for entry in entries)),
        _numbers(len(decision.claims) for decision in decisions),
        [claim.claim_id for claim in claims],
        [claim.resource for claim in claims],
        [claim.since for claim in claims],
        [claim.until for claim in claims],
        _numbers(len(decision.released) for decision in decisions),
        list(chain.from_iterable(decision.released for decision in decisions)),
    )


def answer(decision: Decision, row: tuple[Any, ...]) -> Outcome:
    """The outcome in a row of either statement. Raises `StreamConflict` and `ResourceBusy`."""
    status = row[0]
    if status == "conflict":
        raise StreamConflict(
            f"{decision.stream} is at version {row[3]}, the decision was for {decision.expected_version}"
        )
    if status == "busy":
        raise ResourceBusy(f"resource {row[10]} is already promised in that time")
    return stored(decision.stream, decision.command_id, row[1:10], repeated=status == "repeated")


def stored(stream: str, command_id: UUID, columns: tuple[Any, ...], *, repeated: bool) -> Outcome:
    """The outcome in nine columns of `eventlog.outcomes`, from `kind` to `decided_at`."""
    kind, first, last, position, refusal, version_seen, pathway, release, decided_at = columns
    refused, asked = (None, None) if refusal is None else read(refusal)
    return Outcome(
        stream=stream,
        command_id=command_id,
        kind=OutcomeKind(kind),
        first_version=first,
        last_version=last,
        position=position,
        refusal=refused,
        version_seen=version_seen,
        pathway_sha256=pathway,
        release=release,
        decided_at=decided_at,
        repeated=repeated,
        asked=asked,
    )


def _numbers(values: Iterable[int]) -> list[Int8]:
    # A list of plain ints gets the type of its largest, and each mix of types a prepared statement of its own.
    return [Int8(value) for value in values]
