"""The published pathways walked by the real deciders, from opening to the end of every stage: nothing gets stuck."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from activities.pathway_files import PathwayStore
from activities.pathway_reading import Pinned
from domain.codes import ConsentPurpose, Role, StepOutcome
from domain.command import Command
from domain.journey import decide, obligations
from domain.journey.advancing import AdvanceStep, OpenStep, ScheduleStep
from domain.journey.assignment import Assign
from domain.journey.consent import GiveConsent
from domain.journey.foresight import foresee
from domain.journey.opening import OpenJourney
from domain.journey.stages import EnterStage
from domain.journey.state import Journey, StepStatus
from domain.pathway.model import Anchor, Opens
from domain.refusal import Refused

STORE = PathwayStore(Path(__file__).parents[2] / "pathways")
STREAM = f"journey-{UUID(int=7)}"


class Walk:
    """A journey whose every step is done, one day after another."""

    def __init__(self, pinned: Pinned) -> None:
        self.pathway = pinned.pathway
        self.now = datetime(2026, 3, 2, 9, tzinfo=UTC)
        self.journey: Journey | None = None
        self.tell(OpenJourney(pin=pinned.pin))

    def tell(self, command: Command) -> bool:
        """Whether the command was taken."""
        self.now += timedelta(hours=8)
        decision = decide(self.journey, command, self.pathway, self.now, stream=STREAM)
        if isinstance(decision, Refused):
            return False
        self.journey = foresee(self.journey, decision, self.now, stream=STREAM)
        return True

    @property
    def here(self) -> Journey:
        assert self.journey is not None
        return self.journey

    def do_what_is_open(self) -> bool:
        """Does every open step once, with its appointment the next day; whether there was one."""
        keys = [s.step for s in self.here.steps.values() if s.status is StepStatus.OPEN]
        for key in keys:
            if self.here.open_step(key) is None:
                continue
            place = self.pathway.find_step(key)
            assert place is not None
            if place[1].due.after is Anchor.APPOINTMENT:
                assert self.tell(ScheduleStep(step=key, appointment=self.now + timedelta(days=1))), key
            assert self.tell(AdvanceStep(step=key, outcome=StepOutcome.DONE)), key
            assert obligations(self.here), f"after {key} nothing lives on"
        return bool(keys)


@pytest.mark.parametrize("pinned", STORE.all(), ids=lambda p: p.pin.name)
def test_a_willing_client_can_be_helped_to_the_end_of_every_stage(pinned: Pinned) -> None:
    """With all consents and roles, every stage is entered and left, and every milestone is reached."""
    walk = Walk(pinned)
    for number, role in enumerate(Role):
        assert walk.tell(Assign(role=role, staff=UUID(int=100 + number)))
    for purpose in ConsentPurpose:
        assert walk.tell(GiveConsent(purpose=purpose))
    for stage in pinned.pathway.stages:
        if stage.enter_when is None:
            assert walk.tell(EnterStage(stage=stage.stage))
    for _ in range(30):
        for stage in pinned.pathway.stages:
            for step in stage.steps:
                if step.opens is Opens.BY_DECISION and not walk.here.occurrences(step.step):
                    walk.tell(OpenStep(step=step.step))
        walk.do_what_is_open()
    reached = {key for key, state in walk.here.stages.items() if not state.is_active}
    assert reached == {stage.stage for stage in pinned.pathway.stages}
    assert set(walk.here.milestones) == {m.milestone for m in pinned.pathway.milestones}


@pytest.mark.parametrize("pinned", STORE.all(), ids=lambda p: p.pin.name)
def test_the_first_steps_are_open_at_once(pinned: Pinned) -> None:
    """A journey that was just opened shows what to do."""
    walk = Walk(pinned)
    assert [s for s in walk.here.steps.values() if s.status is StepStatus.OPEN]
