"""`putokaz feed create | list | revoke`: private calendars of members of staff."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated
from uuid import UUID, uuid4

import typer

from domain.codes import SYSTEM_ACTOR
from worker.cli.here import settings_here
from worker.cli.output import AsJson, Exit, fail, out, plainly, show_json, show_table
from worker.settings import Settings

if TYPE_CHECKING:
    from vault.feeds import CalendarFeeds, Feed
    from vault.staff import StaffMember
    from vault.staff_register import StaffRegister

Staff = Annotated[str, typer.Option("--staff", help="Id or e-mail address of the member of staff.")]


@dataclass(frozen=True, slots=True)
class _Office:
    """Who works here, and their feeds."""

    settings: Settings
    members: dict[UUID, StaffMember]
    feeds: CalendarFeeds
    register: StaffRegister
    """By which feeds are made and revoked: each leaves its line in the log of accounts, as from the pages."""

    def find(self, named: str) -> StaffMember:
        """The one who is meant; ends the command where there is none."""
        found = [m for m in self.members.values() if named.lower() in {str(m.id), m.email.lower()}]
        if len(found) != 1:
            fail("no member of staff has this id or e-mail address", Exit.USAGE)
        return found[0]

    def revoke(self, feeds: list[Feed]) -> int:
        """How many of them were open until now."""
        done = [self.register.revoke_feed(f.staff, f.id, actor=SYSTEM_ACTOR, command_id=uuid4()) for f in feeds]
        return sum(done)


@contextmanager
def _office() -> Iterator[_Office]:
    from vault.feeds import CalendarFeeds
    from vault.staff_register import StaffRegister
    from worker.parts import opened

    settings = settings_here()
    with (
        opened(settings) as parts,
        closing(CalendarFeeds(settings.vault, size=1)) as feeds,
        closing(StaffRegister(settings.vault, parts.keys, size=1)) as register,
    ):
        yield _Office(settings, {member.id: member for member in parts.directory.all()}, feeds, register)


@plainly
def create_command(
    staff: Staff,
    days: Annotated[int, typer.Option(min=1, max=366, help="For how long it opens.")] = 180,
    as_json: AsJson = False,
) -> None:
    """Make a feed and show its address once: whoever has the address reads that person's appointments."""
    with _office() as office:
        whose, lasts = office.find(staff).id, timedelta(days=days)
        made = office.register.make_feed(whose, lasts=lasts, actor=SYSTEM_ACTOR, command_id=uuid4())
        assert made is not None, "no feed was made by this command before"
        address = f"{office.settings.address}/calendar/{made.token}.ics"
    if as_json:
        show_json({"id": made.feed.id, "address": address, "expires_at": made.feed.expires_at})
        return
    out.print(address)
    out.print(
        f"Opens until {made.feed.expires_at:%Y-%m-%d} and is not shown again. A lost telephone: putokaz feed revoke"
    )


@plainly
def list_command(
    staff: Annotated[str | None, typer.Option("--staff", help="Of this one only: id or e-mail address.")] = None,
    as_json: AsJson = False,
) -> None:
    """Every feed that there is or was: whose, until when, when it was last asked for. Never a token."""
    with _office() as office:
        found = office.feeds.of(office.find(staff).id if staff else None)
        members = office.members
    if as_json:
        show_json([_plain(feed) for feed in found])
        return
    rows = (
        (f.id, members[f.staff].name if f.staff in members else f.staff, _state(f), f.expires_at, f.last_used_at)
        for f in found
    )
    show_table(("feed", "whose", "state", "opens until", "last asked for"), rows, total=len(found))


@plainly
def revoke_command(
    feed: Annotated[UUID | None, typer.Argument(help="As `list` names it.")] = None,
    staff: Annotated[str | None, typer.Option("--staff", help="All of this one: id or e-mail address.")] = None,
) -> None:
    """Close one feed, or all of a person, at once and for good."""
    if (feed is None) == (staff is None):
        fail("name one feed, or a person with --staff", Exit.USAGE)
    with _office() as office:
        if staff is not None:
            out.print(f"{office.revoke(office.feeds.of(office.find(staff).id))} revoked.")
        elif office.revoke([each for each in office.feeds.of(None) if each.id == feed]):
            out.print("Revoked.")
        else:
            fail("there is no such feed, or it was revoked before", Exit.REFUSED)


def _state(feed: Feed) -> str:
    if feed.is_living:
        return "open"
    return "revoked" if feed.revoked_at else "expired"


def _plain(feed: Feed) -> dict[str, object]:
    return {
        "id": feed.id,
        "staff": feed.staff,
        "state": _state(feed),
        "created_at": feed.created_at,
        "expires_at": feed.expires_at,
        "last_used_at": feed.last_used_at,
    }


def register(parent: typer.Typer) -> None:
    """Adds the commands."""
    feed = typer.Typer(help="Private calendars of members of staff.", no_args_is_help=True)
    feed.command("create")(create_command)
    feed.command("list")(list_command)
    feed.command("revoke")(revoke_command)
    parent.add_typer(feed, name="feed", rich_help_panel="People")
