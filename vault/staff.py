"""The staff directory: the people behind the actors' ids, encrypted under a key of the organisation."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from uuid import UUID

from vault.database import Database, query
from vault.envelope import opened, sealed
from vault.errors import RecordBroken
from vault.keys import Keys
from vault.preferences import Preferences, restored, stored

_STREAM, _COMPARTMENT = "organisation", "staff"


@dataclass(frozen=True)
class StaffMember:
    """A person who works here. `roles` are the organisation's role codes, `locale` as `sr-Cyrl`, `sr-Latn`, `en`."""

    id: UUID
    name: str
    email: str
    roles: frozenset[str]
    locale: str
    preferences: Preferences = field(default_factory=Preferences)


class StaffDirectory:
    """Small enough to be read whole. Raises `VaultUnavailable`, and `RecordBroken` for a record that does not open."""

    def __init__(self, dsn: str, keys: Keys, *, size: int = 2) -> None:
        self._database = Database(dsn, size)
        self._keys = keys

    def close(self) -> None:
        """Closes the connections."""
        self._database.close()

    def put(self, member: StaffMember) -> None:
        """Adds the person, or replaces what is stored under the same id. What people change goes by `StaffRegister`."""
        key_id, record = sealed_member(self._keys, member)
        self._database.run(lambda c: c.execute(query("put_staff"), (member.id, key_id, record)))

    def get(self, staff_id: UUID) -> StaffMember | None:
        """The person with this id, or None."""
        row = self._database.run(lambda c: c.execute(query("staff_member"), (staff_id,)).fetchone())
        return None if row is None else opened_member(self._keys, *row)

    def all(self) -> list[StaffMember]:
        """Everybody, in no order that means anything: pages sort by their own rules."""
        rows = self._database.run(lambda c: c.execute(query("all_staff")).fetchall())
        keys = self._keys.opening_keys(list({row[1] for row in rows}))  # one question, however many work here
        return [_opened(keys.get(key_id), staff_id, record) for staff_id, key_id, record in rows]


def sealed_member(keys: Keys, member: StaffMember) -> tuple[UUID, bytes]:
    """The record of a person, and under which key it is."""
    body = {
        "name": member.name,
        "email": member.email,
        "roles": sorted(member.roles),
        "locale": member.locale,
        "preferences": stored(member.preferences),
    }
    data_key = keys.current_key(_STREAM, _COMPARTMENT)
    return data_key.key_id, sealed(data_key.key, json.dumps(body).encode(), _context(member.id))


def opened_member(keys: Keys, staff_id: UUID, key_id: UUID, record: bytes) -> StaffMember:
    """The person in a record. Raises `RecordBroken`."""
    return _opened(keys.opening_key(key_id), staff_id, record)


def _opened(key: bytes | None, staff_id: UUID, record: bytes) -> StaffMember:
    if key is None:
        raise RecordBroken(f"the key of staff member {staff_id} was destroyed")
    body = json.loads(opened(key, record, _context(staff_id), what=f"the record of staff member {staff_id}"))
    return StaffMember(
        staff_id,
        body["name"],
        body["email"],
        frozenset(body["roles"]),
        body["locale"],
        restored(body.get("preferences")),
    )


def _context(staff_id: UUID) -> bytes:
    return b"putokaz-staff-1" + staff_id.bytes
