"""Terms through commands: a dozen by hand, each with the weekday of every date, and what becomes of a term.

The two of the reference first: served on Friday 16 April 2027, fifteen days later is Saturday 1 May, Labour Day; 2 May
is Labour Day and Orthodox Easter, 3 May Easter Monday, 4 May the substitute for the Sunday: Wednesday 5 May. Served on
Sunday 1 February 2026, fifteen days later is Monday 16 February, Statehood Day; the 17th its substitute for the Sunday
the 15th: Wednesday 18 February.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from domain.codes import Mover, ObligationKind, Role, RungEffect
from domain.journey.assignment import Unassign
from domain.journey.proceedings.codes import (
    ProceedingsOutcome,
    RecountReason,
    TermOutcome,
    TermOverrideReason,
    TermStatus,
    WaiverReason,
)
from domain.journey.proceedings.commands import EndProceedings
from domain.journey.proceedings.state import TermState
from domain.journey.proceedings.term_commands import (
    ConfirmTerm,
    CorrectTerm,
    MeetTerm,
    MissTerm,
    OverrideTerm,
    RecomputeDeadlines,
    ReopenTerm,
    RestoreTerm,
    WaiveTerm,
)
from domain.journey.proceedings.term_events import (
    DeadlinesRecomputed,
    TermConfirmed,
    TermOverridden,
    TermRecounted,
    TermReopened,
    TermSettled,
    TermStarted,
)
from domain.law import Duty, Reason, Severity, StatutoryDeadline, Trigger
from domain.pathway.hearings import Matter
from domain.pathway.proceedings import DatedSuspension
from domain.refusal import RefusalCode
from domain.stream.obligation import Obligation
from tests.domain.given import Given, begun
from tests.proceedings_examples import OGNJEN, court_pathway, day_of, in_court, noon, term

CRIMINAL, CIVIL = Matter.CRIMINAL, Matter.CIVIL

WORKED: tuple[tuple[str, Matter, str, Trigger | None, date, date, date, bool], ...] = (
    # what, matter, rule, event, its day, the day the alarm follows, the latest reading, disputed
    (
        "the reference, Easter",
        CRIMINAL,
        "zkp-432-appeal",
        None,
        date(2027, 4, 16),
        date(2027, 5, 5),
        date(2027, 5, 17),
        True,
    ),
    (
        "the reference, Statehood",
        CRIMINAL,
        "zkp-432-appeal",
        None,
        date(2026, 2, 1),
        date(2026, 2, 18),
        date(2026, 3, 3),
        True,
    ),
    # Monday 2 March + 8 = Tuesday 10 March.
    (
        "told of the dismissal",
        CRIMINAL,
        "zkp-51-objection",
        Trigger.NOTICE_OF_DISMISSAL,
        date(2026, 3, 2),
        date(2026, 3, 10),
        date(2026, 3, 10),
        False,
    ),
    # Not told: three months from Friday 31 July are Saturday 31 October, which rolls to Monday 2 November; counted from
    # the first day of the term, 1 August, they end on Sunday 1 November and roll there too.
    (
        "not told of it",
        CRIMINAL,
        "zkp-51-objection",
        Trigger.DISMISSAL_DECIDED,
        date(2026, 7, 31),
        date(2026, 11, 2),
        date(2026, 11, 2),
        False,
    ),
    # From Tuesday 3 March: Wednesday 3 June by the number of the event's day, Thursday 4 June by that of the first day.
    (
        "months read twice",
        CRIMINAL,
        "zkp-51-objection",
        Trigger.DISMISSAL_DECIDED,
        date(2026, 3, 3),
        date(2026, 6, 3),
        date(2026, 6, 4),
        True,
    ),
    # At the hearing itself: Thursday 5 March; or eight days: Friday 13 March.
    (
        "asked in court",
        CRIMINAL,
        "zkp-52-takeover",
        Trigger.ASKED_IN_COURT,
        date(2026, 3, 5),
        date(2026, 3, 5),
        date(2026, 3, 13),
        True,
    ),
    # Wednesday 4 March + 8 = Thursday 12 March.
    (
        "reply to the indictment",
        CRIMINAL,
        "zkp-336-reply",
        None,
        date(2026, 3, 4),
        date(2026, 3, 12),
        date(2026, 3, 12),
        False,
    ),
    # Friday 20 March + 15 = Saturday 4 April; criminal: rolls to Monday 6 April. Extended: Sunday 19 April -> 20 April.
    (
        "Saturday, criminal",
        CRIMINAL,
        "zkp-432-appeal",
        None,
        date(2026, 3, 20),
        date(2026, 4, 6),
        date(2026, 4, 20),
        True,
    ),
    # The same in civil proceedings: Saturday may stand.
    ("Saturday, civil", CIVIL, "zpp-367-appeal", None, date(2026, 3, 20), date(2026, 4, 4), date(2026, 4, 6), True),
    # Saturday 21 March + 15 = Sunday 5 April -> Monday 6 April: Sunday is free in both.
    ("Sunday, civil", CIVIL, "zpp-367-appeal", None, date(2026, 3, 21), date(2026, 4, 6), date(2026, 4, 6), False),
    # Monday 2 March + 30 = Wednesday 1 April.
    ("reply to the claim", CIVIL, "zpp-297-reply", None, date(2026, 3, 2), date(2026, 4, 1), date(2026, 4, 1), False),
    ("revision", CIVIL, "zpp-403-revision", None, date(2026, 3, 2), date(2026, 4, 1), date(2026, 4, 1), False),
    # 29 February is missing: three months from Sunday 30 November 2025 end on Saturday 28 February 2026.
    ("claim again", CIVIL, "zoo-390-claim-again", None, date(2025, 11, 30), date(2026, 2, 28), date(2026, 3, 2), True),
)


@pytest.mark.parametrize(("what", "matter", "rule", "trigger", "on", "due_on", "latest", "disputed"), WORKED)
def test_worked_by_hand(
    what: str, matter: Matter, rule: str, trigger: Trigger | None, on: date, due_on: date, latest: date, disputed: bool
) -> None:
    """The alarm follows the earliest reading; the page has the latest as well."""
    now = datetime(on.year, on.month, on.day, 12, tzinfo=UTC)
    (event,) = in_court(now, matter).when(term(rule, on, trigger)).events
    assert isinstance(event, TermStarted), what
    assert event.due_on == event.deadline.due_on == due_on
    assert event.disputed is disputed
    assert isinstance(event.counted, StatutoryDeadline)
    assert event.counted.arguable[-1].due_on == latest
    assert event.deadline.article == event.counted.article
    assert event.deadline.calendar == event.counted.calendar


SERVED = date(2026, 3, 20)
"""A Friday: fifteen days later is Saturday 4 April."""


def appeal(matter: Matter = CIVIL) -> Given:
    """An appeal that runs since the afternoon of the service."""
    rule = "zpp-367-appeal" if matter is CIVIL else "zkp-432-appeal"
    return in_court(noon(2026, 3, 20), matter).having(term(rule, SERVED))


def state_of(given: Given, number: int = 1) -> TermState:
    return given.state.terms[number]


def owed(given: Given) -> dict[str, Obligation]:
    from domain.journey import obligations

    return {o.key: o for o in obligations(given.state) if o.key.startswith("term")}


def test_a_term_is_owed_by_the_lawyer_and_its_confirmation_with_it() -> None:
    """Both have an owner, a name and a moment."""
    found = owed(appeal())
    assert {k: o.kind for k, o in found.items()} == {
        "term:1": ObligationKind.TERM,
        "term:1:confirmation": ObligationKind.TERM_CONFIRMATION,
    }
    assert found["term:1"].owner == (Role.LAWYER, OGNJEN)
    assert found["term:1"].what == "zpp-367-appeal"
    assert found["term:1"].due_at == datetime(2026, 4, 4, 14, tzinfo=UTC)  # the office closes at 16:00, in summer time
    assert found["term:1:confirmation"].clockwork.deadline.due_on == date(2026, 3, 24)


def test_the_ladder_is_that_of_a_right_that_ends() -> None:
    """Three days and one day before, at the hour, then the supervisor and the on-call person."""
    rungs = owed(appeal())["term:1"].ahead
    assert [(r.rung, r.at) for r in rungs if r.effect is RungEffect.REMIND] == [
        ("before-3-calendar-days", datetime(2026, 4, 1, 6, tzinfo=UTC)),
        ("before-1-calendar-days", datetime(2026, 4, 3, 6, tzinfo=UTC)),
    ]
    assert [r.to for r in rungs if r.effect is RungEffect.ESCALATE] == [(Role.SUPERVISOR,), (Role.ON_CALL,)]


def test_a_term_of_the_court_waits_on_the_court_by_the_ordinary_ladder() -> None:
    """It takes no right away."""
    given = in_court(noon(2026, 3, 20), CRIMINAL).having(term("zkp-427-written-judgment", SERVED))
    state = state_of(given)
    assert (state.duty, state.severity) == (Duty.COURT, Severity.ORDINARY)
    assert owed(given)["term:1"].waits_on is Mover.COURT
    assert state.stalled_after.count == 10


def test_without_a_lawyer_it_is_the_caseworkers() -> None:
    """It is never nobody's."""
    found = owed(appeal().having(Unassign(role=Role.LAWYER)))
    assert all(o.owner.role is Role.CASEWORKER for o in found.values())


