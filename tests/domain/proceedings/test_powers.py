"""Powers of attorney: revoked before a hearing, revoked while a term runs, revoked with nothing ahead."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from domain.codes import ObligationKind, Role, RungEffect
from domain.copying import replace
from domain.journey import obligations
from domain.journey.advancing import OpenStep
from domain.journey.proceedings.ahead import something_lies_ahead
from domain.journey.proceedings.codes import HolderKind, PowerEnd, PowerForgoing, PowerUrgency
from domain.journey.proceedings.commands import ForgoPower, GivePower, RevokePower
from domain.journey.proceedings.events import PowerForgone, PowerGiven, PowerMadeUrgent, PowerRevoked
from domain.journey.proceedings.term_commands import MeetTerm
from domain.pathway.hearings import Matter
from domain.refusal import RefusalCode
from domain.stream.firing import FireRung, RungsFired
from domain.stream.obligation import Obligation
from tests.domain.given import MILA, THIRD, Given
from tests.proceedings_examples import ATTORNEY, OGNJEN, in_court, noon, term

NOW = noon(2026, 3, 20)
REVOKE = RevokePower(proceedings=1, power=1, reason=PowerEnd.CLIENT_REVOKED, ended_on=date(2026, 3, 20))


def represented() -> Given:
    """Civil proceedings in which an attorney outside has a power of attorney."""
    given = in_court(NOW, Matter.CIVIL)
    return given.having(
        GivePower(proceedings=1, holder=ATTORNEY, holder_kind=HolderKind.PROVIDER, given_on=date(2026, 3, 1))
    )


def owed(given: Given) -> Obligation | None:
    found = [o for o in obligations(given.state) if o.kind is ObligationKind.POWER_OF_ATTORNEY]
    return found[0] if found else None


def summoned(given: Given) -> Given:
    """A hearing in ten days."""
    return given.having(OpenStep(step="hearing", appointment=given.now + timedelta(days=10)))


def test_revoked_with_nothing_ahead() -> None:
    """Ten working days for another one: Friday 3 April."""
    (event,) = represented().when(REVOKE).events
    assert isinstance(event, PowerRevoked)
    assert event.urgency is PowerUrgency.ORDINARY
    assert event.deadline is not None
    assert event.deadline.due_on == date(2026, 4, 3)


def test_revoked_before_a_hearing() -> None:
    """At once, to the lawyer, the supervisor and whoever is on call; within a day; then again."""
    after = summoned(represented()).having(REVOKE)
    found = owed(after)
    assert found is not None
    assert found.due_at == NOW + timedelta(hours=24)
    assert found.owner == (Role.LAWYER, OGNJEN)
    first = found.ahead[0]
    assert (first.at, first.effect, first.to) == (NOW, RungEffect.ESCALATE, (Role.SUPERVISOR, Role.ON_CALL))
    fire = FireRung(obligation=found.key, rung=first.rung, date_version=found.clockwork.date_version)
    (fired,) = after.when(fire).events
    assert isinstance(fired, RungsFired)
    assert {a.role for a in fired.addressees} == {Role.LAWYER, Role.SUPERVISOR, Role.ON_CALL}


def test_revoked_while_a_term_runs() -> None:
    """The same; a term of the court's is none of ours."""
    ours = represented().having(term("zpp-367-appeal", date(2026, 3, 20)), REVOKE)
    theirs = represented().having(term("zpp-297-reply", date(2026, 3, 20)), REVOKE)
    over = represented().having(term("zpp-367-appeal", date(2026, 3, 20)), MeetTerm(term=1), REVOKE)
    assert [g.state.proceedings[1].gap and g.state.proceedings[1].gap.urgency for g in (ours, theirs, over)] == [
        PowerUrgency.HIGHEST,
        PowerUrgency.ORDINARY,
        PowerUrgency.ORDINARY,
    ]


