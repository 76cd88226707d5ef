"""`putokaz contact …` and `putokaz contacts stats`: the hotline without a browser.

putokaz contact log silent                               # a silent call: nothing else is asked
putokaz contact log direct-help --topic legal --may-call allowed --call-back --number 0600000001
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Annotated
from uuid import UUID, uuid4

import typer

from domain.contact.codes import CallOutcome, CallUrgency, DangerOutcome, HotlineChannel, MayCall, NextStep
from domain.contact.naming import caller_code, contact_code
from domain.contact.state import contact_stream
from worker.cli.here import settings_here
from worker.cli.hotline import act, caller_of, find_contact, give, kept
from worker.cli.journeys import NOBODY, Actor, CommandId, field_of, show_answer
from worker.cli.output import AsJson, Exit, fail, out, plainly, show_json, show_table

app = typer.Typer(no_args_is_help=True, help="Contacts at the hotline, by code only.")
statistics = typer.Typer(no_args_is_help=True, help="What contacts add up to.")

Name = Annotated[str, typer.Argument(help="A code (PZ-…) or the id of a contact.")]
Note = Annotated[str | None, typer.Option(help="Free text; sealed before it travels.")]
Number = Annotated[str | None, typer.Option(help="The caller's number: kept in the vault and nowhere else.")]
_COLUMNS = ("code", "contacted_at", "caller", "topics", "urgency", "may_call", "open", "due_at", "dangers_open")


@app.command()
@plainly
def log(
    caller: Annotated[str, typer.Argument(help="Kind of caller: silent, prank, wrong-number, direct-help …")],
    channel: Annotated[HotlineChannel, typer.Option(help="By what.")] = HotlineChannel.PHONE,
    topic: Annotated[list[str] | None, typer.Option(help="What about; may be given again.")] = None,
    language: Annotated[str | None, typer.Option(help="BCP 47: sr, en, rom.")] = None,
    urgency: Annotated[CallUrgency, typer.Option(help="Urgent: called back on the same day.")] = CallUrgency.ORDINARY,
    next_step: Annotated[NextStep, typer.Option(help="What was agreed.")] = NextStep.NONE,
    may_call: Annotated[MayCall, typer.Option(help="Is a call safe?")] = MayCall.NOT_ASKED,
    window: Annotated[str | None, typer.Option(help="In which hours.")] = None,
    call_back: Annotated[bool, typer.Option("--call-back", help="Promise a call at once.")] = False,
    danger: Annotated[str | None, typer.Option(help="Raise the alarm: violence-now, held, child …")] = None,
    recognise: Annotated[bool, typer.Option("--recognise", help="The caller agrees to be recognised.")] = False,
    known_as: Annotated[str | None, typer.Option(help="The code (PB-…) that the caller names.")] = None,
    give_code: Annotated[bool, typer.Option("--give-code", help="Make a code for the caller.")] = False,
    number: Number = None,
    note: Note = None,
    pathway: Annotated[str, typer.Option(help="By whose rules; its newest version is pinned.")] = "astra",
    actor: Actor = NOBODY,
    command_id: CommandId = None,
    as_json: AsJson = False,
) -> None:
    """Log a contact in one command; for a silent, prank or wrong call its kind is enough."""
    from activities.pathway_files import PathwayStore

    settings, order_id = settings_here(), command_id or uuid4()
    known = caller_of(settings, known_as) if known_as else order_id if give_code else None
    fields = {
        "pin": PathwayStore(settings.pathways).latest(pathway).pin.model_dump(mode="json"),
        "caller": caller,
        "channel": channel.value,
        "topics": topic or [],
        "language": language,
        "urgency": urgency.value,
        "next_step": next_step.value,
        "safe": {"may_call": may_call.value, "channel": HotlineChannel.PHONE.value, "window": window},
        "call_back": call_back,
        "danger": danger,
        "may_recognise": recognise,
        "known_as": str(known) if known else None,
    }
    # The id of the contact follows from that of the command, so that a repetition logs no second one.
    answer = give(settings, order_id, "log-contact", fields, order_id, actor, note=note)
    if number and not answer.get("refusal"):
        with kept(settings) as numbers:
            numbers.callers.keep(order_id, number)
    told = {"tell_caller": caller_code(known)} if known else {}
    show_answer({"contact": order_id, "code": contact_code(order_id), **told, **answer}, as_json)


@app.command("list")
@plainly
def show_all(
    opened: Annotated[bool | None, typer.Option("--open/--settled", help="Only such.")] = None,
    caller: Annotated[str | None, typer.Option(help="Only of this kind.")] = None,
    known_as: Annotated[str | None, typer.Option(help="Only of the caller with this code (PB-…).")] = None,
    limit: Annotated[int, typer.Option(min=1, max=500)] = 50,
    as_json: AsJson = False,
) -> None:
    """List contacts, newest first."""
    from projections.contacts.queries import ContactFilter, list_contacts
    from projections.reader import Reader

    wanted = ContactFilter(open=opened, caller=caller, known_as=known_as)
    with Reader(settings_here().reader, size=1) as reader:
        page = list_contacts(reader, wanted, limit=limit)
    if as_json:
        show_json({"total": page.total, "rows": page.rows})
        return
    show_table(_COLUMNS, ([getattr(row, c) for c in _COLUMNS] for row in page.rows), total=page.total)


@app.command()
@plainly
def show(name: Name, actor: Actor = NOBODY, as_json: AsJson = False) -> None:
    """Show one contact: what is safe comes first."""
    from domain.rights.actions import Action
    from projections.contacts.queries import one_contact
    from projections.reader import Reader
    from worker.cli.reading_rights import require_reader

    settings = settings_here()
    contact = find_contact(settings, name)
    require_reader(settings, actor, Action.READ_CONTACT, contact_stream(contact))
    with Reader(settings.reader, size=1) as reader:
        found = one_contact(reader, contact)
    if found is None:
        fail(f"there is no contact {name}", Exit.WRONG)
    if as_json:
        show_json({"contact": found.row, "details": found.details})
        return
    safe = found.details["safe"]
    out.print(f"[bold]{found.row.code}[/bold]  call: [bold]{safe['may_call']}[/bold]  window: {safe['window'] or '-'}")
    out.print(f"{found.row.caller}  {found.row.language}  {', '.join(found.row.topics)}", markup=False)
    for part in ("promise", "dangers", "reports", "attachments"):
        if found.details[part]:
            out.print(f"{part:<12} {json.dumps(found.details[part], ensure_ascii=False)}", markup=False)


@app.command()
@plainly
def decide(
    name: Name,
    kind: Annotated[str, typer.Argument(help="Kind of command: correct-contact, revise-safe-contact …")],
    fields: Annotated[list[str] | None, typer.Argument(help="Fields as name=value; JSON where no plain word.")] = None,
    note: Note = None,
    actor: Actor = NOBODY,
    command_id: CommandId = None,
    as_json: AsJson = False,
) -> None:
    """Give any command to a contact."""
    act(name, kind, dict(field_of(given) for given in fields or ()), actor, command_id, as_json, note=note)


@app.command()
@plainly
def callback(
    name: Name,
    outcome: Annotated[CallOutcome | None, typer.Option(help="How it went; without it a call is promised.")] = None,
    note: Note = None,
    actor: Actor = NOBODY,
    command_id: CommandId = None,
    as_json: AsJson = False,
) -> None:
    """Promise a call, or record how it went."""
    kind = "promise-call-back" if outcome is None else "record-call-back"
    fields = {"outcome": outcome.value} if outcome else {}
    act(name, kind, fields, actor, command_id, as_json, note=note if outcome else None)


@app.command()
@plainly
def danger(
    name: Name,
    sign: Annotated[str | None, typer.Option("--raise", help="Raise the alarm: what sort of danger.")] = None,
    by: Annotated[UUID | None, typer.Option("--acknowledge", help="This member of staff has it.")] = None,
    outcome: Annotated[DangerOutcome | None, typer.Option("--settle", help="How it ended.")] = None,
    number: Annotated[int | None, typer.Option(help="Which danger, where there are several.")] = None,
    note: Note = None,
    actor: Actor = NOBODY,
    command_id: CommandId = None,
    as_json: AsJson = False,
) -> None:
    """Raise an alarm, say who has it, or how it ended."""
    if (sign is not None) + (by is not None) + (outcome is not None) != 1:
        fail("give one of --raise, --acknowledge, --settle", Exit.USAGE)
    which = {"number": number} if number is not None else {}
    if sign is not None:
        act(name, "raise-danger", {"sign": sign}, actor, command_id, as_json, note=note)
    elif by is not None:
        act(name, "acknowledge-danger", {"by": str(by), **which}, actor, command_id, as_json)
    elif outcome is not None:
        act(name, "settle-danger", {"outcome": outcome.value, **which}, actor, command_id, as_json, note=note)


@app.command()
@plainly
def attach(
    name: Name,
    journey: Annotated[str, typer.Argument(help="The journey: code (PK-…) or id.")],
    actor: Actor = NOBODY,
    command_id: CommandId = None,
    as_json: AsJson = False,
) -> None:
    """Attach a contact to a journey; both record it."""
    from worker.cli.finding import find_journey

    found = find_journey(settings_here(), journey)
    act(name, "attach-contact", {"journey": str(found)}, actor, command_id, as_json)


@app.command("open")
@plainly
def open_journey(
    name: Name,
    caseworker: Annotated[UUID | None, typer.Option(help="Assigned at once.")] = None,
    actor: Actor = NOBODY,
    command_id: CommandId = None,
    as_json: AsJson = False,
) -> None:
    """Open a journey from a contact."""
    act(name, "begin-journey", {"caseworker": str(caseworker) if caseworker else None}, actor, command_id, as_json)


@app.command()
@plainly
def number(
    name: Name,
    keep: Annotated[str | None, typer.Option(help="Keep this number in the vault.")] = None,
    actor: Actor = NOBODY,
    as_json: AsJson = False,
) -> None:
    """Show the number to call, if a call is safe; the look is written down."""
    from domain.refusal import Refused
    from domain.rights.actions import Action
    from worker.cli.reading_rights import require_reader

    settings = settings_here()
    contact = find_contact(settings, name)
    require_reader(settings, actor, Action.FOLLOW_UP_CONTACT, contact_stream(contact))
    with kept(settings) as numbers:
        if keep is not None:
            numbers.callers.keep(contact, keep)
            return
        found = numbers.desk.number(contact, actor=actor)
    refusal = found.model_dump(mode="json", exclude_none=True) if isinstance(found, Refused) else None
    show_answer({"number": None if refusal else found, "refusal": refusal}, as_json)


@app.command()
@plainly
def repeats(name: Name, actor: Actor = NOBODY, as_json: AsJson = False) -> None:
    """Show other contacts of the same number: with the caller's consent, or once it belongs to a journey."""
    from domain.refusal import Refused
    from domain.rights.actions import Action
    from worker.cli.reading_rights import require_reader

    settings = settings_here()
    contact = find_contact(settings, name)
    require_reader(settings, actor, Action.FOLLOW_UP_CONTACT, contact_stream(contact))
    with kept(settings) as numbers:
        found = numbers.desk.repeats(contact, actor=actor)
    if isinstance(found, Refused):
        show_answer({"refusal": found.model_dump(mode="json", exclude_none=True)}, as_json)
        return
    show_answer({"contacts": [contact_code(each) for each in found]}, as_json)


