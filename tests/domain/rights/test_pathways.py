"""Whoever a pathway asks may do it: no obligation is owed by somebody whom the table refuses."""

from __future__ import annotations

import pytest

from activities.pathway_files import PathwayStore
from domain.codes import Role
from domain.pathway.model import Pathway
from domain.rights.actions import Action
from domain.rights.involvement import Involvement
from tests.architecture.sources import ROOT
from tests.domain.rights.people import answer, somebody, standing

STORE = PathwayStore(ROOT / "pathways")


def asked(pathway: Pathway) -> set[tuple[Role, Action]]:
    """Of whom the pathway wants what."""
    steps = {(step.role, Action.ADVANCE_STEPS) for stage in pathway.stages for step in stage.steps}
    return steps | {(rule.by, Action.ANSWER_APPROVAL) for rule in pathway.approvals}


@pytest.mark.parametrize("name", STORE.names())
def test_who_is_asked_may(name: str) -> None:
    """Each role in a case that is its own."""
    wanted = asked(STORE.latest(name).pathway)
    assert wanted
    refused = {
        (role, action)
        for role, action in wanted
        if answer(somebody(role), standing(role, Involvement.ASSIGNED), action) is not None
    }
    assert refused == set()
