"""`putokaz pathway migrate`: running journeys go over to another version of their pathway, one by one."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import typer

from worker.cli.here import settings_here
from worker.cli.journeys import NOBODY, Actor
from worker.cli.output import AsJson, Exit, err, fail, out, plainly, show_json, show_table

if TYPE_CHECKING:
    from domain.journey.migration.events import MigrateJourney, Renamed
    from projections.reader import Reader
    from worker.parts import Parts
    from worker.settings import Settings


@dataclass(frozen=True, slots=True)
class Moving:
    """One journey, and what became of it or would."""

    journey: UUID
    code: str
    answer: str
    refusal: dict[str, Any] | None = None
    events: tuple[str, ...] = ()
    ended: tuple[str, ...] = ()
    redated: tuple[str, ...] = ()


@plainly
def migrate(
    name: Annotated[str, typer.Argument(help="A pathway.")],
    was: Annotated[int, typer.Argument(metavar="FROM", help="The version by which they run.", min=1)],
    to: Annotated[int, typer.Argument(metavar="TO", help="The published version to which they go.", min=1)],
    journey: Annotated[str | None, typer.Option(help="Only this one: a code (PK-…) or an id.")] = None,
    step: Annotated[list[str] | None, typer.Option(help="A step that is called otherwise there: old=new.")] = None,
    stage: Annotated[list[str] | None, typer.Option(help="A stage that is called otherwise there: old=new.")] = None,
    preview: Annotated[bool, typer.Option("--preview", help="Only say what it would do.")] = False,
    actor: Actor = NOBODY,
    as_json: AsJson = False,
) -> None:
    """Move running journeys to another version. Cut off, give it again: who has moved has moved.

    Exit code 3 where at least one journey was, or would be, refused.
    """
    from activities.pathway_files import PathwayStore
    from domain.journey.migration.events import MigrateJourney
    from projections.reader import Reader

    settings = settings_here()
    pin = PathwayStore(settings.pathways).load(name, to).pin
    command = MigrateJourney(pin=pin, steps=_renamed(step), stages=_renamed(stage))
    with Reader(settings.reader, size=1) as reader:
        wanted = list(_wanted(settings, reader, name, was, journey))
    moved = list(_previewed(settings, wanted, command, actor) if preview else _moved(settings, wanted, command, actor))
    refused = [one for one in moved if one.refusal is not None]
    if as_json:
        show_json({"journeys": len(moved), "refused": len(refused), "rows": [_plain(one) for one in moved]})
    else:
        show_table(
            ("journey", "answer", "why not", "steps that end", "steps with new dates"),
            ((one.code, one.answer, (one.refusal or {}).get("code"), one.ended, one.redated) for one in moved),
        )
        out.print(f"{len(moved) - len(refused)} of {len(moved)} {'would move' if preview else 'moved'}")
    if refused:
        raise typer.Exit(Exit.REFUSED)


def _renamed(texts: list[str] | None) -> tuple[Renamed, ...]:
    from pydantic import ValidationError

    from domain.journey.migration.events import Renamed

    try:
        return tuple(Renamed(was=was, now=now) for was, _, now in (text.partition("=") for text in texts or ()))
    except ValidationError:
        fail("a new name is written old=new, such as first-talk=talk", Exit.USAGE)


def _wanted(
    settings: Settings, reader: Reader, name: str, version: int, journey: str | None
) -> Iterator[tuple[UUID, str, int]]:
    from projections.journey_list.running import running_on
    from worker.cli.finding import find_journey

    only = find_journey(settings, journey) if journey is not None else None
    found = [(row.journey, row.code, row.version) for row in running_on(reader, name, version)]
    if only is not None and only not in {each[0] for each in found}:
        fail(f"{journey} is not open, or does not run by {name} {version}", Exit.WRONG)
    yield from (each for each in found if only is None or each[0] == only)


def _previewed(
    settings: Settings, wanted: list[tuple[UUID, str, int]], command: MigrateJourney, actor: UUID
) -> Iterator[Moving]:
    from domain.journey.migration.events import JourneyMigrated
    from domain.journey.state import journey_stream
    from domain.refusal import Refused
    from worker.parts import opened

    with opened(settings, connections=1) as parts:
        for journey, code, _ in wanted:
            decision = parts.recorder.foresee(journey_stream(journey), command, actor).decision
            if isinstance(decision, Refused):
                yield Moving(journey, code, "refused", decision.model_dump(mode="json", exclude_none=True))
                continue
            migrated = next((event for event in decision if isinstance(event, JourneyMigrated)), None)
            yield Moving(
                journey,
                code,
                "would be recorded" if decision else "nothing",
                events=tuple(event.topic for event in decision),
                ended=tuple(one.step for one in migrated.ended) if migrated else (),
                redated=tuple(one.step for one in migrated.kept if one.deadline is not None) if migrated else (),
            )


def _moved(
    settings: Settings, wanted: list[tuple[UUID, str, int]], command: MigrateJourney, actor: UUID
) -> list[Moving]:
    from worker.parts import opened

    async def all_of_them(parts: Parts) -> list[Moving]:
        from worker.road import Road
        from worker.temporal import temporal

        road, done = Road(await temporal(settings, lazy=True), parts.recorder), []
        for number, (journey, code, version) in enumerate(wanted, start=1):
            done.append(await _one(road, journey, code, version, command, actor))
            if number % 100 == 0:
                err.print(f"{number:,} of {len(wanted):,} journeys")
        return done

    with opened(settings, connections=1) as parts:
        return asyncio.run(all_of_them(parts))


async def _one(road: Any, journey: UUID, code: str, version: int, command: MigrateJourney, actor: UUID) -> Moving:
    import json

    from domain.command import to_wire
    from domain.journey.migration.ordering import migration_id
    from domain.journey.state import journey_stream
    from workflows.messages import Order

    order = Order(
        stream=journey_stream(journey),
        command_id=migration_id(journey, version, command),
        actor=actor,
        command=to_wire(command),
    )
    answer = (await road.take(order)).answer
    return Moving(journey, code, answer.kind.value, json.loads(answer.refusal) if answer.refusal else None)


def _plain(one: Moving) -> dict[str, Any]:
    from dataclasses import asdict

    return {name: value for name, value in asdict(one).items() if value not in (None, ())}
