"""`putokaz replay refusals | refusal`: what was refused, in the words of the pages, and decided again."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import typer

from worker.cli.here import settings_here
from worker.cli.output import AsJson, Exit, fail, out, plainly, show_json, show_table, text

if TYPE_CHECKING:
    from analysis.browsing.again import Again, Obstacle
    from analysis.browsing.refusals import Refusal
    from domain.refusal import Refused


@plainly
def refusals_command(
    name: Annotated[str | None, typer.Argument(help="A code (PK-…), an id, a stream; without: all.")] = None,
    after: Annotated[str | None, typer.Option(help="Go on from here, as the page before said.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=500)] = 50,
    as_json: AsJson = False,
) -> None:
    """List what was refused, the latest first."""
    from analysis.browsing.refusals import refusals
    from projections.reader import Reader
    from worker.cli.finding import find_stream

    settings = settings_here()
    stream = None if name is None else find_stream(settings, name)
    with Reader(settings.reader, size=1) as reader:
        page = refusals(reader, stream, cursor=after, limit=limit)
    if as_json:
        show_json({"total": page.total, "refusals": [_told(each) for each in page.rows], "next": page.next})
        return
    show_table(
        ("when", "command", "what was asked", "refused because", "upon", "who", "stream"),
        (
            [
                each.outcome.decided_at,
                each.outcome.command_id,
                _kind(each),
                each.refused.code,
                each.decided_upon,
                each.actor,
                each.outcome.stream,
            ]
            for each in page.rows
        ),
        total=page.total,
    )
    if page.next is not None:
        out.print(f"More: --after {page.next}", style="dim")


@plainly
def refusal_command(
    command_id: Annotated[UUID, typer.Argument(help="As `putokaz replay refusals` names it.")],
    as_json: AsJson = False,
) -> None:
    """Explain one refusal, and decide it again: the same state, the same pathway, the same instant."""
    from activities.pathway_files import PathwayStore
    from analysis.browsing.again import decide_again
    from analysis.browsing.refusals import refusal
    from projections.reader import Reader

    settings = settings_here()
    with Reader(settings.reader, size=1) as reader:
        found = refusal(reader, command_id)
        if found is None:
            fail(f"no command {command_id} was refused", Exit.WRONG)
        pathways = PathwayStore(settings.pathways)
        again = decide_again(reader, found, lambda pin: pathways.find(pin).pathway)
    if as_json:
        show_json({**_told(found), "release_now": settings.release, "again": _again(again)})
        return
    outcome = found.outcome
    out.print(f"[bold]{_kind(found)}[/bold] to {outcome.stream}, {text(outcome.decided_at)}, by {found.actor}")
    out.print(f"decided upon version {found.decided_upon}, release {outcome.release}")
    if outcome.version_seen is not None:
        out.print(f"the form showed version {outcome.version_seen}")
    if outcome.pathway_sha256 is not None:
        out.print(f"pathway sha256 {outcome.pathway_sha256}")
    for field, value in _asked(found).items():
        out.print(f"     {field}: {value}", markup=False)
    out.print("[bold]Refused[/bold]")
    _say(again, found.refused)
    out.print("[bold]Decided again[/bold]")
    if again.obstacle is not None:
        out.print(_why_not(again.obstacle))
    elif again.is_same:
        out.print("The answer is the same.")
    else:
        out.print(f"The answer is another one. Decided by release {outcome.release} then, {settings.release} now.")
        _say_now(again)


def _why_not(obstacle: Obstacle) -> str:
    from analysis.browsing.again import Obstacle

    return {
        Obstacle.NOT_KEPT: "What was asked was not kept: refusals keep it since 0.1.0.",
        Obstacle.COMMAND_UNKNOWN: "This release does not know this command, or not with these fields.",
        Obstacle.PATHWAY_MISSING: "The pathway of then is not on this machine.",
        Obstacle.RIGHTS: "Who may what does not follow from the log: rights are in the vault, and may have moved on.",
        Obstacle.CLAIMS: "Somebody was promised elsewhere at that moment; promises are kept only while they last.",
        Obstacle.CASELOAD: "It depended on what somebody held at that moment, which is not kept.",
    }[obstacle]


def _say_now(again: Again) -> None:
    from domain.refusal import Refused

    if isinstance(again.decision, Refused):
        _say(again, again.decision)
    else:
        out.print("     would be recorded: " + ", ".join(event.topic for event in again.decision or ()))


def _say(again: Again, refused: Refused) -> None:
    """In the words of the pages, as far as the pathway of then is here."""
    from staff.i18n.locale import Locale
    from staff.i18n.words import Words
    from staff.pages.explaining import explain
    from staff.titles import Titles

    out.print(f"     {refused.code.value}{f', {refused.part}' if refused.part else ''}", markup=False)
    if again.pathway is None:
        return
    told = explain(refused, Titles(again.pathway, Words(Locale.ENGLISH)))
    for line in (told.why, *told.unmet, *told.allowed, told.do):
        out.print(f"     {line}", markup=False)


def _asked(refusal: Refusal) -> dict[str, Any]:
    """What was asked, field by field; sealed texts stay sealed."""
    asked: dict[str, Any] = json.loads(refusal.outcome.asked or "{}")
    return {name: value for name, value in asked.items() if name != "kind"}


def _kind(refusal: Refusal) -> str:
    found: str = json.loads(refusal.outcome.asked or "{}").get("kind", "–")
    return found


def _told(refusal: Refusal) -> dict[str, Any]:
    outcome = refusal.outcome
    return {
        "command_id": outcome.command_id,
        "stream": outcome.stream,
        "decided_at": outcome.decided_at,
        "actor": refusal.actor,
        "decided_upon": refusal.decided_upon,
        "version_seen": outcome.version_seen,
        "pathway_sha256": outcome.pathway_sha256,
        "release": outcome.release,
        "asked": json.loads(outcome.asked) if outcome.asked else None,
        "refusal": refusal.refused.model_dump(mode="json", exclude_none=True),
    }


def _again(again: Again) -> dict[str, Any]:
    from domain.refusal import Refused

    decision = again.decision
    refused = decision.model_dump(mode="json", exclude_none=True) if isinstance(decision, Refused) else None
    events = None if decision is None or isinstance(decision, Refused) else [event.topic for event in decision]
    return {"same": again.is_same, "obstacle": again.obstacle, "refusal": refused, "events": events}
