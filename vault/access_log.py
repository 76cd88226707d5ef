"""The access log, for whoever answers for the data: who opened a file, what somebody opened, whether it is whole.

    log.opened(journey)            # who opened this file
    log.opened_by(me, since)       # what I opened
    log.verify(head)               # whether a line was edited, deleted or moved since

A cut-off end is found only with a head that was noted before, so keep one outside the database.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from vault.access_chain import AccessHead, AccessRow, VerifiedAccesses, verified
from vault.accesses import Access, AccessKind, NewAccess, RevealPurpose, logged, reason_context
from vault.database import Database, query
from vault.envelope import opened
from vault.identity import IdentityField
from vault.keys import Keys

REVEALS_AN_HOUR = 30
"""More than so many of one person in an hour are worth a question (`docs/identities.md`)."""
_OPENED = (AccessKind.REVEAL, AccessKind.SAFE_CONTACT, AccessKind.DOCUMENT)
_SEARCHES = (AccessKind.SEARCH, AccessKind.CANDIDATES)
_PAGE = 5000


@dataclass(frozen=True, slots=True)
class Burst:
    """That somebody had very many reveals: the most within one hour, and when the last of those was."""

    actor: UUID
    reveals: int
    at: datetime


class AccessLog:
    """Read by whoever answers for the data. Safe for many threads; every call raises `VaultUnavailable`."""

    def __init__(self, dsn: str, keys: Keys, *, size: int = 1) -> None:
        self._database = Database(dsn, size)
        self._keys = keys

    def close(self) -> None:
        """Closes the connections."""
        self._database.close()

    def note_safe_contact(self, actor: UUID, journey: UUID) -> None:
        """That somebody is about to be shown by which words this client is reached. The words are in the event log.

        Raises `AccessNotLogged`: then nothing may be shown.
        """
        logged(self._database, "log_access", NewAccess(actor, AccessKind.SAFE_CONTACT, (journey,)))

    def opened(self, journey: UUID) -> list[Access]:
        """Who was shown fields or documents of this client, or the words of safe contact, oldest first."""
        return self._accesses("accesses_of", _OPENED, journey=journey)

    def found(self, journey: UUID) -> list[Access]:
        """Whose searches showed this client, masked, oldest first."""
        return self._accesses("accesses_of", _SEARCHES, journey=journey)

    def opened_by(self, actor: UUID, since: datetime) -> list[Access]:
        """What this person was shown from then on, oldest first."""
        return self._accesses("accesses_by", _OPENED, actor=actor, since=since)

    def searched_by(self, actor: UUID, since: datetime) -> list[Access]:
        """What this person searched for from then on, oldest first."""
        return self._accesses("accesses_by", _SEARCHES, actor=actor, since=since)

    def reveals_in_hour(self, actor: UUID) -> int:
        """How many reveals this person had in the last hour; more than `REVEALS_AN_HOUR` are unusual."""
        row = self._database.run(lambda c: c.execute(query("reveals_in_hour"), (actor,)).fetchone())
        assert row is not None
        return int(row[0])

    def bursts(self, since: datetime) -> list[Burst]:
        """Who had more than `REVEALS_AN_HOUR` reveals within any hour since then, the latest first."""
        values = {"since": since, "most": REVEALS_AN_HOUR}
        rows = self._database.run(lambda c: c.execute(query("reveal_bursts"), values).fetchall())
        return [Burst(*row) for row in rows]

    def reason(self, access: Access) -> str | None:
        """The person's own words for a reveal; None where there are none, or they were erased with the client.

        Raises `RecordBroken`.
        """
        if access.key_id is None or access.sealed is None:
            return None
        key = self._keys.opening_key(access.key_id)
        if key is None:
            return None
        return opened(key, access.sealed, reason_context(access.actor, *access.journeys)).decode()

    def verify(self, known: AccessHead | None = None) -> VerifiedAccesses:
        """Reads the whole log and recomputes its chain; with a head that was noted before, also whether it is whole."""
        return verified(self._rows(), known)

    def _rows(self) -> Iterator[AccessRow]:
        position = 0
        while True:
            page = self._read("accesses_after", {"position": position, "most": _PAGE})
            yield from page
            if len(page) < _PAGE:
                return
            position = page[-1].position

    def _accesses(self, name: str, kinds: Iterable[AccessKind], **values: object) -> list[Access]:
        return [_access(row) for row in self._read(name, {**values, "kinds": [kind.value for kind in kinds]})]

    def _read(self, name: str, values: dict[str, object]) -> list[AccessRow]:
        rows = self._database.run(lambda c: c.execute(query(name), values).fetchall())
        return [AccessRow(*row) for row in rows]


def _access(row: AccessRow) -> Access:
    kind = AccessKind(row.kind)
    of_document = kind is AccessKind.DOCUMENT
    return Access(
        row.position,
        row.at,
        row.actor,
        kind,
        tuple(row.journeys),
        frozenset() if of_document else frozenset(map(IdentityField, row.fields)),
        None if row.purpose is None else RevealPurpose(row.purpose),
        row.query,
        row.key_id,
        row.sealed,
        frozenset(map(UUID, row.fields)) if of_document else frozenset(),
    )
