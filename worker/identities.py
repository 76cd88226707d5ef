"""Who clients are, behind pages and API (`staff.identities.ClientIdentities`): the vault, its log, the search."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence, Set
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from typing import Protocol
from uuid import UUID

import structlog

from staff.identities import BURSTS_SHOWN
from vault.access_log import REVEALS_AN_HOUR, AccessLog, Burst
from vault.accesses import Access, RevealPurpose
from vault.callers import normal
from vault.errors import VaultUnavailable
from vault.identities import Identities, Masked, Revealed
from vault.identity import Born, Identity, IdentityField, Name
from vault.roll import SearchBy
from vault.searching import Found
from worker.parts import Parts
from worker.searching.asking import SearchClient
from worker.settings import Settings

_log = structlog.get_logger("putokaz")
VAULT_REST = 10.0
"""Seconds for which a vault that was away is not asked again for what is masked: a page is shown without it."""


class Finder(Protocol):
    """Who searches: the client of the search process, in tests the search itself."""

    def search(self, actor: UUID, typed: str, by: SearchBy) -> Found: ...

    def candidates(self, actor: UUID, names: Sequence[Name], born: Born | None) -> Found: ...


def _now() -> datetime:
    """By the clock of the access log, which is the vault's own and never a demonstration's."""
    return datetime.now(UTC)


class StaffIdentities:
    """One for each web process. `home` is the prefix of telephone numbers without one."""

    def __init__(
        self,
        identities: Identities,
        log: AccessLog,
        finder: Finder,
        *,
        home: str,
        now: Callable[[], datetime] = _now,
    ) -> None:
        self._identities = identities
        self._accesses = log
        self._finder = finder
        self._home = home
        self._now = now
        self._asked_again = float("-inf")

    def masked(self, journey: UUID) -> Masked | None:
        """As the port says; a vault that is away makes one page wait, and not each of them."""
        if time.monotonic() < self._asked_again:
            raise VaultUnavailable("the vault was away a moment ago")
        try:
            return self._identities.masked(journey)
        except VaultUnavailable:
            self._asked_again = time.monotonic() + VAULT_REST
            raise

    def reveal(
        self, actor: UUID, journey: UUID, fields: Set[IdentityField], purpose: RevealPurpose, reason: str | None = None
    ) -> Revealed | None:
        """As the port says. More than `REVEALS_AN_HOUR` of one person are an error in the log of this process."""
        shown = self._identities.reveal(actor, journey, fields, purpose, reason)
        reveals = self._accesses.reveals_in_hour(actor)
        if reveals > REVEALS_AN_HOUR:
            _log.error("very many identities were revealed", actor=str(actor), reveals_in_hour=reveals)
        return shown

    def note_safe_contact(self, actor: UUID, journey: UUID) -> None:
        """As the port says."""
        self._accesses.note_safe_contact(actor, journey)

    def put(self, identity: Identity, *, actor: UUID) -> int:
        """As the port says."""
        return self._identities.put(identity, actor=actor)

    def correct(self, identity: Identity, fields: Set[IdentityField], *, seen: int, actor: UUID) -> int:
        """As the port says."""
        return self._identities.correct(identity, fields, seen=seen, actor=actor)

    def number(self, typed: str) -> str:
        """As the port says."""
        return normal(typed, home=self._home)

    def search(self, actor: UUID, typed: str, by: SearchBy) -> Found:
        """As the port says."""
        return self._finder.search(actor, typed, by)

    def candidates(self, actor: UUID, names: Sequence[Name], born: Born | None) -> Found:
        """As the port says."""
        return self._finder.candidates(actor, names, born)

    def accesses(self, journey: UUID) -> Sequence[Access]:
        """As the port says."""
        return _latest_first(self._accesses.opened(journey), self._accesses.found(journey))

    def accesses_by(self, actor: UUID, since: datetime) -> Sequence[Access]:
        """As the port says."""
        return _latest_first(self._accesses.opened_by(actor, since), self._accesses.searched_by(actor, since))

    def reason(self, access: Access) -> str | None:
        """As the port says."""
        return self._accesses.reason(access)

    def bursts(self) -> Sequence[Burst]:
        """As the port says."""
        return self._accesses.bursts(self._now() - BURSTS_SHOWN)


def _latest_first(reveals: Sequence[Access], searches: Sequence[Access]) -> list[Access]:
    return sorted([*reveals, *searches], key=lambda access: -access.position)


@contextmanager
def staff_identities(settings: Settings, parts: Parts) -> Iterator[StaffIdentities]:
    """For a web process."""
    with (
        closing(Identities(settings.vault, parts.keys)) as identities,
        closing(AccessLog(settings.vault, parts.keys)) as log,
        closing(SearchClient(settings.search_socket)) as finder,
    ):
        yield StaffIdentities(identities, log, finder, home=settings.phone_home)
