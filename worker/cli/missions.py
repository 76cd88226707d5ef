"""`putokaz mission …`: field missions from the plan to the report, without a browser."""

from __future__ import annotations

import json
from typing import Annotated, Any
from uuid import UUID, uuid4

import typer
from pydantic import TypeAdapter

from domain.codes import StreamName
from domain.mission.codes import OPEN, OUT, AbortReason, CheckInWord, MissionPurpose
from domain.mission.state import mission_stream
from worker.cli.here import settings_here
from worker.cli.journeys import NOBODY, Actor, CommandId, field_of, preview_of, show_answer, submit
from worker.cli.output import AsJson, Exit, fail, out, plainly, show_json, show_table
from worker.settings import Settings

app = typer.Typer(no_args_is_help=True, help="Field missions, by code only.")

Name = Annotated[str, typer.Argument(help="A code (PM-…) or the id of a mission.")]
At = Annotated[str | None, typer.Option("--at", help="When it happened, if not now: 2026-03-03T10:00+01:00.")]
Note = Annotated[str | None, typer.Option(help="Free text; sealed before it travels.")]
_COLUMNS = ("code", "phase", "purpose", "departure", "expected_return", "next_kind", "next_due_at", "rings")


@app.command("list")
@plainly
def show_all(
    which: Annotated[str, typer.Option("--phase", help="open, out, or all.")] = "open",
    staff: Annotated[UUID | None, typer.Option(help="Only those of whose team this person is.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=500)] = 50,
    as_json: AsJson = False,
) -> None:
    """List missions: where each stands, and when it is to be heard of."""
    from projections.missions.queries import MissionFilter, list_missions
    from projections.reader import Reader

    phases = {"open": OPEN, "out": OUT, "all": None}
    if which not in phases:
        fail(f"--phase is one of {', '.join(phases)}", Exit.USAGE)
    with Reader(settings_here().reader, size=1) as reader:
        page = list_missions(reader, MissionFilter(phases=phases[which], staff=staff), limit=limit)
    if as_json:
        show_json({"total": page.total, "rows": [_plain(row) for row in page.rows]})
        return
    show_table(_COLUMNS, ([getattr(row, c) for c in _COLUMNS] for row in page.rows), total=page.total)


@app.command()
@plainly
def show(name: Name, as_json: AsJson = False) -> None:
    """Show one mission. Its places stay sealed."""
    from dataclasses import fields

    from projections.missions.queries import find_mission
    from projections.reader import Reader

    settings = settings_here()
    mission = _find(settings, name)
    with Reader(settings.reader, size=1) as reader:
        found = find_mission(reader, mission)
    if found is None:
        fail(f"there is no mission {name}", Exit.WRONG)
    if as_json:
        show_json({"mission": _plain(found)})
        return
    for each in fields(found):
        value = getattr(found, each.name)
        if value not in (None, (), {}):
            out.print(f"{each.name:<16} {getattr(value, 'value', value)}", markup=False)


@app.command()
@plainly
def plan(
    purpose: Annotated[MissionPurpose, typer.Argument(help="What for.")],
    team: Annotated[list[UUID], typer.Option(help="Who goes: at least two; the first leads.")],
    departure: Annotated[str, typer.Option(help="With its zone: 2026-03-03T10:00+01:00.")],
    expected_return: Annotated[str, typer.Option("--return", help="With its zone.")],
    vehicle: Annotated[UUID | None, typer.Option(help="The id of the vehicle.")] = None,
    supervisor: Annotated[UUID | None, typer.Option(help="Who is told when the team is silent.")] = None,
    zone: Annotated[str | None, typer.Option(help="Of the places, if not the office's: Europe/Skopje.")] = None,
    journey: Annotated[list[str] | None, typer.Option(help="A journey that is served: code or id.")] = None,
    leg: Annotated[
        list[str] | None,
        typer.Option(help='JSON: {"start": …, "end": …, "departs_at": …, "arrives_at": …, "journey": …, "driver": …}'),
    ] = None,
    note: Note = None,
    pathway: Annotated[str, typer.Option(help="By whose rules; its newest version is pinned.")] = "astra",
    actor: Actor = NOBODY,
    command_id: CommandId = None,
    as_json: AsJson = False,
) -> None:
    """Plan a mission. Places and note are sealed before they travel."""
    from activities.pathway_files import PathwayStore
    from domain.stream.naming import stream_code
    from worker.cli.finding import find_journey

    settings, order_id = settings_here(), command_id or uuid4()
    served = [find_journey(settings, each) for each in journey or ()]
    fields = {
        "pin": PathwayStore(settings.pathways).latest(pathway).pin.model_dump(mode="json"),
        "purpose": purpose.value,
        "crew": {"team": team, "lead": team[0] if team else None, "vehicle": vehicle, "supervisor": supervisor},
        "departure": departure,
        "expected_return": expected_return,
        "zone": zone,
        "legs": [_of_journey(settings, each) for each in leg or ()],
        "journeys": served,
        "note": note,
    }
    # The id of the mission follows from that of the command, so that a repetition plans no second one.
    answer = _give(settings, order_id, "plan-mission", fields, order_id, actor)
    show_answer({"mission": order_id, "code": stream_code(StreamName.MISSION, order_id), **answer}, as_json)


@app.command()
@plainly
def depart(
    name: Name, at: At = None, actor: Actor = NOBODY, command_id: CommandId = None, as_json: AsJson = False
) -> None:
    """The team leaves. It needs a risk check: `putokaz mission decide NAME check-risk …`."""
    _tell(name, "depart-mission", {"occurred_at": at}, actor, command_id, as_json)


@app.command("check-in")
@plainly
def check_in(
    name: Name,
    word: Annotated[CheckInWord, typer.Option(help="How they are.")] = CheckInWord.ALL_WELL,
    at: At = None,
    note: Note = None,
    actor: Actor = NOBODY,
    command_id: CommandId = None,
    as_json: AsJson = False,
) -> None:
    """The team was heard of."""
    fields = {"word": word.value, "occurred_at": at, "note": note}
    _tell(name, "check-in", fields, actor, command_id, as_json)


@app.command()
@plainly
def acknowledge(
    name: Name, note: Note = None, actor: Actor = NOBODY, command_id: CommandId = None, as_json: AsJson = False
) -> None:
    """Say that you see to a mission that rings."""
    _tell(name, "acknowledge-alarm", {"note": note}, actor, command_id, as_json)


@app.command("return")
@plainly
def come_back(
    name: Name,
    at: At = None,
    note: Note = None,
    actor: Actor = NOBODY,
    command_id: CommandId = None,
    as_json: AsJson = False,
) -> None:
    """Everybody is back."""
    _tell(name, "return-mission", {"occurred_at": at, "note": note}, actor, command_id, as_json)


@app.command()
@plainly
def abort(
    name: Name,
    reason: Annotated[AbortReason, typer.Argument(help="Why.")],
    note: Note = None,
    actor: Actor = NOBODY,
    command_id: CommandId = None,
    as_json: AsJson = False,
) -> None:
    """Break off a mission that is out there: people are called at once."""
    _tell(name, "abort-mission", {"reason": reason.value, "note": note}, actor, command_id, as_json)


@app.command()
@plainly
def report(
    name: Name,
    outcome: Annotated[
        list[str] | None,
        typer.Option(help='JSON for each journey: {"journey": …, "outcome": "done", "note": …, "visit": {…}}'),
    ] = None,
    kilometres: Annotated[int, typer.Option("--km", min=0)] = 0,
    cost: Annotated[list[str] | None, typer.Option(help="In dinars: fuel=8450.50")] = None,
    note: Note = None,
    actor: Actor = NOBODY,
    command_id: CommandId = None,
    as_json: AsJson = False,
) -> None:
    """Report on a mission that is back. Notes are sealed before they travel."""
    settings = settings_here()
    paid = [each.partition("=") for each in cost or ()]
    fields = {
        "reports": [_of_journey(settings, each) for each in outcome or ()],
        "costs": {"kilometres": kilometres, "items": [{"kind": kind, "rsd": rsd} for kind, _, rsd in paid]},
        "note": note,
    }
    _tell(name, "report-mission", fields, actor, command_id, as_json)


@app.command()
@plainly
def decide(
    name: Name,
    kind: Annotated[str, typer.Argument(help="check-risk, override-risk, move-mission, change-crew, cancel-mission …")],
    fields: Annotated[
        list[str] | None, typer.Argument(help="Fields as name=value; JSON where it is no plain word.")
    ] = None,
    actor: Actor = NOBODY,
    command_id: CommandId = None,
    preview: Annotated[bool, typer.Option("--preview", help="Only say what it would do.")] = False,
    as_json: AsJson = False,
) -> None:
    """Give any command to a mission."""
    from domain.command import parse

    given = dict(field_of(each) for each in fields or ())
    if preview:
        settings = settings_here()
        stream = mission_stream(_find(settings, name))
        show_answer(preview_of(settings, stream, parse(kind, given), actor), as_json)
        return
    _tell(name, kind, given, actor, command_id, as_json)


def _plain(row: object) -> object:
    """A row as JSON has it: dinars as text, journeys as keys."""
    return TypeAdapter(type(row)).dump_python(row, mode="json")


def _tell(name: str, kind: str, fields: dict[str, Any], actor: UUID, command_id: UUID | None, as_json: bool) -> None:
    settings = settings_here()
    answer = _give(settings, _find(settings, name), kind, fields, command_id or uuid4(), actor)
    show_answer(answer, as_json)


def _give(
    settings: Settings, mission: UUID, kind: str, fields: dict[str, Any], command_id: UUID, actor: UUID
) -> dict[str, Any]:
    from domain.command import parse
    from domain.sealed import Compartment
    from staff.sealing import sealed_mission
    from worker.parts import opened

    plain = json.loads(json.dumps({k: v for k, v in fields.items() if v is not None}, default=str))
    with opened(settings, connections=1) as parts:

        def seal(owner: StreamName, stream: UUID, compartment: Compartment, field: str, text: str) -> str:
            sealed = parts.sealer.seal(
                text, stream=owner.stream(stream), compartment=compartment, field=field, command_id=command_id
            )
            return sealed.text

        command = parse(kind, sealed_mission(mission, plain, seal))
    return submit(settings, mission_stream(mission), command, command_id, actor)


def _find(settings: Settings, name: str) -> UUID:
    from projections.missions.queries import find_missions_by_code
    from projections.reader import Reader

    try:
        return UUID(name.removeprefix(f"{StreamName.MISSION.value}-"))
    except ValueError:
        pass
    with Reader(settings.reader, size=1) as reader:
        found = find_missions_by_code(reader, name)
    if not found:
        fail(f"no mission has the code {name}; `putokaz mission list --phase all` shows them", Exit.WRONG)
    if len(found) > 1:
        ids = ", ".join(str(row.mission) for row in found)
        fail(f"{len(found)} missions have this code; give the id: {ids}", Exit.USAGE)
    return found[0].mission


def _of_journey(settings: Settings, text: str) -> dict[str, Any]:
    """A JSON object whose journey may be a code."""
    from worker.cli.finding import find_journey

    try:
        item = json.loads(text)
    except ValueError:
        item = None
    if not isinstance(item, dict):
        fail("a leg and an outcome are JSON objects", Exit.USAGE)
    if item.get("journey"):
        item["journey"] = find_journey(settings, str(item["journey"]))
    return item


def register(parent: typer.Typer) -> None:
    parent.add_typer(app, name="mission", rich_help_panel="Work")
