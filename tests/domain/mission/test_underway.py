"""Out there: leaving, being heard of, falling silent, coming back, breaking off."""

from __future__ import annotations

from datetime import timedelta

from domain.codes import ObligationKind
from domain.mission.alarm import AbortMission, AcknowledgeAlarm
from domain.mission.codes import AbortReason, AlarmCause, CheckInWord, MissionPhase
from domain.mission.underway import CheckIn, DepartMission, ReturnMission
from domain.refusal import RefusalCode
from domain.stream.firing import RungsFired
from tests.domain.mission.given import ANA, BACK, CECA, LEAVE, departed, planned, ready, returned, told

CHECK_IN, RETURN = ObligationKind.MISSION_CHECK_IN, ObligationKind.MISSION_RETURN
ALARM, REPORT = ObligationKind.MISSION_ALARM, ObligationKind.MISSION_REPORT
HELP = CheckIn(word=CheckInWord.HELP)
ABORT = AbortMission(reason=AbortReason.FOLLOWED)


def test_whoever_leaves_is_waited_for() -> None:
    """At the next check-in, and at the return."""
    after = ready().when(DepartMission()).then("mission.departed")
    assert after.owed[CHECK_IN].due_at == LEAVE + timedelta(hours=2)
    assert after.owed[RETURN].due_at == BACK
    assert ObligationKind.MISSION_DEPARTURE not in after.owed


def test_a_departure_said_later_counts_from_when_it_was() -> None:
    """The phone call comes from the road."""
    after = ready().later(minutes=30).having(DepartMission(occurred_at=LEAVE))
    assert after.state.departed_at == LEAVE
    assert after.owed[CHECK_IN].due_at == LEAVE + timedelta(hours=2)


def test_a_departure_has_its_time() -> None:
    """Not after the return that was planned, not before the plan, not in the future, not on a plan that has moved."""
    ready().at(BACK).when(DepartMission()).then_refused(RefusalCode.DATE_IN_THE_PAST)
    ahead = DepartMission(occurred_at=LEAVE + timedelta(hours=1))
    ready().when(ahead).then_refused(RefusalCode.DATE_IN_THE_FUTURE)
    before = DepartMission(occurred_at=LEAVE - timedelta(days=5))
    ready().when(before).then_refused(RefusalCode.DATE_BEFORE_OPENING)
    ready().when(DepartMission(seen=9)).then_refused(RefusalCode.PART_CHANGED, part="plan")
    departed().when(DepartMission()).then_refused(RefusalCode.MISSION_NOT_PLANNED)


def test_each_word_moves_the_next_one() -> None:
    """Two hours from when they were heard of, as another version of the date."""
    after = departed().later(minutes=90).when(CheckIn()).then("mission.checked-in")
    assert after.owed[CHECK_IN].due_at == LEAVE + timedelta(minutes=90 + 120)
    assert after.owed[CHECK_IN].clockwork.date_version == 2


def test_a_silent_team_is_called_and_then_everybody_else() -> None:
    """The lead at once, the supervisor after 15 minutes, on call after 30, and then on call for ever."""
    before = departed()
    after = before.until(LEAVE + timedelta(hours=3, minutes=20))
    assert told(after, len(before.history)) == [
        ("call-1", ["mobile-team"]),
        ("call-2+stall", ["mobile-team", "supervisor"]),
        ("call-3", ["mobile-team", "on-call"]),
        ("again-1", ["mobile-team", "on-call"]),
        ("again-2", ["mobile-team", "on-call"]),
        ("again-3", ["mobile-team", "on-call"]),
    ]
    assert after.owed[CHECK_IN].stall is not None


def test_a_word_ends_the_calling() -> None:
    """They were out of reach, no more."""
    silent = departed().until(LEAVE + timedelta(hours=2, minutes=40))
    heard = silent.having(CheckIn())
    assert heard.owed[CHECK_IN].stall is None
    assert heard.owed[CHECK_IN].ahead[0].at == heard.now + timedelta(hours=2)


def test_whoever_acknowledges_gets_time_and_no_more() -> None:
    """Half an hour; then the chain begins anew, since the team is still silent."""
    silent = departed().until(LEAVE + timedelta(hours=2, minutes=16))
    seen_to = silent.when(AcknowledgeAlarm()).then("mission.alarm-acknowledged")
    assert seen_to.owed[CHECK_IN].due_at == silent.now + timedelta(minutes=30)
    quiet = seen_to.until(silent.now + timedelta(minutes=29))
    assert told(quiet, len(seen_to.history)) == []
    again = quiet.until(silent.now + timedelta(minutes=46))
    assert [rung for rung, _ in told(again, len(quiet.history))] == ["call-1", "call-2+stall"]


def test_nothing_is_acknowledged_that_does_not_ring() -> None:
    """A team that is in time, a thing that calls nobody, a word that is none of ours."""
    for command in (AcknowledgeAlarm(), AcknowledgeAlarm(obligation="check-in"), AcknowledgeAlarm(obligation="report")):
        departed().when(command).then_refused(RefusalCode.NOTHING_RINGS)
    departed().when(AcknowledgeAlarm(obligation="step:x")).then_refused(RefusalCode.NOTHING_RINGS)


