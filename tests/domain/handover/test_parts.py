"""What people hold of contacts and missions, and how another takes it over."""

from __future__ import annotations

from domain.codes import ObligationKind, Role
from domain.contact.calling import PromiseCallBack, RecordCallBack
from domain.contact.codes import CallOutcome
from domain.contact.danger import AcknowledgeDanger, RaiseDanger
from domain.contact.handing import ContactTakenOver
from domain.contact.kind import CONTACT
from domain.mission.handing import SUPERVISOR, seat
from domain.mission.kind import MISSION
from domain.mission.rules import REPORT
from domain.mission.state import Mission
from domain.refusal import RefusalCode
from domain.stream.holding import Held, TakeOver
from tests.domain.contact.given import called
from tests.domain.given import MILA, VERA
from tests.domain.mission.given import ANA, BOJAN, CECA, LEG, departed, planned, returned

PROMISED = called().having(PromiseCallBack(staff=MILA))
IN_DANGER = called().having(RaiseDanger(sign="threat"), AcknowledgeDanger(by=MILA))


def test_a_promised_call_is_held_by_who_was_named() -> None:
    """A promise that nobody was named for is the role's, and nobody's to hand over."""
    assert CONTACT.holdings(PROMISED.state) == (Held("call-back:1", Role.CONSULTANT, MILA),)
    assert CONTACT.holdings(called().having(PromiseCallBack()).state) == ()
    kept = PROMISED.having(RecordCallBack(outcome=CallOutcome.MADE))
    assert CONTACT.holdings(kept.state) == ()


def test_a_promised_call_changes_hands_and_keeps_its_hour() -> None:
    """Its ladder goes on where it was, to another person."""
    take = TakeOver(part="call-back:1", leaver=MILA, successor=VERA)
    PROMISED.when(take).then(ContactTakenOver(part="call-back:1", staff=VERA))
    before, after = PROMISED.owed[0], PROMISED.having(take).owed[0]
    assert after.owner.staff == VERA
    assert after.clockwork == before.clockwork
    PROMISED.having(take).when(take).then()
    PROMISED.when(take.model_copy(update={"leaver": CECA})).then_refused(RefusalCode.HELD_BY_ANOTHER, other=MILA)
    PROMISED.when(take.model_copy(update={"part": "danger:1"})).then_refused(RefusalCode.NOT_ASSIGNED)
    called().when(take).then_refused(RefusalCode.CONTACT_SETTLED)


def test_a_danger_changes_hands() -> None:
    """By name: it is never without a person once somebody had it."""
    assert CONTACT.holdings(IN_DANGER.state) == (Held("danger:1", Role.ON_CALL, MILA),)
    taken = IN_DANGER.having(TakeOver(part="danger:1", leaver=MILA, successor=VERA))
    assert taken.owed[0].owner.staff == VERA
    assert CONTACT.holdings(called().having(RaiseDanger(sign="threat")).state) == ()


def _take(part: str, leaver: object = ANA) -> TakeOver:
    return TakeOver.model_validate({"part": part, "leaver": leaver, "successor": VERA})


def test_a_seat_a_lead_and_the_wheel_go_together() -> None:
    """Ana leads and goes; Bojan drives."""
    mission = planned()
    assert MISSION.holdings(mission.state) == (
        Held(seat(ANA), Role.MOBILE_TEAM, ANA),
        Held(seat(BOJAN), Role.MOBILE_TEAM, BOJAN),
        Held(SUPERVISOR, Role.SUPERVISOR, CECA),
    )
    crew = mission.having(_take(seat(ANA))).state.plan.crew
    assert (crew.lead, crew.team) == (VERA, (VERA, BOJAN))
    assert planned(legs=(LEG,)).having(_take(seat(BOJAN), BOJAN)).state.plan.legs[0].driver == VERA
    mission.having(_take(seat(ANA))).when(_take(seat(ANA))).then_refused(RefusalCode.NOT_ASSIGNED)


def test_a_seat_goes_to_nobody_who_sits_there_already() -> None:
    """Two would be one, and nobody goes alone."""
    both = TakeOver(part=seat(ANA), leaver=ANA, successor=BOJAN)
    planned().when(both).then_refused(RefusalCode.TEAM_TOO_SMALL)


def test_what_the_mission_takes_moves_with_the_seat() -> None:
    """So the successor is in no other place at that time."""
    assert MISSION.promises is not None
    before, after = planned().state, planned().having(_take(seat(ANA))).state
    assert {p.resource for p in MISSION.promises(after)} == {
        VERA if p.resource == ANA else p.resource for p in MISSION.promises(before)
    }


def test_who_is_out_there_comes_back_themselves() -> None:
    """Only whom the team is told to may change meanwhile."""
    departed().when(_take(seat(ANA))).then_refused(RefusalCode.MISSION_NOT_PLANNED)
    watched = departed().having(_take(SUPERVISOR, CECA))
    assert watched.state.plan.crew.supervisor == VERA
    watched.when(_take(SUPERVISOR, CECA)).then()
    departed().when(_take(SUPERVISOR, ANA)).then_refused(RefusalCode.HELD_BY_ANOTHER, other=CECA)


def test_the_report_changes_hands() -> None:
    """Once everybody is back, that is all that is held; who went stays as it was."""
    back = returned()
    assert MISSION.holdings(back.state) == (Held(REPORT, Role.MOBILE_TEAM, ANA),)
    taken = back.having(_take(REPORT))
    assert taken.owed[ObligationKind.MISSION_REPORT].owner.staff == VERA
    state: Mission = taken.state
    assert (state.plan.crew.lead, state.reporter) == (ANA, VERA)
    back.when(_take(REPORT, BOJAN)).then_refused(RefusalCode.HELD_BY_ANOTHER, other=ANA)
    taken.when(_take(REPORT)).then()
