"""A house that asks who somebody is: the application in production mode over an empty caseload, with invented staff.

Nothing of it is slow: Argon2 is cheap here, and the clock of sign-in is one that tests move.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import httpx
import pyotp
from fastapi import FastAPI

from activities.attendances import Attendances
from activities.states import StreamStates
from eventlog.install import install as install_log
from projections.install import install as install_models
from projections.loop import Projector
from staff.app import create_app
from staff.parts import Parts
from staff.settings import LOOPBACK, AppMode
from tests.fix_eventlog import as_role
from tests.fix_services import DatabaseFactory
from tests.staff.house import House, opened, parts_at
from tests.staff.paper import Form, Paper
from tests.vault.authenticator import Authenticator
from tests.vault.entrance import CHEAP
from vault.database import install as install_vault
from vault.passkey_answers import Site
from vault.staff import StaffDirectory, StaffMember
from worker.demo.staff import STAFF
from worker.sign_in_vault import SignInVault, sign_in_vault
from worker.signing_in import StaffSignIn

NAME = "putokaz.example.org"
ORIGIN = f"https://{NAME}"
PASSWORD = "tri plava slona"


@dataclass
class Clock:
    """The real one, moved by `ahead`."""

    ahead: timedelta = field(default_factory=timedelta)

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead


@dataclass(frozen=True)
class Guarded:
    """`app` asks for a session, `house.app` on the same log is a demonstration's."""

    app: FastAPI
    house: House
    vault: SignInVault
    clock: Clock

    def browser(self, origin: str = ORIGIN, address: str = "203.0.113.7") -> httpx.AsyncClient:
        """Without scripts. It keeps cookies and does not follow redirects by itself."""
        transport = httpx.ASGITransport(app=self.app, raise_app_exceptions=False, client=(address, 1234))
        return httpx.AsyncClient(transport=transport, base_url=origin)

    def invite(self, member: StaffMember) -> str:
        """The path of a new invitation."""
        return f"/invitation/{self.vault.invitations.invite(member.id, now=self.clock()).token}"


def furnish_lightly(log_dsn: str, vault_dsn: str) -> None:
    """People, and no case."""
    install_log(log_dsn)
    install_models(log_dsn)
    install_vault(vault_dsn)
    with parts_at(log_dsn, vault_dsn) as parts:
        for member in STAFF:
            parts.directory.put(member)
    Projector(as_role(log_dsn, "putokaz_projector")).catch_up()


@contextmanager
def guarded(factory: DatabaseFactory, *, origin: str = ORIGIN, name: str = NAME) -> Iterator[Guarded]:
    """The house on databases of its own."""
    log, vault = factory.create(), factory.create()
    furnish_lightly(log, vault)
    dsn, clock = as_role(vault, "putokaz_vault"), Clock()
    with (
        opened(log, vault) as house,
        sign_in_vault(dsn, house.keys, Site(name, "Putokaz", (origin,)), hasher=CHEAP) as parts,
    ):
        directory = StaffDirectory(dsn, house.keys)
        has_left = Attendances(StreamStates(house.log)).has_left
        yield Guarded(in_earnest(house, StaffSignIn(parts, directory, has_left, clock=clock)), house, parts, clock)
        directory.close()
    factory.drop(log)
    factory.drop(vault)


def in_earnest(house: House, sign_in: StaffSignIn) -> FastAPI:
    """The application in production mode, on the parts of a demonstration's."""
    parts: Parts = house.app.state.parts
    return create_app(
        desk=parts.desk,
        feeds=parts.feeds,
        letters=parts.letters,
        subscriptions=parts.subscriptions,
        rights=parts.rights,
        identities=parts.identities,
        drafts=parts.drafts,
        documents=parts.documents,
        hotline=parts.hotline,
        views=parts.views,
        office=parts.office,
        reader=parts.reader,
        clock=parts.clock,
        settings=replace(parts.settings, mode=AppMode.PRODUCTION, hosts=LOOPBACK | {NAME}),
        probes=parts.probes,
        sign_in=sign_in,
    )


@dataclass
class Colleague:
    """Somebody at a browser, on the way in and at work."""

    member: StaffMember
    client: httpx.AsyncClient
    clock: Clock
    secret: str = ""
    codes: tuple[str, ...] = ()
    last: Paper | None = None

    async def read(self, path: str, status: int = 200) -> Paper:
        answer = await self.client.get(path)
        assert answer.status_code == status, (path, answer.status_code, answer.headers.get("location"))
        self.last = Paper(answer.text)
        return self.last

    def form(self, action: str) -> Form:
        """The form of the last page that is sent there."""
        assert self.last is not None
        return next(form for form in self.last.forms if form.action == action)

    async def send(self, action: str, status: int = 303, **entries: str) -> httpx.Response:
        """Sends a form of the last page; a page that comes back is the last one from then on."""
        answer = await self.client.post(action, data={**self.form(action).fields, **entries})
        assert answer.status_code == status, (action, answer.status_code, answer.text[:2000])
        if status != 303:
            self.last = Paper(answer.text)
        return answer

    async def redeem(self, path: str) -> Paper:
        """From the link to the first page of the enrolment."""
        await self.read(path)
        assert (await self.send(path)).headers["location"] == "/enrol"
        return await self.read("/enrol")

    async def enrol_by_password(self, path: str) -> None:
        """Password, telephone, codes on paper: signed in."""
        await self.redeem(path)
        await self.send("/enrol/password", password=PASSWORD)
        answer = await self.client.get("/enrol")
        self.last = Paper(answer.text)
        found = re.search(r'pk-secret">([A-Z2-7 ]+)</code>', answer.text)
        assert found is not None
        self.secret = found[1].replace(" ", "")
        shown = await self.send("/enrol/code", 200, code=self.code())
        self.codes = tuple(re.findall(r'pk-secret">([0-9A-Z-]{27})</code>', shown.text))

    def code(self) -> str:
        """What the telephone shows. Each is good once, so a test that needs another one moves the clock."""
        return pyotp.TOTP(self.secret).at(self.clock())

    async def sign_in(self, next: str = "/", status: int = 303, **entries: str) -> httpx.Response:
        """With password and the next code."""
        self.clock.ahead += timedelta(seconds=30)
        await self.read(f"/sign-in?next={next}")
        typed = {"name": self.member.email, "password": PASSWORD, "code": self.code()}
        return await self.send("/sign-in", status, **{**typed, **entries})

    async def step_up(self, path: str = "/step-up?next=/account") -> httpx.Response:
        """The same once more."""
        self.clock.ahead += timedelta(seconds=30)
        await self.read(path)
        return await self.send("/step-up", password=PASSWORD, code=self.code())

    async def enrol_by_passkey(self, path: str) -> Authenticator:
        """As our script does it."""
        await self.redeem(path)
        return await self.add_passkey("/enrol/challenge", "/enrol/passkey")

    async def add_passkey(self, ask: str, action: str) -> Authenticator:
        """On a device of its own."""
        device = Authenticator(domain=NAME)
        asked = await self.client.post(ask)
        assert asked.status_code == 200, asked.text
        await self.send(action, answer=device.register(asked.text, origin=ORIGIN), passkey="telefon")
        return device

    async def by_passkey(
        self, device: Authenticator, way: str = "/sign-in", status: int = 303, origin: str = ORIGIN
    ) -> httpx.Response:
        """Signs in or steps up."""
        await self.read(way)
        asked = await self.client.post(f"{way}/challenge")
        assert asked.status_code == 200, asked.text
        return await self.send(f"{way}/passkey", status, answer=device.sign(asked.text, origin=origin))
