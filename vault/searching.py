"""Finding a client among all identities, and people who may be one already before a journey is opened.

    searching.search(me, "Djordjevic Milica", SearchBy.NAME)     # Ђорђевић Милица as well
    searching.candidates(me, names, 1996)                        # who may be the same person

Each search first asks the database what changed: an identity written by another process is found at once, and one whose
key was destroyed is not any more. What comes back is masked, and a suggestion: nothing here says that two are one.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import sha256
from threading import Lock
from uuid import UUID

from vault.accesses import AccessKind, NewAccess, logged
from vault.callers import normal
from vault.database import Database, query
from vault.errors import RecordBroken
from vault.folding import folded
from vault.identities import opened_identity
from vault.identity import LONGEST_TEXT, Born, Name, year_of
from vault.keys import Keys
from vault.matching import folded_name
from vault.roll import Candidate, Roll, SearchBy, bare, folded_names

MOST_CANDIDATES = 20
_HASHED_WITH = ("organisation", "identity-searches")


@dataclass(frozen=True, slots=True)
class Found:
    """At most `MOST_CANDIDATES`, the closest first, and how many more there were: then ask for more exactly."""

    candidates: tuple[Candidate, ...]
    more: int


class Searching:
    """Safe for many threads. Reads all identities when made; every call raises `VaultUnavailable`, `WrongKek`.

    `code_of` gives the code of a journey; `home` is the prefix of telephone numbers without one (`+381`).
    """

    def __init__(self, dsn: str, keys: Keys, *, code_of: Callable[[UUID], str], home: str, size: int = 2) -> None:
        self._database = Database(dsn, size)
        self._keys = keys
        self._code_of = code_of
        self._home = home
        self._lock = Lock()
        self._generation = self._change = 0
        self._roll = Roll(code_of)
        self._unreadable: set[UUID] = set()
        self._bring_level()

    def close(self) -> None:
        """Forgets everybody and closes the connections."""
        with self._lock:
            self._generation, self._roll = 0, Roll(self._code_of)
        self._database.close()

    @property
    def unreadable(self) -> frozenset[UUID]:
        """Journeys whose identity does not open and is not found: altered in the database."""
        return frozenset(self._unreadable)

    def search(self, actor: UUID, typed: str, by: SearchBy) -> Found:
        """Who fits what was typed, of which the first `LONGEST_TEXT` letters count.

        Raises `NumberInvalid`, and `AccessNotLogged`: then nothing is shown.
        """
        typed = typed[:LONGEST_TEXT]
        match by:
            case SearchBy.NAME:
                asked, name = folded(typed), folded_name([typed])
                return self._shown(actor, AccessKind.SEARCH, f"{by}:{asked}", lambda roll: roll.named(name))
            case SearchBy.PHONE:
                mark = normal(typed, home=self._home)
            case SearchBy.CODE | SearchBy.CASE_NUMBER:
                mark = bare(typed)
        return self._shown(actor, AccessKind.SEARCH, f"{by}:{mark}", lambda roll: roll.marked(by, mark))

    def candidates(self, actor: UUID, names: Iterable[Name], born: Born | None) -> Found:
        """Who may be the same person as somebody for whom a journey is about to be opened. Raises `AccessNotLogged`.

        Names in any order and spelling; a year of birth that is one off hardly counts, another one counts much.
        """
        known = tuple(names)
        asked, name = folded(" ".join(name.text for name in known)), folded_names(known)
        text = f"candidates:{asked}:{year_of(born)}"
        return self._shown(actor, AccessKind.CANDIDATES, text, lambda roll: roll.alike(name, born))

    def _shown(self, actor: UUID, kind: AccessKind, asked: str, look: Callable[[Roll], list[Candidate]]) -> Found:
        with self._lock:
            self._bring_level()
            found = look(self._roll)
        shown = tuple(found[:MOST_CANDIDATES])
        # There are few names and numbers: a hash without a key could be guessed.
        hashed = hmac.digest(self._keys.current_key(*_HASHED_WITH).key, asked.encode(), sha256)
        access = NewAccess(actor, kind, [candidate.journey for candidate in shown], query_hash=hashed)
        logged(self._database, "log_access", access)
        return Found(shown, len(found) - len(shown))

    def _bring_level(self) -> None:
        """Reads what was written since, or everything anew once a key was destroyed or the vault restored."""
        levels = self._database.run(lambda c: c.execute(query("identity_levels")).fetchone())
        assert levels is not None  # the generation has its one row
        generation, change = levels
        if generation != self._generation:
            roll, since, unreadable = Roll(self._code_of), 0, set[UUID]()
        elif change != self._change:
            roll, since, unreadable = self._roll, self._change, self._unreadable
        else:
            return
        rows = self._database.run(lambda c: c.execute(query("changed_identities"), (since,)).fetchall())
        keys = self._keys.opening_keys([row[2] for row in rows])
        for journey, version, key_id, record, number in rows:
            roll.remove(journey)
            unreadable.discard(journey)
            if key_id in keys:
                try:
                    roll.put(opened_identity(journey, version, keys[key_id], record))
                except RecordBroken:
                    unreadable.add(journey)
            since = number
        self._roll, self._unreadable, self._generation, self._change = roll, unreadable, generation, since