def test_a_confirmation_is_never_owed_after_the_term_itself() -> None:
    """At the hearing itself: the lawyer has until the office closes, not two days."""
    given = in_court(noon(2026, 3, 5), CRIMINAL).having(
        term("zkp-52-takeover", date(2026, 3, 5), Trigger.ASKED_IN_COURT)
    )
    found = owed(given)
    assert found["term:1:confirmation"].due_at == found["term:1"].due_at


def test_a_term_that_is_entered_too_late_alarms_at_once() -> None:
    """What should have been told is told late, not left out."""
    given = in_court(noon(2026, 4, 20), CIVIL).having(term("zpp-367-appeal", SERVED))
    assert all(r.at <= given.now for r in owed(given)["term:1"].ahead if r.effect is not RungEffect.STALL)


def test_a_lawyer_confirms_the_day_that_is_followed() -> None:
    """Nothing moves; the confirmation is owed no longer."""
    after = appeal().when(ConfirmTerm(term=1, on=date(2026, 4, 4))).then(TermConfirmed(term=1, due_on=date(2026, 4, 4)))
    assert state_of(after).status is TermStatus.CONFIRMED
    assert set(owed(after)) == {"term:1"}
    assert state_of(after).clockwork.date_version == 1
    after.when(ConfirmTerm(term=1, on=date(2026, 4, 4))).then_nothing()