def test_late_is_as_bad_as_silent() -> None:
    """The same people are called when the return is overdue, although the team was heard of."""
    heard = departed().at(BACK - timedelta(minutes=5)).having(CheckIn())
    late = heard.until(BACK + timedelta(minutes=31))
    assert [rung for rung, _ in told(late, len(heard.history))] == ["call-1", "call-2+stall", "call-3"]
    assert late.when(AcknowledgeAlarm()).after.owed[RETURN].due_at == late.now + timedelta(minutes=30)


def test_a_cry_for_help_calls_at_once() -> None:
    """Supervisor and on call, five minutes apart, until they are heard of: all well."""
    cried = departed().later(hours=1).when(HELP).then("mission.checked-in", "mission.alarm-raised")
    assert cried.state.alarm is AlarmCause.HELP_ASKED
    rung = cried.until(cried.now + timedelta(minutes=10))
    assert told(rung, len(cried.history)) == [
        ("call-1", ["mobile-team", "supervisor"]),
        ("call-2+stall", ["mobile-team", "on-call"]),
        ("again-1", ["mobile-team", "on-call"]),
    ]
    assert ALARM in rung.having(CheckIn(word=CheckInWord.DELAYED)).owed
    assert ALARM not in rung.having(CheckIn()).owed
    assert rung.having(CheckIn()).later(hours=1).having(HELP).owed[ALARM].clockwork.date_version == 2


def test_breaking_off_calls_at_once_and_waits_for_nothing_else() -> None:
    """An aborted mission is out there until somebody says that it is back."""
    aborted = departed().later(hours=1).when(ABORT).then("mission.aborted")
    assert list(aborted.owed) == [ALARM]
    assert aborted.owed[ALARM].due_at == aborted.now
    called = aborted.until(aborted.now + timedelta(minutes=1))
    assert told(called, len(aborted.history)) == [("call-1", ["mobile-team", "supervisor"])]


def test_an_aborted_team_that_is_heard_of_is_waited_for_on() -> None:
    """Half an hour after each word, or after each answer to the alarm; at once when it cries again."""
    aborted = departed().later(hours=1).having(ABORT)
    called = aborted.until(aborted.now + timedelta(minutes=6))
    for word in (CheckIn(), AcknowledgeAlarm()):
        assert called.having(word).owed[ALARM].due_at == called.now + timedelta(minutes=30)
    assert called.having(HELP).owed[ALARM].due_at == called.now


def test_whoever_is_back_is_not_waited_for() -> None:
    """The report is owed, 48 hours from the return."""
    back = departed().later(hours=5).when(ReturnMission()).then("mission.returned")
    assert list(back.owed) == [REPORT]
    assert back.owed[REPORT].due_at == back.now + timedelta(hours=48)
    aborted = departed().later(hours=1).having(ABORT, ReturnMission())
    assert aborted.state.phase is MissionPhase.RETURNED
    assert list(aborted.owed) == [REPORT]


def test_only_who_is_out_is_heard_of() -> None:
    """Before and after there is nothing to say."""
    for before in (planned(), returned()):
        for command in (CheckIn(), ReturnMission(), ABORT):
            before.when(command).then_refused(RefusalCode.MISSION_NOT_OUT)
    departed().having(ABORT).when(ABORT).then_refused(RefusalCode.MISSION_NOT_OUT)


def test_a_word_is_not_older_than_the_last_one() -> None:
    """Nor of tomorrow."""
    heard = departed().later(hours=2).having(CheckIn())
    for command in (CheckIn, ReturnMission):
        old, ahead = heard.now - timedelta(hours=1), heard.now + timedelta(hours=1)
        heard.when(command(occurred_at=old)).then_refused(RefusalCode.DATES_OUT_OF_ORDER)
        heard.when(command(occurred_at=ahead)).then_refused(RefusalCode.DATE_IN_THE_FUTURE)
    old_abort = AbortMission(reason=AbortReason.OTHER, occurred_at=heard.now - timedelta(hours=1))
    heard.when(old_abort).then_refused(RefusalCode.DATES_OUT_OF_ORDER)


def test_the_supervisor_is_the_one_of_the_plan() -> None:
    """Where the plan names nobody, whoever has that role."""
    aborted = departed().having(ABORT)
    (event,) = [r.event for r in aborted.until(aborted.now).history[len(aborted.history) :]]
    assert isinstance(event, RungsFired)
    assert {(to.role.value, to.staff) for to in event.addressees} == {("mobile-team", ANA), ("supervisor", CECA)}


def test_silence_never_ends_by_itself() -> None:
    """A week later somebody is still called every quarter of an hour."""
    silent = departed().until(LEAVE + timedelta(days=1))
    assert silent.state.phase is MissionPhase.DEPARTED
    assert silent.owed[CHECK_IN].ahead[0].at <= silent.now + timedelta(minutes=15)
