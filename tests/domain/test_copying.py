"""Copies of a journey's state: the same as `dataclasses.replace` makes, and the original is left as it was."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime
from uuid import UUID

import pytest

from domain.codes import Relation
from domain.copying import replace
from domain.journey.state import LinkState, LinkStatus, StageState

LINK = LinkState(UUID(int=1), Relation.WARD, LinkStatus.UNDER_WAY, 3, UUID(int=2))
STAGE = StageState("arrival", datetime(2026, 1, 1, tzinfo=UTC), 2)


def test_copy_has_the_changes_and_the_rest() -> None:
    """Field by field what the standard library makes."""
    changed = replace(LINK, status=LinkStatus.AGREED, version=4)
    assert changed == dataclasses.replace(LINK, status=LinkStatus.AGREED, version=4)
    assert replace(STAGE, times=2) == dataclasses.replace(STAGE, times=2)


def test_original_is_left_as_it_was() -> None:
    """Whoever holds it goes on holding the same."""
    changed = replace(LINK, version=4)
    assert (LINK.version, changed.version) == (3, 4)


def test_copy_is_frozen() -> None:
    """As what it was made from."""
    changed, field = replace(LINK, version=4), "version"
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(changed, field, 5)
