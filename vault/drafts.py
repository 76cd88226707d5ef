"""Drafts: what somebody has typed into a form and not sent yet. Sealed, theirs alone, gone after 72 hours.

    drafts.keep(staff, "/missions/…/report", {"note": "…"}, command_id=id, now=now)
    drafts.find(staff, "/missions/…/report", now=now)     # its texts again, with the id of the command they become
    drafts.end(staff, "/missions/…/report", command_id=id, now=now)

The key is one of the person's (`staff-<id>`, compartment `drafts`), and the seal is bound to person, form and command:
a row moved to somebody else does not open. Instants are the caller's, so that one clock says how old a draft is.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from vault.database import Database, query
from vault.envelope import opened, sealed
from vault.keys import Keys

LIFE = timedelta(hours=72)
LONGEST = 128 * 1024
"""Bytes of all the texts of a form together, as JSON in UTF-8."""
LONGEST_ADDRESS = 200
_COMPARTMENT = "drafts"


@dataclass(frozen=True, slots=True)
class Draft:
    """What was typed, by input. `command_id`: of that form, so that sending it twice is one command."""

    command_id: UUID
    saved_at: datetime
    texts: Mapping[str, str] = field(repr=False)

    @property
    def ends_at(self) -> datetime:
        """From then on it is gone."""
        return self.saved_at + LIFE


class Drafts:
    """Safe for many threads. Every call raises `VaultUnavailable` while the vault's database is away."""

    def __init__(self, dsn: str, keys: Keys, *, size: int = 2) -> None:
        self._database = Database(dsn, size)
        self._keys = keys

    def close(self) -> None:
        """Closes the connections."""
        self._database.close()

    def keep(self, staff: UUID, form: str, texts: Mapping[str, str], *, command_id: UUID, now: datetime) -> bool:
        """Keeps the texts instead of what was kept; False where the draft of this command has ended.

        Raises `ValueError` for more than `LONGEST` bytes or an address longer than `LONGEST_ADDRESS`.
        """
        content = json.dumps(dict(texts), ensure_ascii=False).encode()
        if len(content) > LONGEST or len(form) > LONGEST_ADDRESS:
            raise ValueError("a draft is too long")
        key = self._keys.current_key(_stream(staff), _COMPARTMENT)
        values = {
            "staff": staff,
            "form": form,
            "command_id": command_id,
            "key_id": key.key_id,
            "sealed": sealed(key.key, content, _context(staff, form, command_id)),
            "now": now,
            "oldest": now - LIFE,
        }
        return self._database.run(lambda c: c.execute(query("put_draft"), values).fetchone()) is not None

    def find(self, staff: UUID, form: str, *, now: datetime) -> Draft | None:
        """The draft of this person in this form, unless it has ended, is too old, or its key was destroyed.

        Raises `RecordBroken` for one that was altered, or moved from another person or form.
        """
        values = {"staff": staff, "form": form, "oldest": now - LIFE}
        row = self._database.run(lambda c: c.execute(query("draft"), values).fetchone())
        key = None if row is None else self._keys.opening_key(row[1])
        if row is None or key is None:
            return None
        command_id, _, record, saved_at = row
        content = opened(key, record, _context(staff, form, command_id), what="a draft")
        return Draft(command_id, saved_at, json.loads(content))

    def end(self, staff: UUID, form: str, *, command_id: UUID, now: datetime) -> None:
        """Deletes what was kept: it was sent, or is not wanted. What comes of this command afterwards is not kept."""
        values = {"staff": staff, "form": form, "command_id": command_id, "now": now}
        self._database.run(lambda c: c.execute(query("end_draft"), values))


def _stream(staff: UUID) -> str:
    return f"staff-{staff}"


def _context(staff: UUID, form: str, command_id: UUID) -> bytes:
    return b"putokaz-draft-1" + staff.bytes + command_id.bytes + form.encode()
