"""Who calls the API, and with which key: whoever is signed in; in demo mode a header names the person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Header, Request
from starlette.concurrency import run_in_threadpool

from domain.codes import Role
from domain.errors import PutokazError
from domain.rights.actions import Action
from domain.rights.deciding import Stance
from staff.guard.permission import require
from staff.guard.scope import Scope, scope_of
from staff.parts import Parts
from staff.ports import Person
from staff.settings import AppMode
from staff.visit import demonstrator, person_of
from vault.sessions import Session


class CallerRefused(PutokazError):
    """The caller may not do this; `kind` is the last word of the problem's type, `problems` say what is needed."""

    def __init__(self, status: int, kind: str, *problems: str) -> None:
        super().__init__(kind)
        self.status = status
        self.kind = kind
        self.problems = problems


def parts_of(request: Request) -> Parts:
    """The parts of the application."""
    parts: Parts = request.app.state.parts
    return parts


Parted = Annotated[Parts, Depends(parts_of)]


async def caller(
    request: Request,
    parts: Parted,
    x_putokaz_person: Annotated[UUID | None, Header(description="Demo: who acts")] = None,
) -> Person:
    """The person of the session; in demo mode that of the header, else the default one.

    Raises `CallerRefused` where the header names nobody.
    """
    people = await run_in_threadpool(parts.desk.staff)
    signed_in: Session | None = getattr(request.state, "signed_in", None)
    if signed_in is not None:
        return await run_in_threadpool(person_of, parts, signed_in, people)
    if x_putokaz_person is None or parts.settings.mode is not AppMode.DEMO:
        return demonstrator(parts, people, None)
    named = next((p for p in people if p.id == x_putokaz_person), None)
    if named is None:
        raise CallerRefused(422, "person-unknown")
    return named


Caller = Annotated[Person, Depends(caller)]


@dataclass(frozen=True, slots=True)
class Asker:
    """Who reads, and what of it is theirs. Its methods ask log and vault: they belong into a thread."""

    parts: Parts
    person: Person

    @property
    def id(self) -> UUID:
        return self.person.id

    def require(self, action: Action, stream: str | None = None) -> None:
        """Raises `RightDenied` unless they may."""
        require(self.parts.rights, self.person.id, action, stream)

    def stance(self, stream: str | None = None) -> Stance:
        """How they stand to what the stream is about."""
        return self.parts.rights.stance(self.person.id, stream)

    def scope(self, action: Action = Action.READ_LIST_ROW) -> Scope:
        """Whose rows they see in a list."""
        return scope_of(self.parts, self.person.id, action)

    @property
    def roles(self) -> frozenset[Role]:
        """Their roles, as far as they are roles in a journey."""
        return frozenset(role for role in Role if role.value in self.person.roles)


async def asker(parts: Parted, person: Caller) -> Asker:
    """With what they may read."""
    return Asker(parts, person)


Asking = Annotated[Asker, Depends(asker)]
Key = Annotated[
    UUID,
    Header(
        alias="Idempotency-Key",
        description="A UUID made once for this command; the same key again gives the first answer",
        examples=["0b9f6ea6-7d5e-4f5e-9d53-6e3d6d1f5b0a"],
    ),
]
