"""How people stand to journeys, contacts, missions: from what was decided about them, and for how long."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest

from domain.codes import ClosingReason, Role
from domain.contact.attaching import AttachContact
from domain.contact.calling import PromiseCallBack
from domain.contact.codes import DangerOutcome
from domain.contact.danger import AcknowledgeDanger, RaiseDanger, SettleDanger
from domain.contact.state import Contact
from domain.journey.assignment import Assign, Unassign
from domain.journey.closing import CloseJourney
from domain.journey.emergency.access import OpenEmergencyAccess
from domain.journey.emergency.state import EmergencyReason
from domain.journey.proceedings.codes import HolderKind, PowerEnd
from domain.journey.proceedings.commands import GivePower, RevokePower
from domain.journey.service.codes import ReferralAnswer
from domain.journey.service.referring import AnswerReferral, SendReferral
from domain.mission.codes import CancelReason
from domain.mission.planning import CancelMission
from domain.mission.reporting import ReportMission
from domain.mission.rules import REPORT
from domain.mission.underway import DepartMission, ReturnMission
from domain.pathway.hearings import Matter
from domain.rights.footings import (
    in_emergency,
    of_contact,
    of_journey,
    of_mission,
    of_staff,
    on_the_way,
)
from domain.rights.involvement import Footing, Involvement
from domain.rights.member import ROLES_AND_POSTS, Member, Post
from domain.stream.dispatching import AcknowledgeRelay
from domain.stream.holding import TakeOver
from tests.domain.contact.given import called
from tests.domain.event_examples import NOTE
from tests.domain.given import JOURNEY, MILA, OTHER, VERA, begun
from tests.domain.kind_given import GivenOf
from tests.domain.mission import given as missions
from tests.domain.mission.given import ANA, BOJAN, CECA, CHECK
from tests.domain.rights.people import somebody
from tests.domain.service.told import CLINIC, OTHER_CLINIC, consented
from tests.proceedings_examples import in_court, noon


def person(staff: UUID, **fields: UUID) -> Member:
    """Somebody with every role, so that all that follows from a state is seen."""
    return somebody(*ROLES_AND_POSTS, id=staff, **fields)


def ways(footings: frozenset[Footing]) -> set[Involvement]:
    """How they stand, whatever the role."""
    return {footing.involvement for footing in footings}


ASSIGNED = Footing(Role.CASEWORKER, Involvement.ASSIGNED)


def test_who_is_assigned_stands_there_as_that() -> None:
    """Also once it is closed; not once somebody else has the role."""
    given = begun().having(Assign(role=Role.LAWYER, staff=VERA))
    assert of_journey(person(MILA), given.state) == {ASSIGNED}
    assert of_journey(person(VERA), given.state) == {Footing(Role.LAWYER, Involvement.ASSIGNED)}
    closed = given.having(CloseJourney(reason=ClosingReason.CLIENT_WISH))
    assert of_journey(person(MILA), closed.state) == {ASSIGNED}
    assert of_journey(person(MILA), given.having(Unassign(role=Role.CASEWORKER)).state) == set()


def test_a_role_that_the_directory_does_not_give_is_no_footing() -> None:
    """Whoever was assigned."""
    given = begun().having(Assign(role=Role.LAWYER, staff=VERA))
    assert of_journey(somebody(Role.CONSULTANT, id=VERA), given.state) == set()
    assert of_journey(somebody(Role.LAWYER, id=VERA), given.state) != set()


def test_who_stands_in_covers_in_the_role_of_the_absent() -> None:
    """Who is assigned as well stands there as that."""
    given = begun().having(Assign(role=Role.LAWYER, staff=VERA))
    assert of_journey(person(ANA), given.state, {VERA}) == {Footing(Role.LAWYER, Involvement.COVER)}
    assert of_journey(person(ANA), given.state, {BOJAN}) == set()
    assert of_journey(person(VERA), given.state, {VERA}) == {Footing(Role.LAWYER, Involvement.ASSIGNED)}


@pytest.mark.parametrize(("kind", "stands"), [(HolderKind.STAFF, {Involvement.COUNSEL}), (HolderKind.PROVIDER, set())])
def test_a_power_of_attorney_in_force(kind: HolderKind, stands: set[Involvement]) -> None:
    """Of a member of staff; until it is revoked."""
    court = in_court(noon(2026, 3, 20), Matter.CIVIL)
    given = court.having(GivePower(proceedings=1, holder=ANA, holder_kind=kind, given_on=date(2026, 3, 1)))
    assert ways(of_journey(person(ANA), given.state)) == stands
    revoked = RevokePower(proceedings=1, power=1, reason=PowerEnd.CLIENT_REVOKED, ended_on=date(2026, 3, 20))
    assert of_journey(person(ANA), given.having(revoked).state) == set()


def test_a_referral_that_awaits_an_answer() -> None:
    """The provider that was asked, until it is done; no other, and nobody who works for none."""
    sent = consented("exam").having(SendReferral(service="exam", recipient=CLINIC, language="sq"))
    referred = {Footing(Post.PROVIDER, Involvement.REFERRED)}
    assert of_journey(person(ANA, provider=CLINIC), sent.state) == referred
    assert of_journey(person(ANA, provider=OTHER_CLINIC), sent.state) == set()
    assert of_journey(person(ANA), sent.state) == set()
    refused = sent.having(AnswerReferral(service="exam", answer=ReferralAnswer.REFUSED))
    assert of_journey(person(ANA, provider=CLINIC), refused.state) == set()


def test_emergency_access_is_of_one_person_to_one_journey_for_an_hour() -> None:
    """With whatever roles they have."""
    opened = begun().having(OpenEmergencyAccess(reason=EmergencyReason.DANGER, note=NOTE))
    mila, since = somebody(Role.ON_CALL, Role.CONSULTANT, id=MILA), opened.now
    expected = {Footing(role, Involvement.EMERGENCY) for role in (Role.ON_CALL, Role.CONSULTANT)}
    assert in_emergency(mila, opened.state, since) == expected
    assert in_emergency(mila, opened.state, since + timedelta(minutes=60, microseconds=-1)) == expected
    assert in_emergency(mila, opened.state, since + timedelta(minutes=60)) == set()
    assert in_emergency(mila, opened.state, since - timedelta(microseconds=1)) == set()
    assert in_emergency(mila, begun().state, since) == set()
    assert in_emergency(person(VERA), opened.state, since) == set()


def test_the_crew_of_a_mission() -> None:
    """Stands to it and to the journey it serves until it is reported; so does who took the report over."""
    planned = missions.Given().having(missions.plan())
    assert ways(of_mission(person(ANA), planned.state, planned.now)) == {Involvement.CREW}
    assert of_mission(person(VERA), planned.state, planned.now) == set()
    assert of_mission(person(CECA), planned.state, planned.now) == set()
    assert ways(on_the_way(person(ANA), [planned.state], JOURNEY)) == {Involvement.CREW}
    assert on_the_way(person(ANA), [planned.state], OTHER) == set()
    back = planned.having(CHECK).at(missions.LEAVE).having(DepartMission()).at(missions.BACK).having(ReturnMission())
    reported = back.having(ReportMission(reports=(missions.report_of(),)))
    assert ways(of_mission(person(BOJAN), back.state, back.now)) == {Involvement.CREW}
    assert of_mission(person(ANA), reported.state, reported.now) == set()
    given_over = back.having(TakeOver(part=REPORT, leaver=ANA, successor=VERA))
    assert ways(of_mission(person(VERA), given_over.state, given_over.now)) == {Involvement.CREW}
    assert on_the_way(person(ANA), [reported.state], JOURNEY) == set()


def test_a_driver_until_the_mission_is_over_or_cancelled() -> None:
    """Nobody else of the crew; and a cancelled mission is nobody's."""
    planned = missions.Given().having(missions.plan())
    assert ways(of_mission(person(BOJAN), planned.state, planned.now)) == {Involvement.CREW, Involvement.DRIVER}
    driver = somebody(Post.DRIVER, id=BOJAN)
    assert Footing(Post.DRIVER, Involvement.DRIVER) in of_mission(driver, planned.state, planned.now)
    cancelled = planned.having(CancelMission(reason=CancelReason.NOT_NEEDED))
    assert of_mission(person(BOJAN), cancelled.state, cancelled.now) == set()
    assert of_mission(person(ANA), cancelled.state, cancelled.now) == set()


