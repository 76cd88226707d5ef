"""`putokaz replay events`: a journey decision by decision with cause and effect, or the events of the whole log."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID
from zoneinfo import ZoneInfo

import typer

from domain.codes import StreamName
from worker.cli.here import settings_here
from worker.cli.output import AsJson, Exit, fail, out, plainly, show_json, show_table, text

if TYPE_CHECKING:
    from analysis.browsing.cause import Cause
    from analysis.browsing.decided import Decided
    from analysis.browsing.effect import Effect
    from projections.reader import Reader

Told = dict[str, Any]
_EARLIEST = 1900
"""A year; what is before it is a slip, and beyond what the database counts with."""


@plainly
def events_command(
    journey: Annotated[
        str | None, typer.Option(help="A code (PK-…), an id or a stream: each decision with cause and effect.")
    ] = None,
    kind: Annotated[StreamName | None, typer.Option(help="Only streams of this kind.")] = None,
    topic: Annotated[str | None, typer.Option(help="Only this topic, as journey.step-advanced.")] = None,
    actor: Annotated[UUID | None, typer.Option(help="Only what this person decided.")] = None,
    since: Annotated[str | None, typer.Option("--from", help="Recorded on this day or later: 2026-03-02.")] = None,
    until: Annotated[str | None, typer.Option("--to", help="Recorded on this day or before.")] = None,
    before: Annotated[int | None, typer.Option(min=1, help="Go on from this position of the log.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=500)] = 50,
    as_json: AsJson = False,
) -> None:
    """Show who decided what, when, what caused it and what it caused. Sealed texts stay sealed."""
    from analysis.browsing.log import LogFilter, browse
    from projections.reader import Reader
    from worker.cli.finding import find_stream

    settings = settings_here()
    wanted = LogFilter(kind, topic, actor, _instant(since, time.min), _instant(until, time.max))
    if journey is not None:
        if wanted != LogFilter() or before is not None:
            fail("--journey shows the whole of it; the other options are for the whole log", Exit.USAGE)
        with Reader(settings.reader, size=1) as reader:
            _show_decisions(reader, journey, find_stream(settings, journey), as_json)
        return
    with Reader(settings.reader, size=1) as reader:
        page = browse(reader, wanted, before=before, limit=limit)
    if as_json:
        lines = [
            {
                "position": line.recorded.position,
                "stream": line.recorded.stream,
                "version": line.recorded.version,
                "recorded_at": line.recorded.recorded_at,
                "occurred_at": line.recorded.event.occurred_at,
                "actor": line.recorded.actor,
                "command_id": line.recorded.command_id,
                "topic": line.recorded.event.topic,
                "link": line.link,
            }
            for line in page.lines
        ]
        show_json({"events": lines, "before": page.older})
        return
    show_table(
        ("position", "recorded", "happened", "what", "stream", "version", "who", "chain"),
        (
            [r.position, r.recorded_at, r.event.occurred_at, r.event.topic, r.stream, r.version, r.actor, line.link]
            for line in page.lines
            for r in (line.recorded,)
        ),
    )
    if page.older is not None:
        out.print(f"More: --before {page.older}", style="dim")


def _instant(day: str | None, moment: time) -> datetime | None:
    """The beginning or the end of a day on the clocks of the office."""
    from staff.i18n.words import OFFICE_ZONE

    if day is None:
        return None
    try:
        found = date.fromisoformat(day)
    except ValueError:
        found = date.min
    if not _EARLIEST <= found.year < date.max.year:
        fail(f"{day} is no day; write 2026-03-02", Exit.USAGE)
    return datetime.combine(found, moment, ZoneInfo(OFFICE_ZONE))


def _show_decisions(reader: Reader, name: str, stream: str, as_json: bool) -> None:
    from analysis.browsing.effect import effect_of
    from analysis.browsing.log import cause, decisions
    from domain.streams import name_of

    if name_of(stream) is None:
        fail(f"{name} is no stream that is decided on; `putokaz log show` shows it", Exit.USAGE)
    found = decisions(reader, stream)
    if not found:
        fail(f"there is no stream {name}", Exit.WRONG)
    told = [_told(reader, each, cause(reader, each), effect_of(each)) for each in found]
    if as_json:
        show_json(told)
        return
    for each in told:
        _say(each)


def _told(reader: Reader, decided: Decided, cause: Cause, effect: Effect) -> Told:
    from analysis.browsing.log import receipts

    settled = receipts(reader, effect.messages)
    pin = decided.after.pin
    return {
        "version": decided.version,
        "position": decided.events[-1].position,
        "recorded_at": decided.recorded_at,
        "actor": decided.actor,
        "command_id": decided.command_id,
        "pathway": f"{pin.name} {pin.version}",
        "cause": cause,
        "events": [
            {
                "version": r.version,
                "topic": r.event.topic,
                "occurred_at": r.event.occurred_at,
                "corrects": getattr(r.event, "corrects", None),
            }
            for r in decided.events
        ],
        "owed": [
            {
                "course": owed.course,
                "key": owed.obligation.key,
                "due_at": owed.obligation.due_at,
                "role": owed.obligation.owner.role,
                "staff": owed.obligation.owner.staff,
                "was_due_at": owed.before.due_at if owed.before is not None else None,
            }
            for owed in effect.owed
        ],
        "messages": [
            {"message": message, "receipts": [event.topic for event in settled[message]]} for message in effect.messages
        ],
        "asked": [{"stream": d.stream, "command": d.command.kind, "command_id": d.id} for d in effect.asked],
        "answered": [{"stream": d.stream, "command": d.command.kind} for d in effect.answered],
    }


def _say(told: Told) -> None:
    out.print(
        f"[bold]{told['version']}[/bold]  {text(told['recorded_at'])}  {told['actor']}  {told['pathway']}  "
        f"position {told['position']}"
    )
    _line("because of", _because(told["cause"]))
    for event in told["events"]:
        happened = f", happened {text(event['occurred_at'])}" if event["occurred_at"] else ""
        corrects = f", corrects version {event['corrects']}" if event["corrects"] else ""
        _line(str(event["version"]), f"{event['topic']}{happened}{corrects}")
    for owed in told["owed"]:
        moved = owed["was_due_at"] not in (None, owed["due_at"])
        was = f" (was {text(owed['was_due_at'])})" if moved else ""
        _line(text(owed["course"]), f"{owed['key']}, due {text(owed['due_at'])}{was}, {text(owed['role'])}")
    for message in told["messages"]:
        became = text(message["receipts"]) if message["receipts"] else "on its way"
        _line("message", f"{message['message']}: {became}")
    for asked in told["asked"]:
        _line("asked", f"{asked['stream']}: {asked['command']}")
    for answered in told["answered"]:
        _line("answered", f"{answered['stream']}: {answered['command']}")


def _because(cause: Cause) -> str:
    from analysis.browsing.cause import CauseKind

    match cause.kind:
        case CauseKind.TIMER:
            return f"the timer {cause.rung} of {cause.obligation}"
        case CauseKind.STREAM:
            return f"version {cause.version} of {cause.stream}"
        case CauseKind.ANSWER:
            return f"the answer of {cause.stream}"
        case _:
            return f"a {cause.kind.value}" if cause.kind is CauseKind.PERSON else "the system"


def _line(what: str, about: str) -> None:
    out.print(f"     {what:<10} {about}", markup=False)
