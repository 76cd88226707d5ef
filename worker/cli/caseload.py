"""`putokaz caseload show | hand-over | hand-overs | receipts | stop`: who holds what, and how it changes hands."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID, uuid4, uuid5

import typer

from domain.codes import StreamName
from domain.handover.values import HandoverReason
from worker.cli.here import settings_here
from worker.cli.journeys import NOBODY, Actor, CommandId, show_answer, submit
from worker.cli.output import AsJson, Exit, fail, plainly, show_json, show_table
from worker.cli.people import Pathway, Person, To, command_of, newest_pin, person_of, successor_of
from worker.settings import Settings

caseload = typer.Typer(no_args_is_help=True, help="Who holds what, and hand-overs.")


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
    who = person_of(settings, person)
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
        "pin": newest_pin(settings, pathway),
        "leaver": person_of(settings, person),
        "successors": [successor_of(settings, each) for each in to],
        "reason": reason.value,
    }
    # The id follows from that of the command, so that a repetition begins no second one.
    handover = uuid5(order, "handover")
    answer = submit(settings, handover_stream(handover), command_of("begin-handover", fields), order, actor)
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
    show_answer(submit(settings, stream, command_of("stop-handover", {}), command_id or uuid4(), actor), as_json)


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
    parent.add_typer(caseload, name="caseload", rich_help_panel="Work")
