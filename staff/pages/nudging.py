"""Reminding whoever can move on what stands still: what the board offers, and what the file tells of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from domain.codes import Mover, ObligationKind, Role
from domain.event import Event
from domain.journey.nudging import Nudged
from domain.rights.actions import Action
from projections.stalled_board.queries import StalledRow
from staff.guard.scope import Scope, scope_of
from staff.titles import Titles
from staff.visit import Visit


@dataclass(frozen=True, slots=True)
class Nudging:
    """The button of one row. `reads_first`: it leads to what is safe, since the client is to be reached.

    `said` is the reminder that somebody sent already; without `who` there is nothing to press: not again today, not
    theirs, or they would remind themselves.
    """

    href: str
    command_id: UUID
    seen: int
    reads_first: bool
    who: str | None
    said: str | None
    again: str | None


def offers(rows: Sequence[StalledRow], visit: Visit) -> dict[tuple[UUID, str], Nudging]:
    """By stream and part, for the rows of journeys. Asks the read models once for all of them."""
    mine = scope_of(visit.parts, visit.person.id, Action.ADVANCE_STEPS)
    return {(row.stream_id, row.part): _one(row, mine, visit) for row in rows if row.journey is not None}


def _one(row: StalledRow, mine: Scope, visit: Visit) -> Nudging:
    t, nudge = visit.words, row.nudge
    waits = nudge is not None and visit.now < nudge.again_at
    role, staff = _told(row)
    may = mine.has(row.stream_id) and not waits and staff != visit.person.id
    said = again = None
    if nudge is not None:
        to = visit.name(nudge.staff) or t.label(nudge.role)
        said = t("nudge.said", by=visit.name(nudge.by), who=to, moment=t.near_moment(nudge.at, visit.now))
        again = t("nudge.again", moment=t.near_moment(nudge.again_at, visit.now)) if waits else None
    return Nudging(
        href=f"/journeys/{row.journey}/nudge/{row.part}",
        command_id=uuid4(),
        seen=row.part_version,
        reads_first=row.mover is Mover.CLIENT,
        who=(visit.name(staff) or t.label(role)) if may else None,
        said=said,
        again=again,
    )


def _told(row: StalledRow) -> tuple[Role, UUID | None]:
    """Whom the decider will remind, as far as the row tells (`domain.journey.nudging.told_of`)."""
    if row.mover is not Mover.CLIENT:
        return row.owner_role, row.owner_staff
    return (Role.CASEWORKER, row.caseworker) if row.caseworker else (Role.ON_CALL, None)


def tell(event: Event, titles: Titles, visit: Visit) -> tuple[str, tuple[str, ...]] | None:
    """The event in words: who is reminded of what, and what they are asked to do; None for any other."""
    if not isinstance(event, Nudged):
        return None
    t = titles.words
    about = titles.part(event.obligation) if event.kind is ObligationKind.STEP else t.label(event.kind)
    who = visit.name(event.staff) or t.label(event.role)
    text = t("nudge.told", about=about, who=who)
    return text, (
        t(f"nudge.asks-{event.mover.value}"),
        t("nudge.again", moment=t.near_moment(event.again_at, visit.now)),
    )
