"""Changes to the staff directory by a person: each is logged in the transaction that makes it, and overwrites nothing.

    register.add(member, actor, command_id)
    register.change(staff, account, seen=version_of(shown), actor=…, command_id=…)   # StaffConflict: somebody was first

What was changed is read in `vault.staff_changes`. The same `command_id` again does nothing again. An account (name,
address, roles, language) and the settings of a person (how they want to be reached) are two parts of one record:
whoever changes one is not in the way of the other.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

import psycopg

from vault.database import Connection, Database, query
from vault.errors import StaffConflict, StaffKnown, UnknownStaff
from vault.feeds import DEFAULT_LIFE, Feed, NewFeed
from vault.keys import Keys
from vault.preferences import Preferences, stored
from vault.staff import StaffMember, opened_member, sealed_member
from vault.staff_changes import StaffChangeKind, change_of
from vault.tokens import new_token, token_hash

_TRIES = 3
"""Of a writing between whose reading and writing somebody else wrote."""


@dataclass(frozen=True, slots=True)
class Account:
    """What an administrator says of a person; fields as in `StaffMember`."""

    name: str
    email: str
    roles: frozenset[str]
    locale: str


def account_of(member: StaffMember) -> Account:
    """The part of a record that administrators keep."""
    return Account(member.name, member.email, member.roles, member.locale)


def version_of(part: Account | Preferences) -> str:
    """What a form carries of the part that it shows: other words, another version."""
    return sha256(json.dumps(_plain(part), sort_keys=True).encode()).hexdigest()[:16]


class StaffRegister:
    """Safe for many threads. Every call raises `VaultUnavailable` while the vault's database is away."""

    def __init__(self, dsn: str, keys: Keys, *, size: int = 2) -> None:
        self._database = Database(dsn, size)
        self._keys = keys

    def close(self) -> None:
        """Closes the connections."""
        self._database.close()

    def add(self, member: StaffMember, *, actor: UUID, command_id: UUID) -> bool:
        """Whether the person was added now, not by the same command before. Raises `StaffKnown` for an id in use."""
        key_id, record = sealed_member(self._keys, member)
        change = change_of(
            self._keys, StaffChangeKind.ADDED, member.id, actor, command_id, {}, _plain(account_of(member))
        )

        def write(connection: Connection) -> None:
            values = {"staff": member.id, "key_id": key_id, "sealed": record}
            if not connection.execute(query("add_staff"), values).rowcount:
                raise StaffKnown(f"there is a member of staff with the id {member.id}")

        return self._logged(change, write)

    def change(self, staff: UUID, account: Account, *, seen: str, actor: UUID, command_id: UUID) -> bool:
        """Whether something was changed now. Raises `UnknownStaff`, and `StaffConflict` where `seen` is outdated."""
        return self._replace(
            StaffChangeKind.CHANGED,
            staff,
            account,
            seen,
            lambda member: replace(
                member, name=account.name, email=account.email, roles=account.roles, locale=account.locale
            ),
            account_of,
            actor,
            command_id,
        )

    def settle(self, staff: UUID, preferences: Preferences, *, seen: str, actor: UUID, command_id: UUID) -> bool:
        """The same for how somebody wants to be reached."""
        return self._replace(
            StaffChangeKind.SETTINGS,
            staff,
            preferences,
            seen,
            lambda member: replace(member, preferences=preferences),
            lambda member: member.preferences,
            actor,
            command_id,
        )

    def make_feed(
        self, staff: UUID, *, lasts: timedelta = DEFAULT_LIFE, actor: UUID, command_id: UUID
    ) -> NewFeed | None:
        """A new calendar; None where the same command made one: its token was shown then. Raises `UnknownStaff`."""
        token, made = new_token(), list[Feed]()
        values = {"id": uuid4(), "staff": staff, "hash": token_hash(token), "lasts": lasts}
        after = {"days": lasts.days}
        change = change_of(self._keys, StaffChangeKind.FEED_MADE, staff, actor, command_id, {}, after)

        def write(connection: Connection) -> None:
            row = connection.execute(query("add_feed"), values).fetchone()
            assert row is not None
            made.append(Feed(*row))

        try:
            return NewFeed(made[-1], token) if self._logged(change, write) else None
        except psycopg.errors.ForeignKeyViolation:
            raise UnknownStaff(f"no member of staff has the id {staff}") from None

    def revoke_feed(self, staff: UUID, feed: UUID, *, actor: UUID, command_id: UUID) -> bool:
        """Whether this calendar of theirs opened something until now."""
        revoked = list[bool]()
        change = change_of(self._keys, StaffChangeKind.FEED_REVOKED, staff, actor, command_id, {"feed": str(feed)}, {})

        def write(connection: Connection) -> None:
            values = {"feed": feed, "staff": staff}
            if not connection.execute(query("revoke_feed_of"), values).rowcount:
                raise _NothingToDo
            revoked.append(True)

        try:
            return self._logged(change, write)
        except _NothingToDo:
            return False

    def _replace(
        self,
        kind: StaffChangeKind,
        staff: UUID,
        part: Account | Preferences,
        seen: str,
        put: Callable[[StaffMember], StaffMember],
        part_of: Callable[[StaffMember], Account | Preferences],
        actor: UUID,
        command_id: UUID,
    ) -> bool:
        """Reads, compares, writes only over what was read; somebody's other part in between is read again."""
        for _ in range(_TRIES):
            if self._done(command_id):
                return False
            row = self._database.run(lambda c: c.execute(query("staff_member"), (staff,)).fetchone())
            if row is None:
                raise UnknownStaff(f"no member of staff has the id {staff}")
            member = opened_member(self._keys, *row)
            if version_of(part_of(member)) != seen:
                raise StaffConflict(member)
            before, after = _differences(_plain(part_of(member)), _plain(part))
            if not after:
                return False
            key_id, record = sealed_member(self._keys, put(member))
            values = {"staff": staff, "key_id": key_id, "sealed": record, "was": row[2]}

            def write(connection: Connection, values: Mapping[str, object] = values) -> None:
                if not connection.execute(query("swap_staff"), values).rowcount:
                    raise _NothingToDo

            try:
                return self._logged(change_of(self._keys, kind, staff, actor, command_id, before, after), write)
            except _NothingToDo:
                continue
        raise StaffConflict(member)

    def _logged(self, change: Mapping[str, object], write: Callable[[Connection], None]) -> bool:
        """The line and what it is about, both or neither; False where the command has a line already."""

        def work(connection: Connection) -> bool:
            with connection.transaction():
                row = connection.execute(query("log_staff_change"), change).fetchone()
                if row is None or not row[0]:
                    return False
                write(connection)
                return True

        return self._database.run(work)

    def _done(self, command_id: UUID) -> bool:
        return self._database.run(lambda c: c.execute(query("staff_change_of"), (command_id,)).fetchone()) is not None


class _NothingToDo(Exception):
    """Rolls the line back: what it was about is not so (any more)."""


def _plain(part: Account | Preferences) -> dict[str, Any]:
    if isinstance(part, Preferences):
        return dict(stored(part))
    return asdict(part) | {"roles": sorted(part.roles)}


def _differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    changed = [name for name in after if after[name] != before.get(name)]
    return {name: before.get(name) for name in changed}, {name: after[name] for name in changed}
