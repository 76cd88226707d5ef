"""`putokaz replay …`: a journey or a board as of any moment, by either clock, and two moments side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer

from analysis.travel.moment import Clock, Moment
from worker.cli.flow import flow
from worker.cli.here import settings_here
from worker.cli.output import AsJson, Exit, fail, out, plainly, show_json, show_table, text
from worker.cli.replay_boards import BoardName, board_then
from worker.cli.replay_events import events_command
from worker.cli.replay_refusals import refusal_command, refusals_command
from worker.cli.replay_reports import report_command, reports_command
from worker.cli.what_if import what_if
from worker.settings import Settings

if TYPE_CHECKING:
    from analysis.travel.comparing import Fields
    from analysis.travel.history import History
    from domain.event import Event, Recorded
    from projections.reader import Reader

app = typer.Typer(no_args_is_help=True, help="The past: any journey, any board, at any moment.")
app.command("what-if")(what_if)
app.command("events")(events_command)
app.command("refusals")(refusals_command)
app.command("refusal")(refusal_command)
app.command("reports")(reports_command)
app.command("report")(report_command)

Name = Annotated[str, typer.Argument(help="A code (PK-…) or the id of a journey.")]
At = Annotated[str, typer.Option(help="2026-03-02T10:00 on the clocks of the office; a day alone means its end.")]
OnClock = Annotated[
    Clock,
    typer.Option(help="known: what had been recorded by then. occurred: what had happened by then, as we know now."),
]
Limit = Annotated[int, typer.Option(min=1, max=500)]


@app.command("journey")
@plainly
def show_journey(
    name: Name,
    at: At,
    clock: OnClock = Clock.KNOWN,
    step: Annotated[bool, typer.Option("--step", help="Each decision up to then, and what it changed.")] = False,
    as_json: AsJson = False,
) -> None:
    """Show a journey as of a moment, or decision by decision."""
    from analysis.travel.journeys import journey_of
    from domain.journey.state import StepStatus
    from worker.cli.parts_shown import show_parts
    from worker.cli.recipients import recipients

    settings = settings_here()
    with _travelling(settings) as (reader, now):
        journey, history = _history(settings, reader, name)
        moment = Moment(_moment(at, now), clock)
        _begun(name, history, moment)
        if step:
            _step(reader, journey, history, moment, as_json)
            return
        then = journey_of(reader, journey, history, moment)
    if then.file is None:
        fail(f"{name} cannot be shown as of then: nothing of it had begun by that clock", Exit.WRONG)
    if as_json:
        told = [{"version": r.version, "topic": r.topic, "recorded_at": r.recorded_at} for r in then.timeline]
        left_out = [each.version for each in then.past.unplaced]
        show_json({"at": moment.at, "clock": clock, "file": then.file, "timeline": told, "unplaced": left_out})
        return
    _say_when(moment)
    header = then.file.header
    out.print(f"[bold]{header.code}[/bold]  {header.phase.value}  {header.pathway} {header.pathway_version}")
    show_table(
        ("open step", "role", "due", "stalled"),
        ([s.part, s.role, s.due_on, s.stalled] for s in then.file.steps if s.status is StepStatus.OPEN),
    )
    with recipients(settings, then.file.document) as named:
        show_parts(then.file.document, named)
    show_table(("version", "recorded", "what"), ([r.version, r.recorded_at, r.topic] for r in then.timeline))
    for each in then.past.unplaced:
        out.print(
            f"Left out: version {each.version}, {each.event.topic}. By its date it speaks of something not there yet."
        )


@app.command("board")
@plainly
def show_board(
    board: Annotated[BoardName, typer.Argument(help="Which board.")],
    at: At,
    clock: OnClock = Clock.KNOWN,
    limit: Limit = 50,
    as_json: AsJson = False,
) -> None:
    """Show a board as of a moment."""
    from analysis.travel.boards import board_reader
    from projections.past.reader import position_at

    with _travelling(settings_here()) as (reader, now):
        moment = Moment(_moment(at, now), clock)
        if not position_at(reader, moment.at) and clock is Clock.KNOWN:
            fail("nothing had been recorded by then: the log begins later", Exit.WRONG)
        shown = board_then(board_reader(reader, moment), board, moment.at, limit)
    if as_json:
        show_json({"at": moment.at, "clock": clock, "total": shown.total, "rows": shown.rows})
        return
    _say_when(moment)
    show_table(shown.columns, shown.table, total=shown.total)


@app.command("compare")
@plainly
def compare_journey(
    name: Name,
    since: Annotated[str, typer.Option("--from", help="The earlier moment, as for --at elsewhere.")],
    until: Annotated[str, typer.Option("--to", help="The later moment.")],
    clock: OnClock = Clock.KNOWN,
    as_json: AsJson = False,
) -> None:
    """Compare a journey at two moments: what differs, and exactly the events between."""
    from analysis.travel.comparing import between, compare
    from analysis.travel.journeys import journey_of, shown_of

    settings = settings_here()
    with _travelling(settings) as (reader, now):
        journey, history = _history(settings, reader, name)
        first, second = Moment(_moment(since, now), clock), Moment(_moment(until, now), clock)
        if second.at < first.at:
            fail("--from is later than --to", Exit.USAGE)
        _begun(name, history, second)
        before, after = (journey_of(reader, journey, history, moment) for moment in (first, second))
    compared = compare(shown_of(before.file), shown_of(after.file))
    events = between(before.past, after.past).came
    if as_json:
        told = [
            {"version": each.version, "topic": each.event.topic, "recorded_at": each.recorded_at} for each in events
        ]
        show_json({"from": first.at, "to": second.at, "clock": clock, "differs": compared, "events": told})
        return
    if compared.is_same:
        out.print("Nothing that a file shows of it differs.")
    show_table(("came", "as"), ([key, _fields(fields)] for key, fields in compared.came.items()))
    show_table(("went", "was"), ([key, _fields(fields)] for key, fields in compared.went.items()))
    differs: list[list[object]] = []
    for key, changes in compared.changed.items():
        differs += [[key, each.field, each.before, each.after] for each in changes]
    show_table(("changed", "field", "before", "after"), differs)
    show_table(("version", "recorded", "what"), ([e.version, e.recorded_at, e.event.topic] for e in events))
    out.print(f"{len(events)} events between.")


@contextmanager
def _travelling(settings: Settings) -> Iterator[tuple[Reader, datetime]]:
    """The read models, and the log's clock now."""
    from eventlog.log import EventLog
    from projections.reader import Reader

    with EventLog(settings.reader, size=1) as log, Reader(settings.reader, size=1) as reader:
        yield reader, log.now()


