"""Saved views: whose they are, that two people never overwrite each other, and that the table hides their names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from threading import Barrier, Thread
from uuid import UUID, uuid4

import psycopg
import pytest

from vault.errors import UnknownStaff, ViewConflict, ViewUnknown
from vault.keys import Keys
from vault.saved_views import SavedView, SavedViews
from vault.staff import StaffDirectory, StaffMember

MILA, OGNJEN = (UUID(f"00000000-0000-4000-8000-00000000000{n}") for n in (1, 6))
FILTERS = {"phase": "open", "due": "overdue"}


@pytest.fixture
def views(vault_database: str, keys: Keys) -> Iterator[SavedViews]:
    """None yet, and two people."""
    directory = StaffDirectory(vault_database, keys)
    for who in (MILA, OGNJEN):
        directory.put(StaffMember(who, "x", "x@example.org", frozenset(), "en"))
    directory.close()
    views = SavedViews(vault_database, keys)
    yield views
    views.close()


def test_a_view_is_of_one_person_or_of_everybody(views: SavedViews) -> None:
    """Kept once under one id, found by name; another person's is as if it were not there."""
    mine = views.add(MILA, "  Moji\nrokovi ", FILTERS)
    assert views.add(MILA, "once more", FILTERS, view=mine.id).id == mine.id
    shared = views.add(None, "Без водитеља", {"caseworker": "nobody"})
    assert [v.name for v in views.seen_by(MILA)] == ["Moji rokovi", "Без водитеља"]
    assert views.seen_by(OGNJEN) == [shared]
    assert views.get(mine.id, staff=OGNJEN) is None
    with pytest.raises(UnknownStaff):
        views.add(uuid4(), "x", {})


@pytest.mark.parametrize("name", ["", "   ", "x" * 61, "a\x00b"])
def test_a_name_is_a_line_that_fits(views: SavedViews, name: str) -> None:
    """New or renamed."""
    view = views.add(MILA, "x", FILTERS)
    with pytest.raises(ValueError, match="letters"):
        views.add(MILA, name, FILTERS)
    with pytest.raises(ValueError, match="letters"):
        views.change(replace(view, name=name), staff=MILA)
    assert views.get(view.id, staff=MILA) == view


def test_of_two_who_rename_one_overwrites_nothing(views: SavedViews) -> None:
    """The later one is told what stands there now, and may then decide; removing asks the same."""
    seen = views.add(None, "Rokovi", FILTERS)
    views.change(replace(seen, name="Istekli"), staff=MILA)
    with pytest.raises(ViewConflict) as conflict:
        views.change(replace(seen, name="Kasne"), staff=OGNJEN)
    assert (conflict.value.stored.name, conflict.value.stored.version) == ("Istekli", 2)
    with pytest.raises(ViewConflict):
        views.remove(seen.id, seen=1, staff=OGNJEN)
    decided = views.change(replace(conflict.value.stored, name="Kasne"), staff=OGNJEN)
    assert views.change(replace(conflict.value.stored, name="Kasne"), staff=OGNJEN) == decided  # a lost answer
    views.remove(seen.id, seen=3, staff=MILA)
    views.remove(seen.id, seen=3, staff=MILA)
    with pytest.raises(ViewUnknown):
        views.change(decided, staff=OGNJEN)


def test_of_many_at_once_exactly_one_renames(views: SavedViews) -> None:
    """Whoever comes first."""
    seen, start = views.add(None, "Rokovi", FILTERS), Barrier(4)
    won: list[SavedView] = []
    lost: list[ViewConflict] = []

    def rename(name: str) -> None:
        start.wait()
        try:
            won.append(views.change(replace(seen, name=name), staff=MILA))
        except ViewConflict as conflict:
            lost.append(conflict)

    threads = [Thread(target=rename, args=(f"Rokovi {n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(won), len(lost)) == (1, 3)
    assert views.seen_by(MILA) == won


def test_everybody_has_a_default_of_their_own(views: SavedViews) -> None:
    """It goes with its view, and is nobody else's."""
    mine, shared = views.add(MILA, "a", FILTERS), views.add(None, "b", FILTERS)
    views.choose_default(MILA, mine.id)
    views.choose_default(OGNJEN, shared.id)
    assert [v.is_default for v in views.seen_by(MILA)] == [True, False]
    views.choose_default(MILA, shared.id)
    assert [v.is_default for v in views.seen_by(MILA)] == [False, True]
    with pytest.raises(ViewUnknown):
        views.choose_default(OGNJEN, mine.id)
    views.choose_default(MILA, None)
    views.remove(shared.id, seen=1, staff=MILA)
    assert not any(v.is_default for who in (MILA, OGNJEN) for v in views.seen_by(who))


def test_no_name_stands_in_the_table(views: SavedViews, vault_database: str) -> None:
    """Somebody will write a client's name in spite of the hint."""
    views.add(None, "Jelena iz Niša", FILTERS)
    with psycopg.connect(vault_database) as connection:
        ((record,),) = connection.execute("SELECT v::text FROM vault.saved_views AS v").fetchall()
    assert b"Jelena".hex() not in record
    assert "Jelena" not in record
