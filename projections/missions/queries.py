"""Missions: one row each, the latest departure first, filtered and counted in one statement.

page = list_missions(reader, MissionFilter(phases=OUT))       # who is out there now
page = list_missions(reader, MissionFilter(journey=journey))  # every mission for one client
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from domain.codes import ObligationKind, StreamName
from domain.mission.codes import (
    OPEN,
    OUT,
    AbortReason,
    AlarmCause,
    CancelReason,
    MissionOutcome,
    MissionPhase,
    MissionPurpose,
    RiskResult,
)
from domain.stream.naming import code_prefix_of
from projections.paging import Page, bounded, cursor_after, cut, instant, key_of, only_of
from projections.reader import Reader

_HERE = "projections.missions"


@dataclass(frozen=True, slots=True)
class MissionRow:
    """`next_kind` and `next_due_at`: what is owed first. `rings`: somebody was called, and nobody has answered.

    `version` is of the stream, `plan_version` what a form about the plan sends back as `seen`. `rsd` in dinars.
    """

    mission: UUID
    code: str
    version: int
    plan_version: int
    phase: MissionPhase
    purpose: MissionPurpose
    lead: UUID
    team: tuple[UUID, ...]
    vehicle: UUID | None
    supervisor: UUID | None
    journeys: tuple[UUID, ...]
    departure: datetime
    expected_return: datetime
    zone: str
    departed_at: datetime | None
    heard_at: datetime | None
    returned_at: datetime | None
    next_kind: ObligationKind | None
    next_due_at: datetime | None
    rings: bool
    risk: RiskResult | None
    overridden_by: UUID | None
    alarm: AlarmCause | None
    aborted: AbortReason | None
    cancelled: CancelReason | None
    outcomes: Mapping[UUID, MissionOutcome]
    kilometres: int | None
    rsd: Decimal | None
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class MissionFilter:
    """A field left None lets everything through. `staff`: of whose team, `without`: of whose not. `code` as typed."""

    phases: Collection[MissionPhase] | None = None
    staff: UUID | None = None
    journey: UUID | None = None
    code: str | None = None
    without: UUID | None = None


def list_missions(
    reader: Reader,
    wanted: MissionFilter = MissionFilter(),
    *,
    only: Sequence[UUID] | None = None,
    out: bool = False,
    cursor: str | None = None,
    limit: int = 50,
) -> Page[MissionRow]:
    """A page of the list; with `only` these missions, those for these journeys, and with `out` those under way.

    Raises `Unavailable`, `CursorInvalid`.
    """
    after, after_mission = key_of(cursor, instant, UUID)
    code = None if wanted.code is None else code_prefix_of(StreamName.MISSION, wanted.code)
    if wanted.code is not None and code is None:
        return Page((), 0, None)
    found = reader.rows(
        _HERE,
        "list",
        {
            "phases": None if wanted.phases is None else [phase.value for phase in wanted.phases],
            "staff": wanted.staff,
            "without": wanted.without,
            "journey": wanted.journey,
            "only": only_of(only),
            "out": [phase.value for phase in OUT] if out else [],
            "code": code,
            "after": after,
            "after_mission": after_mission,
            "limit": bounded(limit),
        },
    )
    rows = [_row(columns[1:]) for columns in found if columns[1] is not None]
    shown, following = cut(rows, limit, lambda row: cursor_after(row.departure, row.mission))
    return Page(shown, found[0][0], following)


def crewed_by(reader: Reader, staff: UUID) -> set[UUID]:
    """The missions that somebody goes on, until they are reported. Raises `Unavailable`."""
    found = reader.rows(_HERE, "crewed", {"staff": staff, "open": [phase.value for phase in OPEN]})
    return {mission for (mission,) in found}


def find_mission(reader: Reader, mission: UUID) -> MissionRow | None:
    """The row of a mission."""
    rows = reader.rows(_HERE, "find", {"mission": mission, "code": None})
    return _row(rows[0]) if rows else None


def find_missions_by_code(reader: Reader, code: str) -> tuple[MissionRow, ...]:
    """The missions with this code as typed: nearly always one or none."""
    whole = code_prefix_of(StreamName.MISSION, code)
    if whole is None:
        return ()
    return tuple(_row(columns) for columns in reader.rows(_HERE, "find", {"mission": None, "code": whole}))


def _row(columns: tuple[Any, ...]) -> MissionRow:
    mission, code, version, plan_version, phase, purpose, lead, team, vehicle, supervisor, journeys, *rest = columns
    departure, expected_return, zone, departed_at, heard_at, returned_at, next_kind, next_due_at, rings, *more = rest
    risk, overridden_by, alarm, aborted, cancelled, outcomes, kilometres, rsd, changed_at = more
    return MissionRow(
        mission=mission,
        code=code,
        version=version,
        plan_version=plan_version,
        phase=MissionPhase(phase),
        purpose=MissionPurpose(purpose),
        lead=lead,
        team=tuple(team),
        vehicle=vehicle,
        supervisor=supervisor,
        journeys=tuple(journeys),
        departure=departure,
        expected_return=expected_return,
        zone=zone,
        departed_at=departed_at,
        heard_at=heard_at,
        returned_at=returned_at,
        next_kind=next_kind and ObligationKind(next_kind),
        next_due_at=next_due_at,
        rings=rings,
        risk=risk and RiskResult(risk),
        overridden_by=overridden_by,
        alarm=alarm and AlarmCause(alarm),
        aborted=aborted and AbortReason(aborted),
        cancelled=cancelled and CancelReason(cancelled),
        outcomes={UUID(journey): MissionOutcome(outcome) for journey, outcome in outcomes.items()},
        kilometres=kilometres,
        rsd=rsd,
        changed_at=changed_at,
    )
