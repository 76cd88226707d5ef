"""The hand-overs of caseloads: a list of supervision."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from domain.rights.actions import Action
from projections.handovers.queries import HandoverRow, list_handovers
from staff.lists.column import Column, List, Table
from staff.visit import Visit


@dataclass(frozen=True, slots=True)
class Handover:
    """A hand-over with the names of staff."""

    row: HandoverRow
    leaver: str | None
    successors: str
    reason: str
    phase: str


def _fetch(visit: Visit, _: Mapping[str, str], limit: int) -> Table[Handover]:
    visit.require(Action.READ_SUPERVISION)
    found = list_handovers(visit.parts.reader, limit=limit)
    rows = [
        Handover(
            row=row,
            leaver=visit.name(row.leaver),
            successors=", ".join(visit.name(each.staff) or "" for each in row.successors),
            reason=visit.words.label(row.reason),
            phase=visit.words.label(row.phase),
        )
        for row in found.rows
    ]
    return Table(rows, found.total)


HANDOVERS: List[Handover] = List(
    title="supervision.handovers",
    fetch=_fetch,
    columns=(
        Column("code", "lists.code", lambda h: h.row.code, 12),
        Column("begun", "supervision.begun", lambda h: h.row.begun_at, 18),
        Column("leaver", "supervision.from", lambda h: h.leaver, 22),
        Column("successors", "supervision.to", lambda h: h.successors, 30),
        Column("reason", "supervision.why", lambda h: h.reason, 18),
        Column("phase", "lists.state", lambda h: h.phase, 14),
        Column("found", "lists.found", lambda h: h.row.found, 10),
        Column("moved", "lists.moved", lambda h: h.row.moved, 10),
        Column("refused", "lists.refused", lambda h: h.row.refused, 14),
    ),
)
