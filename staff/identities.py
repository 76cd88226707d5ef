"""Who clients are, as pages and API are given it by the composition root: revealed, corrected, searched, and by whom.

The values are the vault's. Whether a person may is asked before (`staff.guard.permission`), here it is only done.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from domain.rights.actions import Action
from vault.access_log import Burst
from vault.accesses import Access, RevealPurpose
from vault.identities import Masked, Revealed
from vault.identity import Born, Identity, IdentityField, Name
from vault.roll import SearchBy
from vault.searching import Found

WRITING = (Action.READ_IDENTITY, Action.ADVANCE_STEPS)
"""What somebody must be allowed to enter or correct an identity: to see it, and to work on the case as one of its team.

Emergency access, counsel and a crew see who a client is and change nothing of it.
"""
BURSTS_SHOWN = timedelta(days=7)
"""How long supervisors are told of very many reveals."""


class ClientIdentities(Protocol):
    """Safe for many threads. Every call may raise `VaultUnavailable`, and `AccessNotLogged`: then nothing was shown."""

    def masked(self, journey: UUID) -> Masked | None:
        """Initials and year of birth; None where nothing is known of the client."""
        ...

    def reveal(
        self, actor: UUID, journey: UUID, fields: Set[IdentityField], purpose: RevealPurpose, reason: str | None = None
    ) -> Revealed | None:
        """These fields, once that is logged; None where nothing is known. Raises `ValueError` as the vault says."""
        ...

    def note_safe_contact(self, actor: UUID, journey: UUID) -> None:
        """That somebody is about to be shown the words of safe contact. Raises `AccessNotLogged`: then nothing is."""
        ...

    def put(self, identity: Identity, *, actor: UUID) -> int:
        """Writes the identity of a client of whom nothing is known; its version. Raises `IdentityConflict`."""
        ...

    def correct(self, identity: Identity, fields: Set[IdentityField], *, seen: int, actor: UUID) -> int:
        """Replaces these fields; the new version. Raises `IdentityConflict`, `IdentityUnknown`."""
        ...

    def number(self, typed: str) -> str:
        """A telephone number in E.164. Raises `NumberInvalid`."""
        ...

    def search(self, actor: UUID, typed: str, by: SearchBy) -> Found:
        """Who fits what was typed. Raises `NumberInvalid`, and `Unavailable` while the search process is away."""
        ...

    def candidates(self, actor: UUID, names: Sequence[Name], born: Born | None) -> Found:
        """Who may be the same person. Raises `Unavailable` while the search process is away."""
        ...

    def accesses(self, journey: UUID) -> Sequence[Access]:
        """Every reveal of this client or of the words of safe contact, every search that found them, latest first."""
        ...

    def accesses_by(self, actor: UUID, since: datetime) -> Sequence[Access]:
        """What this person was shown and searched for since then, the latest first."""
        ...

    def reason(self, access: Access) -> str | None:
        """The words that a person gave for a reveal; None where there are none, or no longer."""
        ...

    def bursts(self) -> Sequence[Burst]:
        """Who had very many reveals within an hour, of late."""
        ...