def test_a_lawyer_confirms_the_later_reading() -> None:
    """Monday, as no court works on a Saturday: the alarm follows from then on, as another date."""
    after = appeal().having(ConfirmTerm(term=1, on=date(2026, 4, 6)))
    state = state_of(after)
    assert (state.due_on, state.moved, state.clockwork.date_version) == (date(2026, 4, 6), (date(2026, 4, 4),), 2)
    assert isinstance(state.counted, StatutoryDeadline)
    assert state.counted.due_on == date(2026, 4, 4)  # the page still shows why


def test_no_reading_ends_on_that_day() -> None:
    """Another date needs a reason: it is an override."""
    appeal().when(ConfirmTerm(term=1, on=date(2026, 4, 7))).then_refused(RefusalCode.DATE_NOT_READ, part="term:1")


def test_a_rival_date_cannot_be_confirmed() -> None:
    """Fifteen working days from the service, as another system has it: shown, and never followed."""
    given = appeal()
    state = state_of(given)
    assert isinstance(state.counted, StatutoryDeadline)
    rival = next(r for r in state.counted.readings if Reason.RIVAL_WORKING_DAYS in r.reasons)
    given.when(ConfirmTerm(term=1, on=rival.due_on)).then_refused(RefusalCode.DATE_NOT_READ)


def test_an_override_has_a_reason_and_says_what_it_replaces() -> None:
    """The court set another day."""
    command = OverrideTerm(term=1, on=date(2026, 4, 20), reason=TermOverrideReason.SET_BY_COURT)
    then = appeal().when(command)
    (event,) = then.events
    assert isinstance(event, TermOverridden)
    assert (event.was, event.due_on, event.deadline.due_on) == (date(2026, 4, 4), date(2026, 4, 20), date(2026, 4, 20))
    assert state_of(then.after).status is TermStatus.OVERRIDDEN
    assert set(owed(then.after)) == {"term:1"}


