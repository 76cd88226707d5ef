"""A second person is asked, owes an answer, and is reminded of it like of everything that is owed."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from domain.codes import NOBODY, SYSTEM_ACTOR, ClosingReason, ObligationKind, Role, RungEffect
from domain.journey import obligations
from domain.journey.approval.commands import AskApproval, WithdrawApproval
from domain.journey.approval.events import ApprovalAsked, ApprovalVoided, ApprovalWithdrawn
from domain.journey.approval.state import ApprovalStatus, VoidCause
from domain.journey.assignment import Unassign
from domain.pathway.approvals import ApprovalMatter
from domain.refusal import RefusalCode
from domain.stream.firing import FireRung, RungsFired
from domain.stream.obligation import Obligation, Owner
from tests.domain.approval.asked import NADA, REACHED, TO_CLOSE, WISH, agreed, approving, asked, only, supervised
from tests.domain.given import MILA, NOTE, VERA, Given, assigned, begun
from tests.pathway_examples import small_pathway


def _owed(given: Given) -> list[Obligation]:
    return [o for o in obligations(given.state) if o.kind is ObligationKind.APPROVAL]


def test_who_proposes_asks_and_the_supervisor_owes_an_answer() -> None:
    """Three working days from Monday are Thursday; a reason belongs to a closure, and the note is sealed."""
    before = supervised()
    answer = before.when(TO_CLOSE.model_copy(update={"note": NOTE}))
    (event,) = answer.events
    assert isinstance(event, ApprovalAsked)
    assert (event.number, event.matter, event.reason, event.note) == (1, ApprovalMatter.CLOSURE, REACHED, NOTE)
    assert (event.role, event.of_version, event.part) == (Role.SUPERVISOR, before.state.version, "approval:1")
    (owed,) = _owed(answer.after)
    assert (owed.key, owed.what, owed.owner) == ("approval:1", "closure", Owner(Role.SUPERVISOR, VERA))
    assert owed.clockwork.deadline.due_on == date(2026, 3, 5)
    assert only(answer.after).asked_by == MILA


def test_a_question_that_nobody_answers_climbs_to_whoever_is_on_call() -> None:
    """It stands on the board as overdue, and it never answers itself."""
    given = asked()
    (owed,) = _owed(given)
    rungs = owed.clockwork.deadline.rungs
    assert rungs[-1].to == (Role.ON_CALL,)
    stall = next(r for r in rungs if r.effect is RungEffect.STALL)
    late = given.at(rungs[-1].at)
    fire = FireRung(obligation="approval:1", rung="due", date_version=owed.clockwork.date_version)
    fired = late.when(fire)
    (told, *_) = [e for e in fired.events if isinstance(e, RungsFired)]
    assert {a.role for a in told.addressees} == {Role.SUPERVISOR, Role.ON_CALL}
    (after,) = _owed(fired.after)
    assert stall.at <= late.now
    assert after.stall is not None
    assert only(fired.after).status is ApprovalStatus.ASKED


def test_it_is_never_owed_by_who_asked() -> None:
    """A supervisor who proposes asks whoever is on call; where nobody supervises, all who hold that role."""
    by_vera = supervised().by(VERA).having(TO_CLOSE)
    assert _owed(by_vera)[0].owner == Owner(Role.ON_CALL, None)
    on_call = supervised().and_then(assigned(Role.ON_CALL, NADA)).by(VERA).having(TO_CLOSE)
    assert _owed(on_call)[0].owner == Owner(Role.ON_CALL, NADA)
    vacant = asked().by(VERA).having(Unassign(role=Role.SUPERVISOR))
    assert _owed(vacant)[0].owner == Owner(Role.SUPERVISOR, None)


@pytest.mark.parametrize("who", [NOBODY, SYSTEM_ACTOR])
def test_whoever_asks_is_a_person(who: UUID) -> None:
    """Otherwise anybody could be the second of two."""
    supervised().by(who).when(TO_CLOSE).then_refused(RefusalCode.PERSON_REQUIRED)


def test_only_what_the_pathway_names_is_asked_and_only_where_it_is_there() -> None:
    """A return that nobody prepares, a plan that nobody agreed on."""
    begun().on(small_pathway()).when(TO_CLOSE).then_refused(RefusalCode.NO_APPROVAL_NEEDED)
    everything = supervised().on(approving(*ApprovalMatter))
    for matter in (ApprovalMatter.RETURN, ApprovalMatter.PLAN):
        everything.when(AskApproval(matter=matter)).then_refused(RefusalCode.NOTHING_TO_APPROVE)
    second = AskApproval(matter=ApprovalMatter.CLOSURE, reason=REACHED, of=2)
    everything.when(second).then_refused(RefusalCode.NOTHING_TO_APPROVE)


def test_a_closure_has_a_reason_and_nothing_else_has() -> None:
    """As it is closed for that one."""
    everything = supervised().on(approving(*ApprovalMatter))
    everything.when(AskApproval(matter=ApprovalMatter.CLOSURE)).then_refused(
        RefusalCode.REASON_REQUIRED, allowed=tuple(reason.value for reason in ClosingReason)
    )
    everything.when(AskApproval(matter=ApprovalMatter.PLAN, reason=REACHED)).then_refused(RefusalCode.REASON_REQUIRED)


def test_one_question_at_a_time_and_another_reason_is_another_question() -> None:
    """The same once more is asked already; agreed already, it is true already."""
    asked().when(TO_CLOSE).then_refused(RefusalCode.APPROVAL_ALREADY_ASKED, part="approval:1")
    agreed().by(MILA).when(TO_CLOSE).then_nothing()
    anew = agreed().by(MILA).when(TO_CLOSE.model_copy(update={"reason": WISH}))
    void, question = anew.events
    assert void == ApprovalVoided(number=1, matter=ApprovalMatter.CLOSURE, cause=VoidCause.ASKED_ANEW)
    assert isinstance(question, ApprovalAsked)
    assert (question.number, question.reason) == (2, WISH)


def test_a_question_is_taken_back() -> None:
    """By its version on the form; then nothing is owed and nothing is approved."""
    before = asked()
    before.when(WithdrawApproval(number=1, seen=1)).then_refused(RefusalCode.PART_CHANGED, part="approval:1")
    after = before.when(WithdrawApproval(number=1, seen=only(before).version, note=NOTE)).then(
        ApprovalWithdrawn(number=1, matter=ApprovalMatter.CLOSURE, note=NOTE)
    )
    assert not _owed(after)
    after.when(WithdrawApproval(number=1)).then_refused(RefusalCode.NO_APPROVAL_ASKED, part="approval:1")
    before.when(WithdrawApproval(number=2)).then_refused(RefusalCode.NO_APPROVAL_ASKED)
    before.by(NOBODY).when(WithdrawApproval(number=1)).then_refused(RefusalCode.PERSON_REQUIRED)
