"""Data keys: one for each compartment of a stream, made when first needed, wrapped under the key-encryption key.

Destroying one is how texts are erased: the log keeps the ciphertext, its chain stays valid, nobody reads it again. A
destroyed key is gone at once in every process: each use asks the database for the generation, which grows with each
destruction. What the cache saves is the unwrapping, which is a call over the network once a key service wraps.
"""

from __future__ import annotations

import os
import time
from collections import OrderedDict
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from threading import Lock
from uuid import UUID, uuid4

from vault.database import Connection, Database, query
from vault.document_sweep import remove_shredded
from vault.errors import UnknownKey, VaultUnavailable, WrongKek
from vault.kek import Kek
from vault.shredding import ShredLedger

_CACHED = 256
_CACHE_SECONDS = 300.0


@dataclass(frozen=True, repr=False)
class DataKey:
    """A key of 32 bytes in the clear: never stored, never printed."""

    key_id: UUID
    key: bytes


@dataclass(frozen=True)
class _Cached:
    data_key: DataKey
    generation: int
    until: float


class Keys:
    """Safe for many threads. Raises `WrongKek` when made with another key-encryption key than the stored keys have.

    Without a `ledger`, what is destroyed lives again once an older backup is restored.
    """

    def __init__(self, dsn: str, kek: Kek, *, size: int = 2, ledger: ShredLedger | None = None) -> None:
        self._database = Database(dsn, size)
        self._ledger = ledger
        self._kek = kek
        self._cache: OrderedDict[UUID | tuple[str, str], _Cached] = OrderedDict()
        self._lock = Lock()
        foreign = self._database.run(lambda c: c.execute(query("foreign_keks"), (kek.kek_id,)).fetchone())
        if foreign is not None and foreign[0] > 0:
            self.close()
            raise WrongKek(f"{foreign[0]} stored keys are wrapped with another key-encryption key than {kek}")

    def close(self) -> None:
        """Forgets the keys and closes the connections."""
        with self._lock:
            self._cache.clear()
        self._database.close()

    def current_key(self, stream: str, compartment: str) -> DataKey:
        """The living key of a compartment, made now if there is none. Raises `VaultUnavailable`, `WrongKek`."""
        return self._database.run(lambda connection: self._current(connection, stream, compartment))

    def opening_key(self, key_id: UUID) -> bytes | None:
        """The key with this id; None when it was destroyed on purpose.

        Raises `UnknownKey` (a LookupError), `VaultUnavailable`, `WrongKek`.
        """
        return self._database.run(lambda connection: self._opening(connection, key_id))

    def opening_keys(self, key_ids: Sequence[UUID]) -> dict[UUID, bytes]:
        """Those of many keys that were not destroyed, in one question past the cache.

        Raises `VaultUnavailable`, `WrongKek`.
        """
        rows = self._database.run(lambda c: c.execute(query("keys_by_ids"), (list(key_ids),)).fetchall())
        return {row[0]: self._unwrapped(*row).key for row in rows}

    def destroy(self, stream: str, compartment: str | None = None) -> int:
        """Destroys the living keys of one compartment, or of the whole stream, and removes the documents under them.

        Returns how many keys there were. The ledger first: what it names and still lives after a crash in between is
        destroyed by the next call, or by a restore. Raises `LedgerFault`, and then nothing was destroyed.
        """

        def work(connection: Connection) -> int:
            with connection.transaction():
                if self._ledger is not None:
                    chosen = {"stream": stream, "compartment": compartment}
                    self._ledger.add(row[0] for row in connection.execute(query("living_keys"), chosen).fetchall())
                destroyed = connection.execute(query("destroy_keys"), {"stream": stream, "compartment": compartment})
                connection.execute(query("bump_generation"))
                return destroyed.rowcount

        count = self._database.run(work)
        with suppress(VaultUnavailable):  # nobody opens them any more, and the sweep removes their rows
            remove_shredded(self._database)
        return count

    def _current(self, connection: Connection, stream: str, compartment: str) -> DataKey:
        cached = self._cached((stream, compartment), connection)
        if cached is not None:
            return cached
        row = connection.execute(query("living_key"), (stream, compartment)).fetchone()
        if row is not None and row[0] is None:
            key_id = uuid4()
            wrapped = self._kek.wrap(os.urandom(32), _context(key_id, stream, compartment))
            connection.execute(query("add_key"), (key_id, stream, compartment, self._kek.kek_id, wrapped))
            row = connection.execute(query("living_key"), (stream, compartment)).fetchone()
        assert row is not None  # the generation has its one row
        key_id, kek_id, wrapped, generation = row
        data_key = self._unwrapped(key_id, stream, compartment, kek_id, wrapped)
        self._remember((stream, compartment), data_key, generation)
        return data_key

    def _opening(self, connection: Connection, key_id: UUID) -> bytes | None:
        cached = self._cached(key_id, connection)
        if cached is not None:
            return cached.key
        row = connection.execute(query("key_by_id"), (key_id,)).fetchone()
        if row is None:
            raise UnknownKey(f"no data key {key_id}")
        stream, compartment, kek_id, wrapped, generation = row
        if wrapped is None:
            return None
        data_key = self._unwrapped(key_id, stream, compartment, kek_id, wrapped)
        self._remember(key_id, data_key, generation)
        return data_key.key

    def _unwrapped(self, key_id: UUID, stream: str, compartment: str, kek_id: bytes, wrapped: bytes) -> DataKey:
        if kek_id != self._kek.kek_id:
            raise WrongKek(
                f"the keys have been wrapped anew: this process still holds the older {self._kek}; restart it"
            )
        return DataKey(key_id, self._kek.unwrap(wrapped, _context(key_id, stream, compartment)))

    def _cached(self, name: UUID | tuple[str, str], connection: Connection) -> DataKey | None:
        with self._lock:
            found = self._cache.get(name)
        if found is None or time.monotonic() > found.until:
            return None
        row = connection.execute(query("generation")).fetchone()
        if row is None or row[0] != found.generation:
            with self._lock:
                self._cache.clear()
            return None
        return found.data_key

    def _remember(self, name: UUID | tuple[str, str], data_key: DataKey, generation: int) -> None:
        with self._lock:
            self._cache[name] = _Cached(data_key, generation, time.monotonic() + _CACHE_SECONDS)
            self._cache.move_to_end(name)
            while len(self._cache) > _CACHED:
                self._cache.popitem(last=False)


def rewrap(dsn: str, old: Kek, new: Kek) -> int:
    """Wraps every key anew under `new`, all or none; returns how many. No sealed text is touched.

    Running processes that hold `old` fail with `WrongKek` from then on and must be restarted. Repeating does nothing.
    """

    def work(connection: Connection) -> int:
        with connection.transaction():
            rows = connection.execute(query("keys_to_rewrap"), (new.kek_id,)).fetchall()
            for key_id, stream, compartment, kek_id, wrapped in rows:
                if kek_id != old.kek_id:
                    raise WrongKek(f"data key {key_id} is wrapped with neither {old} nor {new}; nothing was changed")
                context = _context(key_id, stream, compartment)
                fresh = new.wrap(old.unwrap(wrapped, context), context)
                connection.execute(query("rewrap_key"), (new.kek_id, fresh, key_id))
            connection.execute(query("bump_generation"))
            return len(rows)

    database = Database(dsn, 1)
    try:
        return database.run(work)
    finally:
        database.close()


def _context(key_id: UUID, stream: str, compartment: str) -> bytes:
    parts = (b"putokaz-data-key-1", key_id.bytes, stream.encode(), compartment.encode())
    return b"".join(len(part).to_bytes(4, "big") + part for part in parts)
