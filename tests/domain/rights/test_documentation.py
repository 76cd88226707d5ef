"""The page on rights says what the table says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from domain.rights.actions import Action
from domain.rights.deciding import Denial
from domain.rights.involvement import Involvement
from domain.rights.member import ROLES_AND_POSTS
from tools.refresh_rights import FIELDS_PAGE, HEADS, PAGE, TITLES, refreshed


@pytest.mark.parametrize("path", [PAGE, FIELDS_PAGE], ids=lambda path: path.name)
def test_the_tables_are_those_of_the_rights(path: Path) -> None:
    """`make docs` was run after the last change, also of what the API answers."""
    page = path.read_text("utf-8")
    assert refreshed(page) == page


def test_every_action_has_its_row() -> None:
    """Once among what is read or decided, once with its commands; and every role has a column."""
    rows = re.findall(r"^\| `([a-z-]+)`(?:<br>| \|)", PAGE.read_text("utf-8"), re.MULTILINE)
    assert sorted(row for row in rows if row in set(Action)) == sorted([*Action, *Action])
    assert set(TITLES) == set(Action)
    assert set(HEADS) == set(ROLES_AND_POSTS)


def test_every_involvement_and_every_denial_is_explained() -> None:
    """In the words around the tables."""
    words = re.sub(r"<!-- ([a-z-]+) -->\n.*?<!-- end -->", "", PAGE.read_text("utf-8"), flags=re.DOTALL)
    named = set(re.findall(r"`([a-z-]+)`", words))
    assert {each.value for each in Involvement} - {Involvement.NONE.value} <= named
    assert {each.value for each in Denial} <= named


def test_a_marker_without_a_table_is_refused() -> None:
    """A table that is no longer made does not stay on the page."""
    with pytest.raises(KeyError):
        refreshed("<!-- tariffs -->\n| old |\n<!-- end -->")