def test_a_hearing_that_is_summoned_later_makes_it_urgent_in_the_same_decision() -> None:
    """Nobody has to remember that the power was revoked."""
    before = represented().having(REVOKE).later(days=2)
    then = before.when(OpenStep(step="hearing", appointment=before.now + timedelta(days=10)))
    urgent = [e for e in then.events if isinstance(e, PowerMadeUrgent)]
    assert len(urgent) == 1
    assert urgent[0].deadline.due_at == before.now + timedelta(hours=24)
    earlier, later = owed(before), owed(then.after)
    assert earlier is not None
    assert later is not None
    assert later.clockwork.date_version > earlier.clockwork.date_version
    again = then.after.later(hours=1).when(term("zpp-367-appeal", date(2026, 3, 20)))
    assert not [e for e in again.events if isinstance(e, PowerMadeUrgent)]


def test_a_new_power_ends_it() -> None:
    """And a second gap has other letters than the first."""
    first = owed(represented().having(REVOKE))
    give = GivePower(proceedings=1, holder=OGNJEN, holder_kind=HolderKind.STAFF, given_on=date(2026, 3, 20))
    after = represented().having(REVOKE).when(give)
    assert after.events == (
        PowerGiven(proceedings=1, power=2, holder=OGNJEN, holder_kind=HolderKind.STAFF, given_on=date(2026, 3, 20)),
    )
    assert owed(after.after) is None
    second = owed(after.after.having(REVOKE.model_copy(update={"power": 2})))
    assert first is not None
    assert second is not None
    assert second.clockwork.date_version > first.clockwork.date_version


def test_one_of_two_is_revoked() -> None:
    """Somebody may still act: nothing is owed."""
    both = represented().having(
        GivePower(proceedings=1, holder=MILA, holder_kind=HolderKind.STAFF, given_on=date(2026, 3, 2))
    )
    (event,) = both.when(REVOKE).events
    assert isinstance(event, PowerRevoked)
    assert event.deadline is None
    assert owed(both.having(REVOKE)) is None


def test_no_new_one_is_needed() -> None:
    """The client decides."""
    given = represented().having(REVOKE)
    command = ForgoPower(proceedings=1, reason=PowerForgoing.CLIENT_DECIDED)
    after = given.when(command)
    assert after.events[0] == PowerForgone(proceedings=1, reason=PowerForgoing.CLIENT_DECIDED)
    assert owed(after.after) is None
    after.after.when(command).then_refused(RefusalCode.ENTRY_SETTLED)


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (REVOKE.model_copy(update={"power": 4}), RefusalCode.UNKNOWN_ENTRY),
        (REVOKE.model_copy(update={"ended_on": date(2026, 2, 1)}), RefusalCode.DATE_IN_THE_PAST),
        (REVOKE.model_copy(update={"ended_on": date(2026, 5, 1)}), RefusalCode.DATE_IN_THE_FUTURE),
        (
            GivePower(proceedings=1, holder=ATTORNEY, holder_kind=HolderKind.PROVIDER, given_on=date(2026, 3, 3)),
            RefusalCode.ALREADY_ASSIGNED,
        ),
        (
            GivePower(proceedings=1, holder=THIRD, holder_kind=HolderKind.PROVIDER, given_on=date(2026, 4, 3)),
            RefusalCode.DATE_IN_THE_FUTURE,
        ),
    ],
)
def test_refused(command: RevokePower | GivePower, code: RefusalCode) -> None:
    """What cannot be."""
    represented().when(command).then_refused(code)


def test_an_appointment_of_another_role_is_no_hearing() -> None:
    """A medical one ahead raises no alarm about a power of attorney; the same of the lawyer's does."""
    given = summoned(represented())
    journey, state = given.state, given.state.proceedings[1]
    assert something_lies_ahead(journey, state, given.now)
    step = replace(given.step("hearing:1"), role=Role.PSYCHOLOGIST)
    assert not something_lies_ahead(replace(journey, steps={step.key: step}), state, given.now)
