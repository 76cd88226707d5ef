"""The closed lists."""

from __future__ import annotations

import pytest

from domain.codes import Relation


@pytest.mark.parametrize("relation", Relation)
def test_a_tie_seen_from_there_and_back_is_the_same_tie(relation: Relation) -> None:
    """And only guardians, wards, parents and children look different from there."""
    assert relation.mirror.mirror is relation


def test_a_guardian_sees_a_ward_and_a_parent_a_child() -> None:
    """The others see each other alike."""
    changed = {r: r.mirror for r in Relation if r.mirror is not r}
    assert changed == {
        Relation.GUARDIAN: Relation.WARD,
        Relation.WARD: Relation.GUARDIAN,
        Relation.PARENT: Relation.CHILD,
        Relation.CHILD: Relation.PARENT,
    }
