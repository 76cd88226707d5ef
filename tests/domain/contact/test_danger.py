"""Immediate danger: the chain of calls, minutes apart, until a named person has it; and the duty to report."""

from __future__ import annotations

from datetime import timedelta

from domain.codes import Role
from domain.contact.codes import DangerOutcome
from domain.contact.danger import (
    AcknowledgeDanger,
    DangerAcknowledged,
    DangerSettled,
    RaiseDanger,
    SettleDanger,
)
from domain.contact.reporting import AuthorityReported, ReportToAuthority
from domain.deadline import ladder_deadline
from domain.refusal import RefusalCode
from domain.stream.firing import FireRung, RungsFired
from tests.domain.contact.given import called, hotline, hotline_pathway
from tests.domain.given import MILA, MONDAY, NOTE, VERA
from tests.pathway_examples import small_pathway

MINUTE = timedelta(minutes=1)


def alarm_told(count: int) -> list[tuple[float, Role]]:
    """After how many minutes which role is called besides whoever owns it."""
    danger = called(danger="threat")
    told: list[tuple[float, Role]] = []
    while len(told) < count:
        danger = danger.woken()
        fired = next(r.event for r in reversed(danger.history) if isinstance(r.event, RungsFired))
        told.append(((danger.now - MONDAY) / MINUTE, fired.addressees[-1].role))
    return told


def test_the_chain_calls_one_after_another_and_the_last_again_and_again() -> None:
    """At once, after five minutes, after ten; then the supervisor every five minutes."""
    assert alarm_told(6) == [
        (0, Role.ON_CALL),
        (5, Role.CONSULTANT),
        (10, Role.SUPERVISOR),
        (15, Role.SUPERVISOR),
        (20, Role.SUPERVISOR),
        (25, Role.SUPERVISOR),
    ]


def test_who_was_missed_in_an_outage_is_called_at_once_and_late() -> None:
    """Worker away for an hour: one message to all of the chain, and the next in five minutes."""
    danger = called(danger="threat")
    wake = danger.wakes[0]
    late = danger.later(hours=1).having(FireRung(obligation=wake.key, rung=wake.rung, date_version=wake.date_version))
    fired = late.history[2].event
    assert isinstance(fired, RungsFired)
    assert fired.late
    assert [a.role for a in fired.addressees] == [Role.ON_CALL, Role.CONSULTANT, Role.SUPERVISOR]
    assert late.wakes[0].at == late.now + 5 * MINUTE


def test_an_acknowledgement_stops_the_chain_and_names_a_person() -> None:
    """From then on it is owed by that person, who has four hours to say how it went."""
    danger = called(danger="threat").woken().later(minutes=3)
    settle = ladder_deadline(hotline().dangers.settle, hotline_pathway(), now=danger.now)
    danger.when(AcknowledgeDanger(by=MILA)).then(DangerAcknowledged(number=1, by=MILA, deadline=settle))
    had = danger.having(AcknowledgeDanger(by=MILA))
    owed = had.owed[0]
    assert (owed.owner.staff, owed.due_at, owed.clockwork.date_version) == (MILA, danger.now + timedelta(hours=4), 2)
    had.when(AcknowledgeDanger(by=MILA)).then()
    had.when(AcknowledgeDanger(by=VERA)).then_refused(RefusalCode.ALREADY_ACKNOWLEDGED, other=MILA)


def test_a_timer_of_the_chain_that_comes_late_does_nothing() -> None:
    """The acknowledgement gave the date another version."""
    had = called(danger="threat").woken().having(AcknowledgeDanger(by=MILA)).later(minutes=10)
    had.when(FireRung(obligation="danger:1", rung="call-2", date_version=1)).then()


def test_who_has_it_is_reminded_every_hour_until_it_is_settled() -> None:
    """Due, then the supervisor, then both once an hour."""
    had = called(danger="threat").having(AcknowledgeDanger(by=MILA)).woken().woken().woken()
    assert had.now == MONDAY + timedelta(hours=6)
    had.when(SettleDanger(outcome=DangerOutcome.SAFE_NOW, note=NOTE)).then(
        DangerSettled(number=1, outcome=DangerOutcome.SAFE_NOW, note=NOTE)
    )
    over = had.having(SettleDanger(outcome=DangerOutcome.SAFE_NOW))
    assert not over.state.is_open
    over.when(SettleDanger(outcome=DangerOutcome.SAFE_NOW)).then_refused(RefusalCode.CONTACT_SETTLED)
    promised = called(call_back=True)
    promised.when(SettleDanger(outcome=DangerOutcome.SAFE_NOW)).then_refused(RefusalCode.NO_SUCH_DANGER)
    promised.when(AcknowledgeDanger(by=MILA)).then_refused(RefusalCode.NO_SUCH_DANGER)


def test_a_second_alarm_beside_the_first_is_its_own() -> None:
    """Mila has the first; the second calls the chain again."""
    two = called(danger="threat").having(AcknowledgeDanger(by=MILA)).later(minutes=1).having(RaiseDanger(sign="threat"))
    assert [o.owner.staff for o in two.owed if o.key == "danger:2"] == [None]
    taken = two.having(AcknowledgeDanger(by=VERA))
    assert {o.key: o.owner.staff for o in taken.owed} == {"danger:1": MILA, "danger:2": VERA}
    taken.when(SettleDanger(outcome=DangerOutcome.SAFE_NOW, number=2, seen=1)).then_refused(RefusalCode.PART_CHANGED)
    taken.when(SettleDanger(outcome=DangerOutcome.SAFE_NOW, number=3)).then_refused(RefusalCode.NO_SUCH_DANGER)


def test_a_danger_of_no_listed_sort_is_refused_with_those_there_are() -> None:
    """`other` is in every real list."""
    called().when(RaiseDanger(sign="dragon")).then_refused(RefusalCode.NOT_IN_CATALOGUE, allowed=("threat",))
    called().on(small_pathway()).when(RaiseDanger(sign="threat")).then_refused(RefusalCode.NO_HOTLINE)


def test_a_report_names_authority_and_article_of_the_duty() -> None:
    """Also of a contact that owes nothing any more."""
    at = MONDAY - timedelta(minutes=20)
    before = called(occurred_at=MONDAY - timedelta(hours=1))
    report = ReportToAuthority(duty="child", occurred_at=at, note=NOTE)
    before.when(report).then(
        AuthorityReported(
            duty="child", authority="centre-for-social-work", article="ZKP 280", occurred_at=at, note=NOTE
        )
    )
    [kept] = before.having(report).state.reports
    assert (kept.at, kept.article) == (at, "ZKP 280")
    before.when(ReportToAuthority(duty="none")).then_refused(RefusalCode.NOT_IN_CATALOGUE, part="duty")
    before.when(ReportToAuthority(duty="child", occurred_at=MONDAY + timedelta(hours=1))).then_refused(
        RefusalCode.DATE_IN_THE_FUTURE
    )
