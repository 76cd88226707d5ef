"""The parts of the vault on which sign-in stands, opened together; and where passkeys are good."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

from argon2 import PasswordHasher

from vault.accounts import Accounts
from vault.attempts import Attempts
from vault.invitations import Invitations
from vault.keys import Keys
from vault.passkey_answers import Site
from vault.passkeys import Passkeys
from vault.passwords import Passwords
from vault.recovery_codes import RecoveryCodes
from vault.second_factor import CodeGenerators
from vault.sessions import Sessions
from vault.sign_ins import SignIns

NAME = "Putokaz"
"""What devices show beside a passkey, and telephones beside their codes: a neutral word."""


@dataclass(frozen=True, slots=True)
class SignInVault:
    """The parts of the vault on which sign-in stands."""

    accounts: Accounts
    invitations: Invitations
    passwords: Passwords
    generators: CodeGenerators
    recovery: RecoveryCodes
    passkeys: Passkeys
    sessions: Sessions
    attempts: Attempts
    record: SignIns


@contextmanager
def sign_in_vault(dsn: str, keys: Keys, site: Site, *, hasher: PasswordHasher | None = None) -> Iterator[SignInVault]:
    """Opened for a process. `site`: where passkeys are good."""
    with ExitStack() as stack:
        yield SignInVault(
            stack.enter_context(closing(Accounts(dsn, keys))),
            stack.enter_context(closing(Invitations(dsn, keys))),
            stack.enter_context(closing(Passwords(dsn, keys, hasher=hasher))),
            stack.enter_context(closing(CodeGenerators(dsn, keys))),
            stack.enter_context(closing(RecoveryCodes(dsn, keys))),
            stack.enter_context(closing(Passkeys(dsn, keys, site=site))),
            stack.enter_context(closing(Sessions(dsn, size=8))),
            stack.enter_context(closing(Attempts(dsn, keys))),
            stack.enter_context(closing(SignIns(dsn))),
        )


def site_of(address: str) -> Site:
    """The site of the pages, from the address with which their links begin. A passkey is good for its one name."""
    parts = urlsplit(address)
    return Site(parts.hostname or "localhost", NAME, (f"{parts.scheme}://{parts.netloc}",))