def test_a_corrected_day_counts_again_in_the_same_event() -> None:
    """Served on Monday the 23rd: Tuesday 7 April, old and new in one, to be confirmed again."""
    given = appeal().having(ConfirmTerm(term=1, on=date(2026, 4, 4))).at(noon(2026, 3, 24))
    started = state_of(given).counted_version
    then = given.when(CorrectTerm(term=1, corrects=started, on=date(2026, 3, 23)))
    (event,) = then.events
    assert isinstance(event, TermRecounted)
    assert (event.why, event.was, event.due_on) == (RecountReason.CORRECTED, date(2026, 4, 4), date(2026, 4, 7))
    assert event.basis.days == (day_of(Trigger.JUDGMENT_SERVED, 2026, 3, 23),)
    state = state_of(then.after)
    assert (state.status, state.clockwork.date_version) == (TermStatus.UNCONFIRMED, 2)
    then.after.when(CorrectTerm(term=1, corrects=started, on=SERVED)).then_refused(RefusalCode.NOTHING_TO_CORRECT)


def test_met_and_reopened_by_mistake() -> None:
    """The correction names the event that said so; the date gets another version."""
    met = appeal().having(MeetTerm(term=1))
    assert not owed(met)
    met.when(MeetTerm(term=1)).then_refused(RefusalCode.ENTRY_SETTLED)
    settled = state_of(met).settled_version
    assert settled is not None
    met.when(ReopenTerm(term=1, corrects=settled - 1)).then_refused(RefusalCode.NOTHING_TO_CORRECT)
    then = met.when(ReopenTerm(term=1, corrects=settled))
    assert isinstance(then.events[0], TermReopened)
    assert set(owed(then.after)) == {"term:1", "term:1:confirmation"}
    assert state_of(then.after).clockwork.date_version == 2


def test_let_pass_with_a_reason() -> None:
    """The client decides."""
    event = TermSettled(term=1, outcome=TermOutcome.WAIVED, reason=WaiverReason.CLIENT_DECIDED)
    after = appeal().having()
    found = after.when(WaiveTerm(term=1, reason=WaiverReason.CLIENT_DECIDED)).events
    assert found[0] == event


def test_missed_starts_the_term_for_restoration() -> None:
    """Civil: eight days from Friday 10 April, when she left hospital, are Saturday 18 April or Monday the 20th."""
    given = appeal().at(noon(2026, 4, 10))
    then = given.when(MissTerm(term=1, obstacle_ended_on=date(2026, 4, 10)))
    missed, started = then.events[:2]
    assert missed == TermSettled(term=1, outcome=TermOutcome.MISSED)
    assert isinstance(started, TermStarted)
    assert (started.term, started.basis.rule, started.restores) == (2, "zpp-110-restoration", 1)
    assert started.due_on == date(2026, 4, 18)
    assert set(owed(then.after)) == {"term:2", "term:2:confirmation"}
    restored = then.after.having(MeetTerm(term=2), RestoreTerm(term=1))
    assert state_of(restored).outcome is TermOutcome.RESTORED


def test_missed_without_knowing_when_the_obstacle_ends() -> None:
    """Criminal: three months from Monday 6 April are the last day, Monday 6 July, until somebody says more."""
    given = appeal(CRIMINAL).at(noon(2026, 4, 10))
    started = given.when(MissTerm(term=1)).events[1]
    assert isinstance(started, TermStarted)
    assert (started.basis.rule, started.due_on) == ("zkp-227-restoration", date(2026, 7, 6))


def test_a_term_is_not_missed_before_its_day_has_passed() -> None:
    """Saturday 4 April itself is still in time."""
    appeal().at(noon(2026, 4, 4)).when(MissTerm(term=1)).then_refused(RefusalCode.DATE_IN_THE_FUTURE)


def test_a_missed_restoration_is_not_restored() -> None:
    """There is no end to that otherwise."""
    given = appeal().at(noon(2026, 4, 10)).having(MissTerm(term=1, obstacle_ended_on=date(2026, 4, 10)))
    events = given.at(noon(2026, 5, 10)).when(MissTerm(term=2)).events
    assert TermStarted not in {type(e) for e in events}


def test_what_has_ended_is_not_restored_unless_it_was_missed() -> None:
    """It was met."""
    appeal().having(MeetTerm(term=1)).when(RestoreTerm(term=1)).then_refused(RefusalCode.NOTHING_TO_CORRECT)


def test_the_end_of_proceedings_ends_no_term() -> None:
    """A last day does not care."""
    after = appeal().having(EndProceedings(proceedings=1, outcome=ProceedingsOutcome.CLAIM_REJECTED))
    assert "term:1" in owed(after)


DECREE = DatedSuspension(starts=date(2026, 3, 25), ends=date(2026, 4, 3), act="sg-99-2026", proceedings=("civil",))


