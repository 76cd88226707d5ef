"""Who is responsible."""

from __future__ import annotations

from datetime import timedelta

from domain.codes import Role, StallCause
from domain.journey import obligations
from domain.journey.assignment import Assign, Assigned, Unassign, Unassigned
from domain.journey.stalling import StallStep, StepResumed
from domain.refusal import RefusalCode
from domain.stream.firing import FireRung
from tests.domain.given import MILA, MONDAY, VERA, begun, planned


def test_a_role_is_given_to_a_person() -> None:
    """And their steps are theirs from then on."""
    after = begun().when(Assign(role=Role.CONSULTANT, staff=VERA)).then(Assigned(role=Role.CONSULTANT, staff=VERA))
    (owed,) = obligations(after.state)
    assert (owed.owner.role, owed.owner.staff) == (Role.CONSULTANT, VERA)


def test_a_role_passes_from_one_person_to_another() -> None:
    """One person has a role."""
    after = begun().when(Assign(role=Role.CASEWORKER, staff=VERA)).then(Assigned(role=Role.CASEWORKER, staff=VERA))
    assert after.state.assigned == {Role.CASEWORKER: VERA}


def test_who_has_a_role_is_not_assigned_again() -> None:
    """It is true already; said, because the page showed something else."""
    begun().when(Assign(role=Role.CASEWORKER, staff=MILA)).then_refused(
        RefusalCode.ALREADY_ASSIGNED, allowed=("caseworker",)
    )


def test_a_vacant_role_falls_to_the_caseworker() -> None:
    """Nothing is ever nobody's."""
    (owed,) = obligations(begun().state)
    assert (owed.owner.role, owed.owner.staff) == (Role.CASEWORKER, MILA)


def test_without_a_caseworker_it_falls_to_who_is_on_call() -> None:
    """By role: the delivery knows who that is today."""
    after = begun().when(Unassign(role=Role.CASEWORKER)).then(Unassigned(role=Role.CASEWORKER, staff=MILA))
    (owed,) = obligations(after.state)
    assert (owed.owner.role, owed.owner.staff) == (Role.ON_CALL, None)


def test_a_vacant_role_is_not_vacated() -> None:
    """The refusal says which roles somebody has."""
    begun().when(Unassign(role=Role.LAWYER)).then_refused(RefusalCode.NOT_ASSIGNED, allowed=("caseworker",))


def test_what_nobody_was_assigned_to_moves_again_once_somebody_is() -> None:
    """The cause is gone, so the stall is; the new person has the step's whole limit before it stalls again."""
    stalled = (
        begun().at(MONDAY + timedelta(days=7)).having(FireRung(obligation="step:contact:1", rung="due", date_version=1))
    )
    stall = stalled.step("contact:1").stall
    assert stall is not None
    assert stall.cause is StallCause.NOBODY_ASSIGNED
    then = stalled.when(Assign(role=Role.CONSULTANT, staff=VERA))
    assert then.events[0] == Assigned(role=Role.CONSULTANT, staff=VERA)
    (resumed,) = then.events[1:]
    assert isinstance(resumed, StepResumed)
    assert resumed.part == "step:contact:1"
    assert [r.rung for r in resumed.deadline.rungs] == ["stall"]
    assert then.after.step("contact:1").stall is None


def test_other_stalls_stay_when_somebody_is_assigned() -> None:
    """A client who cannot be reached is not nearer for a new caseworker."""
    before = planned().having(StallStep(step="plan", cause=StallCause.WAITING_ON_CLIENT))
    before.when(Assign(role=Role.CASEWORKER, staff=VERA)).then(Assigned(role=Role.CASEWORKER, staff=VERA))
    vacant = planned().having(StallStep(step="plan", cause=StallCause.NOBODY_ASSIGNED))
    vacant.when(Assign(role=Role.LAWYER, staff=VERA)).then(Assigned(role=Role.LAWYER, staff=VERA))
