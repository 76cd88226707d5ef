"""What the commands of the hotline share: finding a contact, giving it a command, and what is kept of callers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from domain.codes import StreamName
from domain.contact.naming import PREFIX
from domain.contact.state import contact_stream
from worker.cli.here import settings_here
from worker.cli.journeys import show_answer, submit
from worker.cli.output import Exit, fail
from worker.settings import Settings

if TYPE_CHECKING:
    from vault.callers import Callers
    from worker.calling import CallerDesk


@dataclass(frozen=True, slots=True)
class Kept:
    """The numbers of callers, and the desk that says whether one may look at them."""

    callers: Callers
    desk: CallerDesk


@contextmanager
def kept(settings: Settings) -> Iterator[Kept]:
    """Opened for one command."""
    from vault.callers import Callers
    from worker.calling import CallerDesk
    from worker.parts import opened

    with (
        opened(settings, connections=1) as parts,
        closing(Callers(settings.vault, parts.keys, home=settings.phone_home, size=1)) as callers,
    ):
        yield Kept(callers, CallerDesk(parts.log, parts.recorder, parts.pathways, callers))


def act(
    name: str,
    kind: str,
    fields: dict[str, Any],
    actor: UUID,
    command_id: UUID | None,
    as_json: bool,
    *,
    note: str | None = None,
) -> None:
    settings = settings_here()
    contact = find_contact(settings, name)
    show_answer(give(settings, contact, kind, fields, command_id or uuid4(), actor, note=note), as_json)


def give(
    settings: Settings,
    contact: UUID,
    kind: str,
    fields: dict[str, Any],
    command_id: UUID,
    actor: UUID,
    *,
    note: str | None = None,
) -> dict[str, Any]:
    from worker.cli.sealing import command_for

    said = {name: value for name, value in fields.items() if value is not None} | ({"note": note} if note else {})
    stream = contact_stream(contact)
    return submit(settings, stream, command_for(settings, stream, kind, said, command_id), command_id, actor)


def find_contact(settings: Settings, name: str) -> UUID:
    """The contact of a code, an id or a stream. Ends the command where there is none, or more than one."""
    from domain.stream.naming import code_prefix_of
    from projections.contacts.queries import ContactFilter, list_contacts
    from projections.reader import Reader

    bare = name.removeprefix(PREFIX)
    try:
        return UUID(bare)
    except ValueError:
        code = code_prefix_of(StreamName.CONTACT, bare)
    if code is None:
        fail(f"{name} is neither a code (PZ-…) nor the id of a contact", Exit.USAGE)
    with Reader(settings.reader, size=1) as reader:
        found = list_contacts(reader, ContactFilter(code=code), limit=10).rows
    if not found:
        fail(f"no contact has the code {code}; `putokaz contact list` shows them", Exit.WRONG)
    if len(found) > 1:
        fail(f"{len(found)} contacts begin so; give the id: {', '.join(str(r.contact) for r in found)}", Exit.USAGE)
    return found[0].contact


def caller_of(settings: Settings, typed: str) -> UUID:
    """Behind the code that a caller was told stands the first contact that has it."""
    from projections.contacts.queries import ContactFilter, list_contacts
    from projections.reader import Reader
    from worker.parts import opened

    with Reader(settings.reader, size=1) as reader:
        found = list_contacts(reader, ContactFilter(known_as=typed), limit=1).rows
    if not found:
        fail(f"no caller was told the code {typed}", Exit.WRONG)
    with opened(settings, connections=1) as parts:
        from domain.contact.state import Contact

        state = parts.recorder.state(contact_stream(found[0].contact))
    if not isinstance(state, Contact) or state.caller is None:
        fail(f"no caller was told the code {typed}", Exit.WRONG)
    return state.caller