def _moment(typed: str, now: datetime) -> datetime:
    """Ends the command where that is no moment, or has not come yet."""
    from analysis.travel.asking import instant_of
    from staff.i18n.words import OFFICE_ZONE

    found = instant_of(typed, OFFICE_ZONE, now)
    if found is None:
        fail(f"{typed} is no date; write 2026-03-02 or 2026-03-02T10:00", Exit.USAGE)
    if found > now:
        fail(f"{typed} has not come yet: it is {_office(now)}, and the future is not known", Exit.USAGE)
    return found


def _history(settings: Settings, reader: Reader, name: str) -> tuple[UUID, History]:
    from analysis.travel.journeys import read_history
    from worker.cli.finding import find_journey

    journey = find_journey(settings, name)
    history = read_history(reader, journey)
    if not history:
        fail(f"there is no journey {name}", Exit.WRONG)
    return journey, history


def _begun(name: str, history: History, moment: Moment) -> None:
    from analysis.travel.history import happened_at

    first = history[0].recorded_at if moment.clock is Clock.KNOWN else happened_at(history)[history[0].version]
    if moment.at < first:
        fail(f"{name} had not begun by then: its first event is of {_office(first)}", Exit.WRONG)


def _step(reader: Reader, journey: UUID, history: History, moment: Moment, as_json: bool) -> None:
    """Each decision with what of the file it changed: the file just before it against the file just after."""
    from analysis.travel.comparing import compare
    from analysis.travel.decisions import decisions_of, reached
    from analysis.travel.journeys import journey_of, shown_of

    decisions = decisions_of(history, moment.clock)
    taken = decisions[: reached(decisions, moment)]
    before: Mapping[str, Fields] = {}
    told = []
    for number, each in enumerate(taken, 1):
        # Decisions of one instant come one after another: what later ones tell of does not belong to this one.
        versions = {event.version for decision in taken[:number] for event in decision.events}
        so_far = [event for event in history if event.version in versions]
        after = shown_of(journey_of(reader, journey, so_far, Moment(each.at, moment.clock)).file)
        told.append((number, each, compare(before, after)))
        before = after
    if as_json:
        show_json(
            [
                {
                    "number": number,
                    "at": each.at,
                    "actor": each.actor,
                    "topics": _topics(each.events),
                    "changed": compared,
                }
                for number, each, compared in told
            ]
        )
        return
    _say_when(moment)
    for number, each, compared in told:
        out.print(f"[bold]{number}[/bold]  {_office(each.at)}  {', '.join(_topics(each.events))}")
        for sign, found in (("+", compared.came), ("-", compared.went)):
            for key, fields in found.items():
                out.print(f"     {sign} {key}  {_fields(fields)}", markup=False)
        for key, changes in compared.changed.items():
            said = ", ".join(f"{c.field}: {text(c.before)} → {text(c.after)}" for c in changes)
            out.print(f"     * {key}  {said}", markup=False)


def _topics(events: tuple[Recorded[Event], ...]) -> list[str]:
    return [each.event.topic for each in events]


def _fields(fields: Fields) -> str:
    return ", ".join(f"{name}: {text(value)}" for name, value in fields.items() if value is not None)


def _office(instant: datetime) -> str:
    """On the clocks of the office, as --at is typed."""
    from zoneinfo import ZoneInfo

    from staff.i18n.words import OFFICE_ZONE

    return instant.astimezone(ZoneInfo(OFFICE_ZONE)).strftime("%Y-%m-%dT%H:%M")


def _say_when(moment: Moment) -> None:
    how = "As known on" if moment.clock is Clock.KNOWN else "As it was, by what is known now, on"
    out.print(f"[reverse] {how} {_office(moment.at)} [/reverse]")


app.command("flow")(flow)


def register(parent: typer.Typer) -> None:
    parent.add_typer(app, name="replay", rich_help_panel="Looking")
