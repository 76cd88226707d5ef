"""Help never depends on formal status: whatever the state decided, every other command is answered alike."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.journey import decide, obligations
from domain.journey.facts import facts_of
from domain.journey.status.events import CorrectFormalStatus, RecordFormalStatus
from domain.pathway.condition import FactName
from domain.pathway.formal_status import FormalStatus
from tests.domain.given import begun, planned, supported, with_hearing
from tests.domain.status.test_deciding import PATHS, said
from tests.domain.strategies import commands

SCENES = (begun, planned, supported, with_hearing)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_no_other_command_is_answered_differently_because_of_it(data: st.DataObject) -> None:
    """The same command to the same journey, with the decisions of the state taken away and with any of them."""
    scene = data.draw(st.sampled_from(SCENES))()
    status = data.draw(st.sampled_from(FormalStatus))
    with_status = scene.having(*(said(s, decided_on=scene.now.date()) for s in PATHS[status])).state
    journey = scene.state
    same = type(journey)(**{**vars(with_status), "formal_status": journey.formal_status})
    command = data.draw(commands(with_status, scene.pathway, scene.now))
    if isinstance(command, RecordFormalStatus | CorrectFormalStatus):
        return
    assert decide(with_status, command, scene.pathway, scene.now) == decide(same, command, scene.pathway, scene.now)


@pytest.mark.parametrize("status", FormalStatus)
def test_it_owes_nothing_and_ends_nothing(status: FormalStatus) -> None:
    """No obligation comes or goes with it."""
    before = planned()
    after = before.having(*(said(s) for s in PATHS[status]))
    assert [(o.key, o.due_at, o.owner) for o in obligations(after.state)] == [
        (o.key, o.due_at, o.owner) for o in obligations(before.state)
    ]
    assert after.state.steps == before.state.steps


def test_no_condition_of_a_pathway_can_ask_for_it() -> None:
    """So no step and no stage can wait for the state: there is no such fact, and none changes with it."""
    assert not [f for f in FactName if "status" in f.value]
    before = planned()
    after = before.having(said(FormalStatus.REJECTED))
    asked, answered = (facts_of(g.state, g.pathway, now=g.now) for g in (before, after))
    from domain.pathway.condition import FactLeaf

    assert [asked(FactLeaf(fact=f)) for f in FactName] == [answered(FactLeaf(fact=f)) for f in FactName]