@statistics.command()
@plainly
def stats(
    month: Annotated[str | None, typer.Option(help="2026-11; without it the present one.")] = None,
    as_json: AsJson = False,
) -> None:
    """Count the contacts of a month. For staff: small counts are shown as they are."""
    from projections.contacts.queries import stats as counted
    from projections.reader import Reader

    try:
        first = date.fromisoformat(f"{month}-01") if month else datetime.now(UTC).date()
    except ValueError:
        fail("--month is written 2026-11", Exit.USAGE)
    with Reader(settings_here().reader, size=1) as reader:
        found = counted(reader, first)
    if as_json:
        show_json(found)
        return
    out.print(f"[bold]{found.first:%Y-%m}[/bold]  {found.total} contacts")
    for name in ("caller", "topic", "language", "urgency", "channel", "next_step"):
        counts = getattr(found, f"by_{name}")
        show_table((name, "count"), ([code or "-", count] for code, count in counts.items()))
    for name in ("promised", "kept", "dangers", "reports", "attached"):
        out.print(f"{name:<12} {getattr(found, name)}", markup=False)


def register(parent: typer.Typer) -> None:
    parent.add_typer(app, name="contact", rich_help_panel="Work")
    parent.add_typer(statistics, name="contacts", rich_help_panel="Work")
