"""Views of the journey list that people keep: what is filtered and in which order, under a name.

    view = views.add(mila, "Istekli rokovi", {"due": "overdue"})           # hers
    views.add(None, "Без водитеља", {"caseworker": "nobody"})              # everybody's
    views.change(replace(view, name="Rokovi"), staff=mila)                 # refused where somebody changed it meanwhile

A name is free text, so that it is encrypted under a key of the organisation as the staff directory is. What is filtered
are codes, never a client: who keeps a view sees to that.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import psycopg

from vault.database import Database, query
from vault.envelope import opened, sealed
from vault.errors import RecordBroken, UnknownStaff, ViewConflict, ViewUnknown
from vault.keys import Keys

LONGEST_NAME = 60
_STREAM, _COMPARTMENT = "organisation", "views"


@dataclass(frozen=True, slots=True)
class SavedView:
    """`owner` none: everybody's. `version` grows with each change; `is_default`: of the person who asked."""

    id: UUID
    owner: UUID | None
    name: str
    filters: Mapping[str, str]
    version: int
    is_default: bool = False


class SavedViews:
    """Safe for many threads. Raises `VaultUnavailable`, and `RecordBroken` for a record that does not open."""

    def __init__(self, dsn: str, keys: Keys, *, size: int = 2) -> None:
        self._database = Database(dsn, size)
        self._keys = keys

    def close(self) -> None:
        """Closes the connections."""
        self._database.close()

    def seen_by(self, staff: UUID) -> list[SavedView]:
        """Those of the person and those of everybody, by name."""
        values = {"staff": staff}
        rows = self._database.run(lambda c: c.execute(query("saved_views_for"), values).fetchall())
        return sorted((self._opened(*row) for row in rows), key=lambda view: (view.name.casefold(), view.id))

    def get(self, view: UUID, *, staff: UUID) -> SavedView | None:
        """The view, or None where there is none, or it is somebody else's."""
        values = {"view": view, "staff": staff}
        row = self._database.run(lambda c: c.execute(query("saved_view"), values).fetchone())
        return None if row is None else self._opened(*row)

    def add(self, owner: UUID | None, name: str, filters: Mapping[str, str], *, view: UUID | None = None) -> SavedView:
        """A new one, under an id of the caller's, which adds it once, or a new one.

        Raises `ValueError` for a name of no letters or more than 60, and `UnknownStaff`.
        """
        made = SavedView(view or uuid4(), owner, _fitting(name), dict(filters), 1)
        try:
            self._database.run(lambda c: c.execute(query("add_saved_view"), self._stored(made)))
        except psycopg.errors.ForeignKeyViolation:
            raise UnknownStaff(f"no member of staff has the id {owner}") from None
        return made

    def change(self, view: SavedView, *, staff: UUID) -> SavedView:
        """Stores name, filters and owner of a view as it was seen in `view.version`.

        Raises `ViewConflict` with what is stored where that is another version by now, `ViewUnknown` where it is gone,
        and `ValueError` for its name.
        """
        wanted = SavedView(view.id, view.owner, _fitting(view.name), view.filters, view.version + 1, view.is_default)
        values = {**self._stored(wanted), "seen": view.version}
        if self._database.run(lambda c: c.execute(query("put_saved_view"), values).rowcount):
            return wanted
        stored = self.get(view.id, staff=staff)
        if stored is not None and _same(stored, wanted):
            return stored  # the answer to the first try was lost on the way
        raise ViewUnknown if stored is None else ViewConflict(stored)

    def remove(self, view: UUID, *, seen: int, staff: UUID) -> None:
        """Removes the view as it was seen; one that is gone already is no fault. Raises `ViewConflict`."""
        values = {"view": view, "seen": seen}
        if not self._database.run(lambda c: c.execute(query("remove_saved_view"), values).rowcount):
            stored = self.get(view, staff=staff)
            if stored is not None:
                raise ViewConflict(stored)

    def choose_default(self, staff: UUID, view: UUID | None) -> None:
        """The view that the list begins with for this person; None: none. Raises `ViewUnknown`."""
        values = {"staff": staff, "view": view}
        if view is None:
            self._database.run(lambda c: c.execute(query("forget_default_view"), values))
            return
        if self.get(view, staff=staff) is None:
            raise ViewUnknown
        try:
            self._database.run(lambda c: c.execute(query("choose_default_view"), values))
        except psycopg.errors.ForeignKeyViolation:
            raise ViewUnknown from None

    def _stored(self, view: SavedView) -> dict[str, Any]:
        data_key = self._keys.current_key(_STREAM, _COMPARTMENT)
        body = json.dumps({"name": view.name, "filters": dict(view.filters)}).encode()
        record = sealed(data_key.key, body, _context(view.id))
        return {"view": view.id, "owner": view.owner, "key": data_key.key_id, "sealed": record}

    def _opened(
        self, view: UUID, owner: UUID | None, version: int, key_id: UUID, record: bytes, is_default: bool
    ) -> SavedView:
        key = self._keys.opening_key(key_id)
        if key is None:
            raise RecordBroken(f"the key of view {view} was destroyed")
        body = json.loads(opened(key, record, _context(view), what=f"view {view}"))
        return SavedView(view, owner, body["name"], body["filters"], version, is_default)


def _same(stored: SavedView, wanted: SavedView) -> bool:
    return (stored.version, stored.owner, stored.name, stored.filters) == (
        wanted.version,
        wanted.owner,
        wanted.name,
        wanted.filters,
    )


def _fitting(name: str) -> str:
    name = " ".join(name.split())
    if not 0 < len(name) <= LONGEST_NAME or not name.isprintable():
        raise ValueError(f"a name has between 1 and {LONGEST_NAME} letters")
    return name


def _context(view: UUID) -> bytes:
    return b"putokaz-view-1" + view.bytes
