"""A visit: one request with whom it comes from, in which language, at which moment of the log's clock.

In production that is the person of the session, which the door (`staff/door.py`) found. In demo mode a person is chosen
in the header and remembered in a cookie; the first caseworker by default.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request
from starlette.concurrency import run_in_threadpool

from domain.codes import Role
from domain.rights.actions import Action
from domain.rights.deciding import NO_FOOTING, Allowed, Stance, may
from domain.rights.member import Member
from staff.guard.cookies import is_secure
from staff.guard.permission import require_of
from staff.guard.tokens import SESSION_COOKIE, new_session, session_of, session_of_signed_in, token_for
from staff.i18n.locale import Locale, locale_of
from staff.i18n.words import Words
from staff.parts import Parts
from staff.ports import Person
from staff.settings import AppMode
from vault.sessions import Session

LOCALE_COOKIE = "putokaz_locale"
PERSON_COOKIE = "putokaz_person"


@dataclass(frozen=True, slots=True)
class Visit:
    """Everything a page needs besides what it is about. `session` is new where `is_new_session`."""

    request: Request
    parts: Parts
    words: Words
    person: Person
    people: Mapping[UUID, Person]
    now: datetime
    session: str
    is_new_session: bool
    secure: bool
    signed_in: Session | None = None
    stances: dict[str | None, Stance] = field(default_factory=dict, repr=False, compare=False)
    """How the person stands to what this request is about: found once, so that one page says one thing."""

    @property
    def token(self) -> str:
        return token_for(self.session, self.parts.settings.secret)

    @property
    def roles(self) -> frozenset[Role]:
        """The roles of the person, as far as they are roles in a journey."""
        known = {role.value for role in Role}
        return frozenset(Role(role) for role in self.person.roles if role in known)

    def stance(self, stream: str | None = None) -> Stance:
        """How the person stands to what the stream is about; asks log and vault, so it belongs into a thread."""
        if stream not in self.stances:
            self.stances[stream] = self.parts.rights.stance(self.person.id, stream)
        return self.stances[stream]

    def may(self, action: Action, stream: str | None = None) -> bool:
        """Whether the person may; asks log and vault, so it belongs into a thread."""
        return isinstance(self.stance(stream).may(action), Allowed)

    def offers(self, action: str) -> bool:
        """Whether their roles alone give them the action: what the menu offers. Whoever asks it opens nothing by it."""
        return isinstance(may(Member(self.person.id, self.person.roles), NO_FOOTING, Action(action)), Allowed)

    def require(self, action: Action, stream: str | None = None) -> None:
        """Raises `RightDenied` unless the person may, which becomes a page that says why; belongs into a thread."""
        require_of(self.stance(stream), action, stream)

    @property
    def here(self) -> str:
        """The path with its query, to come back to."""
        url = self.request.url
        return url.path + (f"?{url.query}" if url.query else "")

    def name(self, staff: UUID | None) -> str | None:
        """The name of a member of staff; who has left the list is told apart by nothing but that."""
        if staff is None:
            return None
        known = self.people.get(staff)
        return known.name if known else self.words("person.unknown")


async def visit(request: Request) -> Visit:
    """The visit of a request."""
    parts: Parts = request.app.state.parts
    signed_in: Session | None = getattr(request.state, "signed_in", None)
    people, now = await run_in_threadpool(_look_up, parts)
    if signed_in is not None:
        known: str | None = session_of_signed_in(signed_in.id)
        person = await run_in_threadpool(person_of, parts, signed_in, people)
    else:
        known = session_of(request.cookies.get(SESSION_COOKIE))
        person = demonstrator(parts, people, request.cookies.get(PERSON_COOKIE))
    return Visit(
        request=request,
        parts=parts,
        words=Words(locale_of(request.cookies.get(LOCALE_COOKIE))),
        person=person,
        people={person.id: person for person in people},
        now=now,
        session=known or new_session(),
        is_new_session=known is None,
        secure=is_secure(request),
        signed_in=signed_in,
    )


def _look_up(parts: Parts) -> tuple[Sequence[Person], datetime]:
    return tuple(parts.desk.staff()), parts.clock()


def person_of(parts: Parts, signed_in: Session, people: Sequence[Person]) -> Person:
    """Who is signed in, also somebody whom the list does not have yet. Raises `LookupError` for nobody's session."""
    listed = next((person for person in people if person.id == signed_in.staff), None)
    found = listed or (parts.sign_in.person(signed_in.staff) if parts.sign_in is not None else None)
    if found is None:
        raise LookupError("this session is of nobody in the directory")
    return found


def demonstrator(parts: Parts, people: Sequence[Person], cookie: str | None) -> Person:
    """Whom one acts as in demo mode. Raises `LookupError` in production, where everybody is signed in."""
    if parts.settings.mode is not AppMode.DEMO:
        raise LookupError("the door let somebody in without a session")
    return chosen(people, cookie)


def chosen(people: Sequence[Person], cookie: str | None) -> Person:
    """The person of the cookie, else the first caseworker, else the first of all. Raises `LookupError` for nobody."""
    if not people:
        raise LookupError("there is no member of staff yet: run `putokaz demo`, or add one")
    by_id = {str(person.id): person for person in people}
    if cookie in by_id:
        return by_id[cookie]
    ordered = sorted(people, key=lambda p: p.id)
    return next((p for p in ordered if Role.CASEWORKER in p.roles), ordered[0])


Here = Annotated[Visit, Depends(visit)]
__all__ = ["Here", "Locale", "Visit", "chosen", "demonstrator", "person_of", "visit"]
