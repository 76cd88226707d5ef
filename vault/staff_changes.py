"""Who changed what about a member of staff, and when: a log that is never written over.

`vault.staff_register` writes it.

changes.of(staff)        # newest first
changes.verify(head)     # whether a line was edited, deleted or moved since
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from vault.access_chain import AccessHead, VerifiedAccesses
from vault.database import Database, query
from vault.envelope import opened, sealed
from vault.keys import Keys
from vault.staff_change_chain import StaffChangeRow, verified

_STREAM, _COMPARTMENT = "organisation", "staff"
_PAGE = 5000


class StaffChangeKind(StrEnum):
    """What was done. A value is never renamed: it stands in the log."""

    ADDED = "added"
    CHANGED = "changed"
    SETTINGS = "settings"
    FEED_MADE = "feed-made"
    FEED_REVOKED = "feed-revoked"


@dataclass(frozen=True, slots=True)
class StaffChange:
    """One line of the log. `before` and `after` hold only what differs, by field."""

    position: int
    at: datetime
    actor: UUID
    staff: UUID
    kind: StaffChangeKind
    before: Mapping[str, Any]
    after: Mapping[str, Any]


class StaffChanges:
    """Safe for many threads. Every call raises `VaultUnavailable` while the vault's database is away."""

    def __init__(self, dsn: str, keys: Keys, *, size: int = 1) -> None:
        self._database = Database(dsn, size)
        self._keys = keys

    def close(self) -> None:
        """Closes the connections."""
        self._database.close()

    def of(self, staff: UUID | None = None, most: int = 50) -> list[StaffChange]:
        """The newest lines, of one person or of all. One whose key is gone says that it happened, and no more."""
        rows = self._read("staff_changes", {"staff": staff, "most": most})
        return [self._opened(row) for row in rows]

    def verify(self, known: AccessHead | None = None) -> VerifiedAccesses:
        """Reads the whole log and recomputes its chain."""
        return verified(self._rows(), known)

    def _opened(self, row: StaffChangeRow) -> StaffChange:
        key = self._keys.opening_key(row.key_id)
        body: dict[str, Any] = {"before": {}, "after": {}}
        if key is not None:
            body = json.loads(
                opened(key, row.sealed, _context(row.staff, row.command_id), what="a line of staff changes")
            )
        return StaffChange(
            row.position, row.at, row.actor, row.staff, StaffChangeKind(row.kind), body["before"], body["after"]
        )

    def _rows(self) -> Iterator[StaffChangeRow]:
        position = 0
        while True:
            page = self._read("staff_changes_after", {"position": position, "most": _PAGE})
            yield from page
            if len(page) < _PAGE:
                return
            position = page[-1].position

    def _read(self, name: str, values: Mapping[str, object]) -> list[StaffChangeRow]:
        rows = self._database.run(lambda c: c.execute(query(name), values).fetchall())
        return [StaffChangeRow(*row) for row in rows]


def change_of(
    keys: Keys,
    kind: StaffChangeKind,
    staff: UUID,
    actor: UUID,
    command_id: UUID,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
) -> Mapping[str, object]:
    """The values of a line, for the statement that writes it in the transaction of what it is about."""
    key = keys.current_key(_STREAM, _COMPARTMENT)
    body = json.dumps({"before": before, "after": after}).encode()
    return {
        "actor": actor,
        "staff": staff,
        "kind": kind.value,
        "command_id": command_id,
        "change_key": key.key_id,
        "change": sealed(key.key, body, _context(staff, command_id)),
    }


def _context(staff: UUID, command_id: UUID) -> bytes:
    return b"putokaz-staff-change-1" + staff.bytes + command_id.bytes
