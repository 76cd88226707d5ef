"""`putokaz journey …` and `putokaz stalled`: the main job without a browser."""

from __future__ import annotations

import asyncio
import json
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID, uuid4

import typer

from domain.codes import SYSTEM_ACTOR, Phase, StallCause
from domain.journey.state import StepStatus, journey_stream
from worker.cli.here import settings_here
from worker.cli.output import AsJson, Exit, fail, out, plainly, show_json, show_table
from worker.settings import Settings

app = typer.Typer(no_args_is_help=True, help="Journeys of clients, by code only.")

Name = Annotated[str, typer.Argument(help="A code (PK-…) or the id of a journey.")]
Actor = Annotated[UUID, typer.Option(help="Who decides: the id of a member of staff.")]
CommandId = Annotated[
    UUID | None, typer.Option(help="Give the same id again to repeat a command of which no answer came back.")
]
NOBODY = SYSTEM_ACTOR


@app.command("list")
@plainly
def show_all(
    phase: Annotated[Phase | None, typer.Option(help="Only these.")] = None,
    stage: Annotated[str | None, typer.Option(help="Only those in this stage.")] = None,
    stalled: Annotated[bool | None, typer.Option("--stalled/--moving", help="Only such.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=500)] = 50,
    as_json: AsJson = False,
) -> None:
    """List journeys: where each stands and what is next."""
    from projections.journey_list.queries import JourneyFilter, list_journeys
    from projections.reader import Reader

    with Reader(settings_here().reader, size=1) as reader:
        page = list_journeys(reader, JourneyFilter(phase=phase, stage=stage, stalled=stalled), limit=limit)
    if as_json:
        show_json({"total": page.total, "rows": page.rows})
        return
    columns = ("code", "phase", "stages", "next_step", "next_due_on", "stalled", "opened_at")
    show_table(columns, ([getattr(row, c) for c in columns] for row in page.rows), total=page.total)


@app.command()
@plainly
def show(name: Name, actor: Actor = NOBODY, as_json: AsJson = False) -> None:
    """Show one journey: its open steps first, then what happened, newest first."""
    from domain.rights.parts import hidden_topics
    from projections.journey_file.queries import file, timeline
    from projections.reader import Reader
    from staff.guard.portion import portion
    from worker.cli.finding import find_journey
    from worker.cli.parts_shown import show_parts
    from worker.cli.reading_rights import require_some_part, stance_of
    from worker.cli.recipients import recipients

    settings = settings_here()
    journey = find_journey(settings, name)
    stance = stance_of(settings, actor, journey_stream(journey))
    if stance is not None:
        require_some_part(stance, journey_stream(journey))
    with Reader(settings.reader, size=1) as reader:
        found = file(reader, journey)
        if found is None:
            fail(f"there is no journey {name}", Exit.WRONG)
        found = found if stance is None else portion(found, stance)
        hidden = () if stance is None else hidden_topics(stance)
        rows = timeline(reader, journey, hidden=hidden, limit=30).rows
    if as_json:
        brief = [{"version": r.version, "topic": r.topic, "recorded_at": r.recorded_at} for r in rows]
        show_json({"file": found, "timeline": brief})
        return
    header = found.header
    pathway = f"{header.pathway} {header.pathway_version}"
    out.print(f"[bold]{header.code}[/bold]  {header.phase.value}  {pathway}  version {header.version}")
    show_table(
        ("open step", "part version", "role", "due", "stalled"),
        ([s.part, s.version, s.role, s.due_on, s.stalled] for s in found.steps if s.status is StepStatus.OPEN),
    )
    with recipients(settings, found.document) as named:
        show_parts(found.document, named)
    show_table(("version", "recorded", "what"), ([r.version, r.recorded_at, r.topic] for r in rows))


@app.command("open")
@plainly
def open_journey(
    pathway: Annotated[str, typer.Option(help="Name of the pathway; its newest version is pinned.")] = "astra",
    caseworker: Annotated[UUID | None, typer.Option(help="Assigned at once.")] = None,
    actor: Actor = NOBODY,
    command_id: CommandId = None,
    as_json: AsJson = False,
) -> None:
    """Open a journey on the newest version of a pathway."""
    from activities.pathway_files import PathwayStore
    from domain.journey.naming import journey_code
    from domain.journey.opening import OpenJourney

    settings = settings_here()
    pin = PathwayStore(settings.pathways).latest(pathway).pin
    # The id of the journey follows from that of the command, so that a repetition opens no second one.
    order_id = command_id or uuid4()
    journey = order_id
    answer = submit(settings, journey_stream(journey), OpenJourney(pin=pin, caseworker=caseworker), order_id, actor)
    show_answer({"journey": journey, "code": journey_code(journey), **answer}, as_json)


@app.command()
@plainly
def decide(
    name: Name,
    kind: Annotated[str, typer.Argument(help="Kind of command: advance-step, give-consent, assign, close-journey …")],
    fields: Annotated[
        list[str] | None, typer.Argument(help="Fields as name=value; JSON where it is no plain word.")
    ] = None,
    actor: Actor = NOBODY,
    command_id: CommandId = None,
    preview: Annotated[bool, typer.Option("--preview", help="Only say what it would do.")] = False,
    as_json: AsJson = False,
) -> None:
    """Give a command to a journey. Texts (note=…) are sealed here.

    putokaz journey decide PK-4F7K2Q9 advance-step step=safe-contact outcome=done
    """
    from domain.command import parse, texts_to_seal
    from worker.cli.finding import find_journey
    from worker.cli.sealing import command_for

    settings = settings_here()
    given = dict(field_of(each) for each in fields or ())
    stream = journey_stream(find_journey(settings, name))
    if preview:
        texts = texts_to_seal(kind, given)
        command = parse(kind, {name: value for name, value in given.items() if name not in texts})
        show_answer(preview_of(settings, stream, command, actor), as_json)
        return
    order_id = command_id or uuid4()
    command = command_for(settings, stream, kind, given, order_id)
    show_answer(submit(settings, stream, command, order_id, actor), as_json)


@plainly
def stalled(
    cause: Annotated[StallCause | None, typer.Option(help="Only these.")] = None,
    place: Annotated[str | None, typer.Option(help="Only in this stage, or of this kind (kind:review).")] = None,
    limit: Annotated[int, typer.Option(min=1, max=500)] = 50,
    as_json: AsJson = False,
) -> None:
    """Show what stands still, why, and whose move it is; oldest first."""
    from eventlog.log import EventLog
    from projections.reader import Reader
    from projections.stalled_board.queries import StalledFilter
    from projections.stalled_board.queries import stalled as board

    settings = settings_here()
    with EventLog(settings.reader, size=1) as log, Reader(settings.reader, size=1) as reader:
        page = board(reader, StalledFilter(place=place, cause=cause), now=log.now(), limit=limit)
    if as_json:
        show_json({"total": page.total, "rows": page.rows})
        return
    columns = ("code", "kind", "what", "stage", "cause", "mover", "next_action", "working_days", "since")
    show_table(columns, ([getattr(row, c) for c in columns] for row in page.rows), total=page.total)


def field_of(given: str) -> tuple[str, Any]:
    """A field as it is typed: name=value, JSON where it is no plain word."""
    name, equals, value = given.partition("=")
    if not equals:
        fail(f"{given}: a field is written name=value", Exit.USAGE)
    try:
        return name, json.loads(value)
    except ValueError:
        return name, value


def submit(settings: Settings, stream: str, command: Any, command_id: UUID, actor: UUID) -> dict[str, Any]:
    """Gives a command to a stream by the road, and says what came of it."""
    from domain.command import to_wire
    from worker.parts import opened
    from worker.road import Arrived, Road
    from worker.temporal import temporal
    from workflows.messages import Order

    order = Order(stream=stream, command_id=command_id, actor=actor, command=to_wire(command))

    async def take() -> Arrived:
        with opened(settings, connections=1) as parts:
            client = await temporal(settings, lazy=True)
            return await Road(client, parts.recorder).take(order)

    arrived = asyncio.run(take())
    answer = arrived.answer
    return {
        "answer": answer.kind,
        "version": answer.version,
        "position": answer.position,
        "way": arrived.way,
        "command_id": command_id,
        "refusal": json.loads(answer.refusal) if answer.refusal else None,
    }


def preview_of(settings: Settings, stream: str, command: Any, actor: UUID) -> dict[str, Any]:
    """What a command of `actor` to a stream would do."""
    from domain.refusal import Refused
    from worker.parts import opened

    with opened(settings, connections=1) as parts:
        decision = parts.recorder.foresee(stream, command, actor).decision
    if isinstance(decision, Refused):
        return {"answer": "refused", "refusal": decision.model_dump(mode="json", exclude_none=True)}
    return {
        "answer": "would be recorded",
        "events": [{"topic": e.topic, **e.model_dump(mode="json", exclude_none=True)} for e in decision],
    }


def show_answer(answer: dict[str, Any], as_json: bool) -> None:
    """Shows it; a refusal has an exit code of its own."""
    if as_json:
        show_json(answer)
    else:
        for name, value in answer.items():
            if value is not None:
                _show_line(name, value)
    if answer.get("refusal"):
        raise typer.Exit(Exit.REFUSED)


def _show_line(name: str, value: object) -> None:
    if isinstance(value, list):
        for item in value:
            _show_line(name, json.dumps(item, ensure_ascii=False, default=str))
        return
    shown = json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else _word(value)
    out.print(f"{name:<12} {shown}", markup=False)


def _word(value: object) -> str:
    return str(getattr(value, "value", value)) if not isinstance(value, datetime) else value.isoformat()


def register(parent: typer.Typer) -> None:
    parent.add_typer(app, name="journey", rich_help_panel="Work")
    parent.command(rich_help_panel="Work")(stalled)
