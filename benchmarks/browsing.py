"""People at their browsers: signed in for real, over HTTP, each with a session of their own.

with entrance(settings) as door:
    browser = door.browser(member)
    browser.open("/journeys")                  # the page; raises for anything but 200
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import unescape

import httpx
import pyotp
from argon2 import PasswordHasher

from vault.sessions import Device, Proof
from vault.staff import StaffMember
from worker.parts import Parts, opened
from worker.settings import Settings
from worker.sign_in_vault import SignInVault, sign_in_vault, site_of

PASSWORD = "tri plava slona preko reke"
_CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
"""Nobody signs in by it: what is measured begins with a session."""
_INPUT = re.compile(r"<input\b[^>]*>")
_ATTRIBUTE = re.compile(r'([a-z-]+)="([^"]*)"')
_PATIENCE = 60.0


class Unexpected(AssertionError):
    """An answer that is none."""


@dataclass
class Browser:
    """One person's."""

    member: StaffMember
    client: httpx.Client
    token: str = field(default="", repr=False)
    """Of the forms, the same for the whole session."""

    def open(self, path: str) -> str:
        """The page. Raises `Unexpected`."""
        return self._page(self.client.get(path))

    def send(self, path: str, **entries: str) -> str:
        """The page that a form leads to. Raises `Unexpected`."""
        answer = self.client.post(path, data={"token": self.token, **entries})
        return self._page(self.client.get(answer.headers["location"]) if answer.status_code == 303 else answer)

    def form(self, path: str) -> dict[str, str]:
        """The hidden fields of a form, and its token for every later one."""
        fields = hidden(self.open(path))
        self.token = fields.get("token", self.token)
        return fields

    def _page(self, answer: httpx.Response) -> str:
        if answer.status_code != 200:
            raise Unexpected(f"{answer.request.method} {answer.request.url.path}: {answer.status_code}")
        return answer.text


def hidden(html: str) -> dict[str, str]:
    """What a form of the page sends by itself: the last field of each name."""
    found = {}
    for tag in _INPUT.findall(html):
        attributes = dict(_ATTRIBUTE.findall(tag))
        if attributes.get("type") == "hidden" and "name" in attributes:
            found[attributes["name"]] = unescape(attributes.get("value", ""))
    return found


@dataclass(frozen=True)
class Entrance:
    """Where people get their sessions."""

    settings: Settings
    parts: Parts
    vault: SignInVault

    def browser(self, member: StaffMember) -> Browser:
        """A browser at which this person is signed in."""
        client = httpx.Client(
            base_url=self.settings.address,
            cookies={"putokaz_signed_in": self.session(member)},
            headers={"sec-fetch-site": "same-origin"},
            timeout=_PATIENCE,
        )
        browser = Browser(member, client)
        browser.form("/search")
        return browser

    def session(self, member: StaffMember) -> str:
        """The token of a new session: invited, enrolled and signed in as the pages do it, without the pages."""
        now, vault = datetime.now(UTC), self.vault
        if (account := vault.accounts.get(member.id)) is None or not account.enrolled_at:
            enrolment = vault.invitations.redeem(vault.invitations.invite(member.id, now=now).token, now=now)
            vault.passwords.choose(member.id, PASSWORD, now=now)
            generator = vault.generators.begin(member.id, label=member.email, issuer="bench", now=now)
            vault.generators.confirm(member.id, pyotp.TOTP(generator.secret).at(now), now=now)
            vault.invitations.complete(enrolment.token, now=now)
        return vault.sessions.begin(member.id, Device.COMPUTER, Proof.CODE, now=now).token


@contextmanager
def entrance(settings: Settings) -> Iterator[Entrance]:
    """Opened on the same databases as the pages."""
    with (
        opened(settings, connections=2) as parts,
        sign_in_vault(settings.vault, parts.keys, site_of(settings.address), hasher=_CHEAP) as vault,
    ):
        yield Entrance(settings, parts, vault)
