"""`putokaz staff …` and `putokaz caseload …`: absences, leaving, who holds what, and hand-overs with their receipts."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID, uuid4, uuid5

import typer

from domain.codes import Role, StreamName
from domain.handover.values import HandoverReason
from worker.cli.here import settings_here
from worker.cli.journeys import NOBODY, Actor, CommandId, show_answer, submit
from worker.cli.output import AsJson, Exit, fail, plainly, show_json, show_table
from worker.settings import Settings

if TYPE_CHECKING:
    from vault.staff import StaffMember

staff = typer.Typer(no_args_is_help=True, help="Who is at work, absent, or has left.")
caseload = typer.Typer(no_args_is_help=True, help="Who holds what, and hand-overs.")

Person = Annotated[str, typer.Argument(help="Id or e-mail address of a member of staff.")]
Pathway = Annotated[str, typer.Option(help="By whose zone days are counted; its newest version is pinned.")]
To = Annotated[
    list[str],
    typer.Option("--to", help="Who takes over, repeated: id or e-mail address; `address=lawyer,caseworker` for roles."),
]


@staff.command("list")
@plainly
def show_staff(as_json: AsJson = False) -> None:
    """List everybody: at work, absent with a cover until when, or left; and how much they hold."""
    from domain.attendance.state import Presence
    from projections.attendance.queries import attendance
    from projections.caseload.queries import Load, loads
    from projections.reader import Reader
    from worker.parts import opened

    settings = settings_here()
    with opened(settings, connections=1) as parts, Reader(settings.reader, size=1) as reader:
        now, members = parts.log.now(), {member.id: member for member in parts.directory.all()}
        known, held = {row.staff: row for row in attendance(reader)}, loads(reader)
    rows: list[dict[str, Any]] = []
    for member in sorted(members.values(), key=lambda each: each.name):
        row, load = known.get(member.id), held.get(member.id, Load(0, 0, 0))
        absence = row.absence_at(now) if row else None
        cover = members.get(absence.cover) if absence and absence.cover else None
        rows.append(
            {
                "name": member.name,
                "roles": sorted(member.roles),
                "presence": row.presence_at(now) if row else Presence.HERE,
                "until": absence.last_day if absence else None,
                "cover": cover.name if cover else None,
                "ahead": [asdict(each) for each in row.ahead(now)] if row else [],
                "holds": load.things,
                "stalled": load.stalled,
                "handover": row.handover if row else None,
                "id": member.id,
            }
        )
    if as_json:
        show_json(rows)
        return
    columns = ("name", "roles", "presence", "until", "cover", "holds", "stalled", "id")
    show_table(columns, ([row[column] for column in columns] for row in rows), total=len(rows))


@staff.command()
@plainly
def absent(
    person: Person,
    first: Annotated[str, typer.Option("--from", help="First day: 2026-07-01.")],
    last: Annotated[str, typer.Option("--until", help="Last day, included.")],
    cover: Annotated[str | None, typer.Option(help="Who gets the reminders: id or e-mail address.")] = None,
    pathway: Pathway = "astra",
    actor: Actor = NOBODY,
    command_id: CommandId = None,
    as_json: AsJson = False,
) -> None:
    """Plan an absence. The cover begins and ends by the clock; why somebody is absent is not kept."""
    settings = settings_here()
    fields = {
        "pin": _pin(settings, pathway),
        "first_day": _day(first),
        "last_day": _day(last),
        "cover": _person(settings, cover) if cover else None,
    }
    _tell(settings, _person(settings, person), "plan-absence", fields, actor, command_id, as_json)


@staff.command()
@plainly
def back(
    person: Person,
    on: Annotated[str | None, typer.Option("--on", help="At work again on this day; today by default.")] = None,
    number: Annotated[int | None, typer.Option(help="Which absence; the earliest ahead by default.")] = None,
    actor: Actor = NOBODY,
    command_id: CommandId = None,
    as_json: AsJson = False,
) -> None:
    """End an absence early, or take it back before it begins."""
    settings = settings_here()
    fields = {"back_on": _day(on) if on else None, "number": number}
    _tell(settings, _person(settings, person), "come-back", fields, actor, command_id, as_json)


@staff.command()
@plainly
def leave(
    person: Person,
    to: To,
    pathway: Pathway = "astra",
    actor: Actor = NOBODY,
    command_id: CommandId = None,
    as_json: AsJson = False,
) -> None:
    """Somebody leaves: from now on they receive no work, and a hand-over of what they hold begins."""
    settings = settings_here()
    fields = {"pin": _pin(settings, pathway), "successors": [_successor(settings, each) for each in to]}
    _tell(settings, _person(settings, person), "leave", fields, actor, command_id, as_json)


@staff.command()
@plainly
def rejoin(person: Person, actor: Actor = NOBODY, command_id: CommandId = None, as_json: AsJson = False) -> None:
    """Somebody works here again. What was handed over stays where it is."""
    settings = settings_here()
    _tell(settings, _person(settings, person), "rejoin", {}, actor, command_id, as_json)


@caseload.command("show")
@plainly
def show_caseload(
    person: Person,
    limit: Annotated[int, typer.Option(min=1, max=500)] = 100,
    as_json: AsJson = False,
) -> None:
    """Show everything that a person holds, the next due first."""
    from projections.caseload import queries
    from projections.reader import Reader

    settings = settings_here()
    who = _person(settings, person)
    with Reader(settings.reader, size=1) as reader:
        page = queries.caseload(reader, who, limit=limit)
    if as_json:
        show_json({"total": page.total, "rows": page.rows})
        return
    columns = ("code", "stream_kind", "part", "role", "next_due_at", "stalled")
    show_table(columns, ([getattr(row, c) for c in columns] for row in page.rows), total=page.total)


@caseload.command("hand-over")
@plainly
def hand_over(
    person: Person,
    to: To,
    reason: Annotated[HandoverReason, typer.Option(help="Why it changes hands.")] = HandoverReason.WORKLOAD,
    pathway: Pathway = "astra",
    actor: Actor = NOBODY,
    command_id: CommandId = None,
    as_json: AsJson = False,
) -> None:
    """Hand over everything that a person holds; what comes to them meanwhile is included."""
    from domain.handover.state import handover_stream
    from domain.stream.naming import stream_code

    settings, order = settings_here(), command_id or uuid4()
    fields = {
        "pin": _pin(settings, pathway),
        "leaver": _person(settings, person),
        "successors": [_successor(settings, each) for each in to],
        "reason": reason.value,
    }
    # The id follows from that of the command, so that a repetition begins no second one.
    handover = uuid5(order, "handover")
    answer = submit(settings, handover_stream(handover), _command("begin-handover", fields), order, actor)
    show_answer({"handover": handover, "code": stream_code(StreamName.HANDOVER, handover), **answer}, as_json)


@caseload.command("stop")
@plainly
def stop(
    handover: Annotated[str, typer.Argument(help="Code (PD-…) or id of a hand-over.")],
    actor: Actor = NOBODY,
    command_id: CommandId = None,
    as_json: AsJson = False,
) -> None:
    """Look for nothing more. What has moved stays where it is; another hand-over goes on from there."""
    from domain.handover.state import handover_stream

    settings = settings_here()
    stream = handover_stream(_handover(settings, handover))
    show_answer(submit(settings, stream, _command("stop-handover", {}), command_id or uuid4(), actor), as_json)


@caseload.command("hand-overs")
@plainly
def show_handovers(limit: Annotated[int, typer.Option(min=1, max=500)] = 50, as_json: AsJson = False) -> None:
    """List hand-overs, the latest first."""
    from projections.handovers.queries import list_handovers
    from projections.reader import Reader

    with Reader(settings_here().reader, size=1) as reader:
        page = list_handovers(reader, limit=limit)
    if as_json:
        show_json({"total": page.total, "rows": page.rows})
        return
    columns = ("code", "phase", "leaver", "reason", "moved", "refused", "under_way", "begun_at", "ended_at")
    show_table(columns, ([getattr(row, c) for c in columns] for row in page.rows), total=page.total)


@caseload.command("receipts")
@plainly
def show_receipts(
    handover: Annotated[str, typer.Argument(help="Code (PD-…) or id of a hand-over.")],
    limit: Annotated[int, typer.Option(min=1, max=500)] = 500,
    as_json: AsJson = False,
) -> None:
    """Show what became of each thing: what was refused first, and why."""
    from projections.handovers.queries import receipts
    from projections.reader import Reader

    settings = settings_here()
    with Reader(settings.reader, size=1) as reader:
        page = receipts(reader, _handover(settings, handover), limit=limit)
    if as_json:
        show_json({"total": page.total, "rows": page.rows})
        return
    columns = ("code", "stream_kind", "part", "successor", "status", "refused", "settled_at")
    show_table(columns, ([getattr(row, c) for c in columns] for row in page.rows), total=page.total)


def _tell(
    settings: Settings,
    person: UUID,
    kind: str,
    fields: dict[str, Any],
    actor: UUID,
    command_id: UUID | None,
    as_json: bool,
) -> None:
    from domain.attendance.state import attendance_stream

    answer = submit(settings, attendance_stream(person), _command(kind, fields), command_id or uuid4(), actor)
    show_answer({"staff": person, **answer}, as_json)


def _command(kind: str, fields: dict[str, Any]) -> Any:
    import json

    import domain.streams
    from domain.command import parse

    assert domain.streams.KINDS, "every kind of stream is known"
    return parse(kind, json.loads(json.dumps({k: v for k, v in fields.items() if v is not None}, default=str)))


def _pin(settings: Settings, pathway: str) -> dict[str, Any]:
    from activities.pathway_files import PathwayStore

    return PathwayStore(settings.pathways).latest(pathway).pin.model_dump(mode="json")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        fail(f"{text} is no day; write 2026-07-01", Exit.USAGE)


def _person(settings: Settings, named: str) -> UUID:
    """Who is meant: an id is taken as it is, an address is looked up. Ends the command where there is nobody."""
    try:
        return UUID(named)
    except ValueError:
        pass
    found = [m for m in _members(settings) if m.email.lower() == named.lower()]
    if len(found) != 1:
        fail("no member of staff has this id or e-mail address", Exit.USAGE)
    return found[0].id


def _members(settings: Settings) -> list[StaffMember]:
    from worker.parts import opened

    with opened(settings, connections=1) as parts:
        return parts.directory.all()


def _successor(settings: Settings, text: str) -> dict[str, Any]:
    named, _, roles = text.partition("=")
    known = [role.value for role in Role]
    wanted = [role for role in roles.split(",") if role]
    if unknown := [role for role in wanted if role not in known]:
        fail(f"{', '.join(unknown)}: no such role; known are {', '.join(known)}", Exit.USAGE)
    return {"staff": str(_person(settings, named)), "roles": wanted}


def _handover(settings: Settings, name: str) -> UUID:
    from projections.handovers.queries import find_handovers_by_code
    from projections.reader import Reader

    try:
        return UUID(name.removeprefix(f"{StreamName.HANDOVER.value}-"))
    except ValueError:
        pass
    with Reader(settings.reader, size=1) as reader:
        found = find_handovers_by_code(reader, name)
    if not found:
        fail(f"no hand-over has the code {name}; `putokaz caseload hand-overs` shows them", Exit.WRONG)
    if len(found) > 1:
        ids = ", ".join(str(row.handover) for row in found)
        fail(f"{len(found)} hand-overs have this code; give the id: {ids}", Exit.USAGE)
    return found[0].handover


def register(parent: typer.Typer) -> None:
    parent.add_typer(staff, name="staff", rich_help_panel="Work")
    parent.add_typer(caseload, name="caseload", rich_help_panel="Work")
