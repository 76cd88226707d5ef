"""`putokaz letters list | resend | wishes`: what became of messages, one more time, how somebody wants them."""

from __future__ import annotations

import asyncio
from contextlib import closing
from dataclasses import fields, replace
from datetime import time
from typing import Annotated, Any
from uuid import UUID, uuid4

import typer

from domain.codes import SYSTEM_ACTOR
from worker.cli.finding import find_stream
from worker.cli.here import settings_here
from worker.cli.output import AsJson, Exit, fail, out, plainly, show_json, show_table

Name = Annotated[str, typer.Argument(help="A code (PK-…), the id of a journey, or a stream.")]
_COLUMNS = (
    "asked_at",
    "obligation",
    "channel",
    "message",
    "settled_at",
    "reason",
    "recipients",
    "digest",
    "doubt",
    "again",
)


@plainly
def list_command(name: Name, as_json: AsJson = False) -> None:
    """Every message that a journey asked for: sent to whom and when, dropped and why, or still on its way."""
    from activities.postbook import postbook
    from worker.parts import opened

    settings = settings_here()
    stream = find_stream(settings, name)
    with opened(settings, connections=1) as parts:
        entries = postbook(parts.log, stream)
    if as_json:
        show_json([{f.name: getattr(each, f.name) for f in fields(each)} for each in entries])
        return
    show_table(_COLUMNS, ([_shown(getattr(each, c)) for c in _COLUMNS] for each in entries), total=len(entries))


@plainly
def resend_command(
    name: Name,
    message: Annotated[UUID, typer.Argument(help="As `putokaz letters list` names it.")],
    as_json: AsJson = False,
) -> None:
    """Send a letter again, now, to whoever it would go to now. Not about a date that holds no longer."""
    from domain.errors import Unavailable
    from staff.ports import LetterRefused, LetterUnknown
    from worker.mailing import deliverer
    from worker.parts import opened
    from worker.resending import StaffLetters

    settings = settings_here()
    stream = find_stream(settings, name)
    with opened(settings, connections=2) as parts:
        post = deliverer(settings, parts)
        try:
            again = asyncio.run(StaffLetters(parts.log, lambda: post).resend(stream, message))
        except LetterUnknown:
            fail(f"{name} asked for no message with this name; `putokaz letters list {name}` shows them", Exit.USAGE)
        except LetterRefused as refused:
            fail(str(refused), Exit.USAGE if post is None else Exit.REFUSED)
        except Unavailable as away:
            fail(str(away), Exit.UNAVAILABLE)
    if as_json:
        show_json({"message": again})
    else:
        out.print(f"Sent again, as {again}.")


@plainly
def wishes_command(
    staff: Annotated[str, typer.Option("--staff", help="Id or e-mail address of the member of staff.")],
    pace: Annotated[str | None, typer.Option(help="digest: all in one a day; each: each by itself.")] = None,
    channel: Annotated[str | None, typer.Option(help="email, or sms: short messages of what is due as well.")] = None,
    phone: Annotated[str | None, typer.Option(help="As +381…; empty: none.")] = None,
    quiet: Annotated[str | None, typer.Option(help="Quiet hours, as 21:00-07:00; empty: none.")] = None,
    digest_at: Annotated[str | None, typer.Option(help="The hour of the digest, as 08:30.")] = None,
    zone: Annotated[str | None, typer.Option(help="The zone of these hours, as Europe/Belgrade.")] = None,
    as_json: AsJson = False,
) -> None:
    """Show how somebody wants to be told, and change what is given. It holds for what waits already."""
    from vault.preferences import stored
    from vault.staff_register import StaffRegister, version_of
    from worker.parts import opened

    settings = settings_here()
    with opened(settings, connections=1) as parts:
        found = [m for m in parts.directory.all() if staff.lower() in {str(m.id), m.email.lower()}]
        if len(found) != 1:
            fail("no member of staff has this id or e-mail address", Exit.USAGE)
        (member,) = found
        try:
            wanted = replace(member.preferences, **_changes(pace, channel, phone, quiet, digest_at, zone))
        except ValueError as wrong:
            fail(str(wrong), Exit.USAGE)
        if wanted != member.preferences:
            seen = version_of(member.preferences)
            with closing(StaffRegister(settings.vault, parts.keys, size=1)) as register:
                register.settle(member.id, wanted, seen=seen, actor=SYSTEM_ACTOR, command_id=uuid4())
    if as_json:
        show_json(stored(wanted))
        return
    for key, value in stored(wanted).items():
        out.print(f"{key:<12} {value or '–'}", markup=False)


def _changes(
    pace: str | None, channel: str | None, phone: str | None, quiet: str | None, digest_at: str | None, zone: str | None
) -> dict[str, Any]:
    """What is given, as fields. Raises `ValueError`, without what was typed: a number is nobody's business."""
    from vault.preferences import Channel, Pace

    given: dict[str, Any] = {}
    try:
        given |= {"pace": Pace(pace)} if pace is not None else {}
        given |= {"channel": Channel(channel)} if channel is not None else {}
    except ValueError:
        raise ValueError("--pace is digest or each, --channel email or sms") from None
    given |= {"phone": phone or None} if phone is not None else {}
    given |= {"zone": zone} if zone is not None else {}
    try:
        if quiet is not None:
            since, _, until = quiet.partition("-")
            hours = (time.fromisoformat(since), time.fromisoformat(until)) if quiet else (None, None)
            given |= {"quiet_from": hours[0], "quiet_until": hours[1]}
        given |= {"digest_at": time.fromisoformat(digest_at)} if digest_at is not None else {}
    except ValueError:
        raise ValueError("hours are written as 08:30, quiet hours as 21:00-07:00") from None
    return given


def _shown(value: object) -> object:
    return ", ".join(str(each) for each in value) if isinstance(value, tuple) else value


def register(parent: typer.Typer) -> None:
    """Adds the commands."""
    letters = typer.Typer(help="Messages to staff.", no_args_is_help=True)
    letters.command("list")(list_command)
    letters.command("resend")(resend_command)
    letters.command("wishes")(wishes_command)
    parent.add_typer(letters, name="letters", rich_help_panel="People")