def test_who_is_on_call_while_a_team_is_out() -> None:
    """Not before, not afterwards."""
    planned = missions.Given().having(missions.plan(), CHECK).at(missions.LEAVE)
    out = planned.having(DepartMission())
    back = out.at(missions.BACK).having(ReturnMission())
    assert of_mission(person(VERA), planned.state, planned.now) == set()
    assert of_mission(person(VERA), out.state, out.now) == {Footing(Role.ON_CALL, Involvement.ALARM)}
    assert of_mission(person(VERA), back.state, back.now) == set()


def attached(contact: GivenOf[Contact]) -> GivenOf[Contact]:
    """A journey has it."""
    asked = contact.having(AttachContact(journey=JOURNEY))
    [dispatch] = asked.state.pending.values()
    return asked.having(AcknowledgeRelay(dispatch=dispatch.id))


def test_a_contact_is_the_whole_hotline_s_until_a_journey_has_it() -> None:
    """Then theirs who logged it or promised to call."""
    contact = called()
    both = {Footing(Role.CONSULTANT, Involvement.CONTACT), Footing(Role.ON_CALL, Involvement.CONTACT)}
    assert of_contact(person(VERA), contact.state) == both
    assert of_contact(somebody(Role.CASEWORKER, id=VERA), contact.state) == set()
    assert of_contact(person(VERA), contact.having(AttachContact(journey=JOURNEY)).state) == both
    had = attached(contact)
    assert of_contact(person(VERA), had.state) == set()
    assert of_contact(person(MILA), had.state, logged_by=MILA) == both
    assert of_contact(person(VERA), had.having(PromiseCallBack(staff=VERA)).state) == both


def test_an_open_danger_is_everybody_s_who_is_called() -> None:
    """Of somebody by name once they have it; of nobody once it is settled."""
    danger = attached(called()).having(RaiseDanger(sign="threat"))
    called_to_it = {Footing(Role.CONSULTANT, Involvement.ALARM), Footing(Role.ON_CALL, Involvement.ALARM)}
    assert of_contact(person(VERA), danger.state) == called_to_it
    had = danger.having(AcknowledgeDanger(by=VERA))
    assert ways(of_contact(person(VERA), had.state)) == {Involvement.ALARM, Involvement.CONTACT}
    settled = had.having(SettleDanger(outcome=DangerOutcome.SAFE_NOW))
    assert of_contact(person(VERA), settled.state) == set()


def test_oneself() -> None:
    """What is recorded of the person who asks."""
    assert of_staff(somebody(Post.DRIVER, id=MILA), MILA) == {Footing(Post.DRIVER, Involvement.SELF)}
    assert of_staff(person(MILA), VERA) == set()
