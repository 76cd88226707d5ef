"""From what a person types to a member of staff, a successor, a day: what `staff` and `caseload` have in common."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import typer

from domain.codes import Role
from worker.cli.output import Exit, fail
from worker.settings import Settings

if TYPE_CHECKING:
    from vault.staff import StaffMember

Person = Annotated[str, typer.Argument(help="Id or e-mail address of a member of staff.")]
Pathway = Annotated[str, typer.Option(help="By whose zone days are counted; its newest version is pinned.")]
To = Annotated[
    list[str],
    typer.Option("--to", help="Who takes over, repeated: id or e-mail address; `address=lawyer,caseworker` for roles."),
]


def command_of(kind: str, fields: dict[str, Any]) -> Any:
    import json

    import domain.streams
    from domain.command import parse

    assert domain.streams.KINDS, "every kind of stream is known"
    return parse(kind, json.loads(json.dumps({k: v for k, v in fields.items() if v is not None}, default=str)))


def newest_pin(settings: Settings, pathway: str) -> dict[str, Any]:
    from activities.pathway_files import PathwayStore

    return PathwayStore(settings.pathways).latest(pathway).pin.model_dump(mode="json")


def day_of(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        fail(f"{text} is no day; write 2026-07-01", Exit.USAGE)


def person_of(settings: Settings, named: str) -> UUID:
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


def successor_of(settings: Settings, text: str) -> dict[str, Any]:
    named, _, roles = text.partition("=")
    known = [role.value for role in Role]
    wanted = [role for role in roles.split(",") if role]
    if unknown := [role for role in wanted if role not in known]:
        fail(f"{', '.join(unknown)}: no such role; known are {', '.join(known)}", Exit.USAGE)
    return {"staff": str(person_of(settings, named)), "roles": wanted}
