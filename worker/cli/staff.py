"""`putokaz staff list | absent | back | leave | rejoin`: who is at work, who covers, who has left.

`invite` and `end-sessions` are about how somebody signs in.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any
from uuid import UUID, uuid4

import typer

from worker.cli.here import settings_here
from worker.cli.journeys import NOBODY, Actor, CommandId, show_answer, submit
from worker.cli.output import AsJson, out, plainly, show_json, show_table, text
from worker.cli.own_sign_in import remove_account, sign_in_parts
from worker.cli.people import Pathway, Person, To, command_of, day_of, newest_pin, person_of, successor_of
from worker.settings import Settings

staff = typer.Typer(no_args_is_help=True, help="Who is at work, absent, or has left.")


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
        "pin": newest_pin(settings, pathway),
        "first_day": day_of(first),
        "last_day": day_of(last),
        "cover": person_of(settings, cover) if cover else None,
    }
    _tell(settings, person_of(settings, person), "plan-absence", fields, actor, command_id, as_json)


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
    """End an absence early; one that has not begun is taken back with `cancel`."""
    settings = settings_here()
    fields = {"back_on": day_of(on) if on else None, "number": number}
    _tell(settings, person_of(settings, person), "come-back", fields, actor, command_id, as_json)


@staff.command()
@plainly
def cancel(
    person: Person,
    number: Annotated[int | None, typer.Option(help="Which absence; the earliest ahead by default.")] = None,
    actor: Actor = NOBODY,
    command_id: CommandId = None,
    as_json: AsJson = False,
) -> None:
    """Take back an absence before it begins."""
    settings = settings_here()
    _tell(settings, person_of(settings, person), "cancel-absence", {"number": number}, actor, command_id, as_json)


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
    fields = {"pin": newest_pin(settings, pathway), "successors": [successor_of(settings, each) for each in to]}
    leaver = person_of(settings, person)
    _tell(settings, leaver, "leave", fields, actor, command_id, as_json)
    remove_account(settings, leaver)


@staff.command()
@plainly
def rejoin(person: Person, actor: Actor = NOBODY, command_id: CommandId = None, as_json: AsJson = False) -> None:
    """Somebody works here again. What was handed over stays where it is."""
    settings = settings_here()
    _tell(settings, person_of(settings, person), "rejoin", {}, actor, command_id, as_json)


@staff.command()
@plainly
def invite(person: Person, as_json: AsJson = False) -> None:
    """Print a link by which somebody sets how they sign in: good once, for 72 hours.

    Used, it deletes what they signed in by before: so it is also the way back for whoever has lost everything. Give it
    to them yourself, not by a way that others read.
    """
    from datetime import UTC, datetime

    from vault.sign_ins import SignInAct

    settings = settings_here()
    who = person_of(settings, person)
    with sign_in_parts(settings) as parts:
        link = parts.invitations.invite(who, now=datetime.now(UTC))
        parts.record.note(who, SignInAct.INVITED, actor=NOBODY)
    address = f"{settings.address}/invitation/{link.token}"
    if as_json:
        show_json({"staff": who, "address": address, "expires_at": link.expires_at})
        return
    out.print(address)
    out.print(f"Good once, until {text(link.expires_at)}, and not shown again")


@staff.command("end-sessions")
@plainly
def end_sessions(person: Person, as_json: AsJson = False) -> None:
    """Sign somebody out at every device, from their next request on. They sign in again as before."""
    from vault.sign_ins import SignInAct

    settings = settings_here()
    who = person_of(settings, person)
    with sign_in_parts(settings) as parts:
        ended = parts.sessions.end_all_of(who)
        if ended:
            parts.record.note(who, SignInAct.ALL_ENDED, actor=NOBODY)
    if as_json:
        show_json({"staff": who, "ended": ended})
        return
    out.print(f"{ended} ended")


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

    answer = submit(settings, attendance_stream(person), command_of(kind, fields), command_id or uuid4(), actor)
    show_answer({"staff": person, **answer}, as_json)


def register(parent: typer.Typer) -> None:
    parent.add_typer(staff, name="staff", rich_help_panel="Work")
