"""Conditions: what is named as missing is what is missing."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from domain.pathway.condition import All, AnyOf, Condition, Leaf, MilestoneLeaf, Not, holds, leaves, unmet
from tests.domain.strategies import conditions

A, B = MilestoneLeaf(milestone="a"), MilestoneLeaf(milestone="b")


def truth(condition: Condition, facts: dict[Leaf, bool]) -> bool:
    """The table of truth, by the book."""
    match condition:
        case All(all=parts):
            return all(truth(part, facts) for part in parts)
        case AnyOf(any=parts):
            return any(truth(part, facts) for part in parts)
        case Not(not_=inner):
            return not truth(inner, facts)
        case leaf:
            return facts[leaf]


def negation(inner: Condition) -> Not:
    """`{not: …}`"""
    return Not.model_validate({"not": inner})


@given(conditions(), st.data())
def test_a_condition_holds_exactly_where_its_table_of_truth_says_so(condition: Condition, data: st.DataObject) -> None:
    """Nested in any way; `unmet` names only leaves that stand in the way."""
    named = list(dict.fromkeys(leaves(condition)))
    facts = {leaf: data.draw(st.booleans()) for leaf in named}
    blocks = unmet(condition, facts.__getitem__)
    assert (not blocks) == truth(condition, facts) == holds(condition, facts.__getitem__)
    for block in blocks:
        leaf = next(x for x in named if x.unmet().model_copy(update={"negated": block.negated}) == block)
        assert facts[leaf] is block.negated, "a leaf is named that does not stand in the way"


@pytest.mark.parametrize(("a", "b"), list(product((True, False), repeat=2)))
def test_the_leaves_in_the_way_are_named_in_the_order_of_the_file(a: bool, b: bool) -> None:
    """De Morgan: what is forbidden is named as forbidden."""
    facts: dict[Leaf, bool] = {A: a, B: b}
    both = unmet(All(all=(A, B)), facts.__getitem__)
    assert [u.name for u in both] == [n for n, v in (("a", a), ("b", b)) if not v]
    either = unmet(AnyOf(any=(A, B)), facts.__getitem__)
    assert [u.name for u in either] == ([] if a or b else ["a", "b"])
    neither = unmet(negation(AnyOf(any=(A, B))), facts.__getitem__)
    assert [(u.name, u.negated) for u in neither] == [(n, True) for n, v in (("a", a), ("b", b)) if v]
    not_both = unmet(negation(All(all=(A, B))), facts.__getitem__)
    assert [(u.name, u.negated) for u in not_both] == ([("a", True), ("b", True)] if a and b else [])
    assert unmet(negation(negation(A)), facts.__getitem__) == (() if a else (A.unmet(),))


@pytest.mark.parametrize("outer", ["all", "any", "not"])
def test_an_empty_all_stands_alone(outer: str) -> None:
    """Negated it would never hold, and nothing could be named as missing."""
    inner: object = {"all": []}
    body = {outer: inner if outer == "not" else [inner]}
    with pytest.raises(ValidationError, match="stands alone"):
        TypeAdapter(Condition).validate_python(body)


def test_no_condition_always_holds() -> None:
    """And an empty `all` too."""
    nothing: dict[Leaf, bool] = {}
    assert holds(None, nothing.__getitem__)
    assert holds(All(all=()), nothing.__getitem__)
