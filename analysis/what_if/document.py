"""What a what-if found, as one document for programs: the JSON of the command line and of the API."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from analysis.what_if.asking import Block, BlockKind
from analysis.what_if.course import Escalation, StallSpan
from analysis.what_if.difference import Moved
from analysis.what_if.journey import JourneyUnderChange
from analysis.what_if.running import WhatIf
from analysis.what_if.summary import Count, Figures, Side
from domain.codes import Role, StallCause
from domain.journey.naming import journey_code
from domain.refusal import RefusalCode, Unmet


class _Shown(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ShownCount(_Shown):
    """`journeys` are the ids behind the number."""

    number: int
    journeys: list[UUID]


class ShownFigures(_Shown):
    """Of one step or stage, or of everything. `stalled_days` in whole days of the clock."""

    stalls: dict[Side, ShownCount]
    escalations: dict[Side, ShownCount]
    blocks: dict[BlockKind, ShownCount]
    stalled_days: dict[Side, int]


class ShownStall(_Shown):
    """`was_since` and `was_until` where it happened, `since` and `until` where it would have."""

    change: Side
    step: str
    stage: str
    cause: StallCause
    was_since: datetime | None = None
    was_until: datetime | None = None
    since: datetime | None = None
    until: datetime | None = None


class ShownEscalation(_Shown):
    """Who is told; `step` is absent for a review."""

    change: Side
    step: str | None
    to: list[Role]
    was_at: datetime | None = None
    at: datetime | None = None


class ShownBlock(_Shown):
    """What would have been refused, or would not have followed, and why."""

    at: datetime
    version: int
    kind: BlockKind
    what: str
    part: str | None
    code: RefusalCode
    unmet: list[Unmet]


class ShownJourney(_Shown):
    """A journey of which something would have been otherwise."""

    journey: UUID
    code: str
    stalls: list[ShownStall]
    escalations: list[ShownEscalation]
    blocks: list[ShownBlock]


class ShownWhatIf(_Shown):
    """`at`: as known then, up to log position `position`.

    `unexplained` dates were kept as recorded: no rule of their pathway gives them. `behind`: rungs that ought to have
    been fired and were not, or the other way round. `unreadable` streams were left out.
    """

    at: datetime
    position: int
    journeys: int
    different: int
    whole: ShownFigures
    parts: dict[str, ShownFigures]
    unexplained: ShownCount
    behind: ShownCount
    unreadable: list[str]
    rows: list[ShownJourney]


def document_of(found: WhatIf) -> ShownWhatIf:
    """The whole result."""
    summary = found.summary
    return ShownWhatIf(
        at=found.at,
        position=found.position,
        journeys=summary.journeys,
        different=len(summary.different),
        whole=_figures(summary.whole),
        parts={part: _figures(figures) for part, figures in sorted(summary.parts.items())},
        unexplained=_count(summary.unexplained),
        behind=_count(summary.behind),
        unreadable=list(found.unreadable),
        rows=[journey_row(one) for one in found.rows],
    )


def _count(count: Count) -> ShownCount:
    return ShownCount(number=count.number, journeys=sorted(count.journeys))


def _figures(figures: Figures) -> ShownFigures:
    return ShownFigures(
        stalls={side: _count(count) for side, count in figures.stalls.items()},
        escalations={side: _count(count) for side, count in figures.escalations.items()},
        blocks={kind: _count(count) for kind, count in figures.blocks.items()},
        stalled_days=figures.stalled_days,
    )


def journey_row(one: JourneyUnderChange) -> ShownJourney:
    """What would have been otherwise in one journey, in order of time."""
    stalls, told = one.difference.stalls, one.difference.escalations
    shown = [
        *(_stall(Side.ADDED, would=each) for each in stalls.added),
        *(_stall(Side.GONE, was=each) for each in stalls.gone),
        *(_moved_stall(each) for each in stalls.moved),
    ]
    heard = [
        *(_escalation(Side.ADDED, would=each) for each in told.added),
        *(_escalation(Side.GONE, was=each) for each in told.gone),
        *(_escalation(Side.MOVED, was=each.was, would=each.would) for each in told.moved),
    ]
    return ShownJourney(
        journey=one.journey,
        code=journey_code(one.journey),
        stalls=sorted(shown, key=lambda stall: str(stall.since or stall.was_since)),
        escalations=sorted(heard, key=lambda each: str(each.at or each.was_at)),
        blocks=[_block(block) for block in one.difference.blocks],
    )


def _moved_stall(moved: Moved[StallSpan]) -> ShownStall:
    return _stall(Side.MOVED, was=moved.was, would=moved.would)


def _stall(change: Side, *, was: StallSpan | None = None, would: StallSpan | None = None) -> ShownStall:
    one = would or was
    assert one is not None
    return ShownStall(
        change=change,
        step=one.step,
        stage=one.stage,
        cause=one.cause,
        was_since=was.since if was else None,
        was_until=was.until if was else None,
        since=would.since if would else None,
        until=would.until if would else None,
    )


def _escalation(change: Side, *, was: Escalation | None = None, would: Escalation | None = None) -> ShownEscalation:
    one = would or was
    assert one is not None
    return ShownEscalation(
        change=change, step=one.step, to=list(one.to), was_at=was.at if was else None, at=would.at if would else None
    )


def _block(block: Block) -> ShownBlock:
    return ShownBlock(
        at=block.at,
        version=block.version,
        kind=block.kind,
        what=block.what,
        part=block.part,
        code=block.code,
        unmet=list(block.unmet),
    )