def test_a_changed_list_of_suspensions_moves_nothing_until_somebody_asks() -> None:
    """Ten days stood still: Saturday 4 April becomes Tuesday 14 April, the day after Orthodox Easter Monday."""
    given = appeal().having(term("zpp-297-reply", SERVED)).on(court_pathway(DECREE))
    assert state_of(given).due_on == date(2026, 4, 4)
    then = given.when(RecomputeDeadlines())
    (event,) = then.events
    assert isinstance(event, DeadlinesRecomputed)
    assert [(t.term, t.was, t.due_on) for t in event.terms] == [
        (1, date(2026, 4, 4), date(2026, 4, 14)),
        (2, date(2026, 4, 20), date(2026, 4, 29)),
    ]
    assert event.terms[0].counted.suspended_by == ("sg-99-2026",)
    assert state_of(then.after).due_on == date(2026, 4, 14)
    then.after.when(RecomputeDeadlines()).then_nothing()


def test_counting_again_leaves_what_a_lawyer_has_overridden_and_what_has_ended() -> None:
    """Both were said by a person."""
    given = appeal().having(
        term("zpp-297-reply", SERVED),
        OverrideTerm(term=1, on=date(2026, 4, 2), reason=TermOverrideReason.CAUTION),
        MeetTerm(term=2),
    )
    given.on(court_pathway(DECREE)).when(RecomputeDeadlines()).then_nothing()


def test_what_was_confirmed_and_reads_otherwise_now_is_to_be_confirmed_again() -> None:
    """The lawyer answered for another count."""
    given = appeal().having(ConfirmTerm(term=1, on=date(2026, 4, 6))).on(court_pathway(DECREE))
    assert state_of(given.having(RecomputeDeadlines())).status is TermStatus.UNCONFIRMED


@pytest.mark.parametrize(
    ("command", "code", "fields"),
    [
        (term("zpp-367-appeal", SERVED), RefusalCode.NOT_OF_THIS_MATTER, {"allowed": ("civil",)}),
        (term("zkp-999", SERVED), RefusalCode.UNKNOWN_RULE, {}),
        (
            term("zkp-51-objection", SERVED),
            RefusalCode.TRIGGER_MISSING,
            {"allowed": ("dismissal-decided", "notice-of-dismissal")},
        ),
        (term("zkp-432-appeal", SERVED, Trigger.MISSED), RefusalCode.TRIGGER_MISSING, {}),
        (term("zkp-432-appeal", SERVED + timedelta(days=1)), RefusalCode.DATE_IN_THE_FUTURE, {}),
        (MeetTerm(term=7), RefusalCode.UNKNOWN_ENTRY, {"part": "term:7"}),
    ],
)
def test_refused(command: Any, code: RefusalCode, fields: dict[str, Any]) -> None:
    """With what there is instead."""
    in_court(noon(2026, 3, 20), CRIMINAL).when(command).then_refused(code, **fields)


def test_a_form_that_shows_an_older_state_is_refused() -> None:
    """Only of this term."""
    given = appeal()
    seen = state_of(given).version
    after = given.having(ConfirmTerm(term=1, on=date(2026, 4, 4), seen=seen))
    after.when(MeetTerm(term=1, seen=seen)).then_refused(RefusalCode.PART_CHANGED, part="term:1")


def test_a_pathway_without_the_section_has_no_proceedings() -> None:
    """And says so."""
    begun().when(RecomputeDeadlines()).then_refused(RefusalCode.NOT_IN_PATHWAY, part="proceedings")


def test_what_is_not_there_is_named() -> None:
    """A term of no proceedings, a rule of no calendar, an event that the rule does not run from."""
    given = in_court(noon(2026, 3, 20), CRIMINAL)
    elsewhere = term("zkp-432-appeal", SERVED).model_copy(update={"proceedings": 9})
    given.when(elsewhere).then_refused(RefusalCode.UNKNOWN_PROCEEDINGS, part="proceedings:9")
    given.when(term("zkp-999", SERVED)).then_refused(RefusalCode.UNKNOWN_RULE, part="proceedings:1")
    given.when(term("zkp-432-appeal", SERVED, Trigger.MISSED)).then_refused(
        RefusalCode.TRIGGER_MISSING, allowed=("judgment-served",)
    )
    given.when(ConfirmTerm(term=7, on=SERVED)).then_refused(RefusalCode.UNKNOWN_ENTRY, part="term:7")
