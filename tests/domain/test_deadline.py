"""Deadlines and ladders, worked by hand: each date here was found on a calendar, not by the code."""

from __future__ import annotations

from datetime import UTC, date, datetime

from domain.codes import Mover, Role, RungEffect
from domain.deadline import Deadline, deadline_at, deadline_on, due_day, stall_again, step_deadline, undated_deadline
from domain.pathway.model import Anchor, Due, EscalateRung, RemindRung, Span, Step, Unit
from tests.domain.given import step_of
from tests.pathway_examples import days, small_pathway

PATHWAY = small_pathway()


def utc(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    """An instant of 2026."""
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


def ladder(deadline: Deadline) -> dict[str, datetime]:
    """The rungs with their moments, in order."""
    return {r.rung: r.at for r in deadline.rungs}


def step(**fields: object) -> Step:
    """The plan of the small pathway with other rules."""
    return step_of("plan", PATHWAY).model_copy(update=fields)


def test_a_plan_agreed_on_a_monday_is_due_in_ten_working_days() -> None:
    """2 March and ten working days: 16 March, 16:00 in Belgrade, winter time (UTC+1)."""
    deadline = step_deadline(step(), PATHWAY, now=utc(3, 2, 10), anchor=utc(3, 2, 10))
    assert (deadline.due_at, deadline.due_on, deadline.zone) == (utc(3, 16, 15), date(2026, 3, 16), "Europe/Belgrade")
    assert ladder(deadline) == {
        "before-3-working-days": utc(3, 11, 7),
        "before-1-working-days": utc(3, 13, 7),
        "due": utc(3, 16, 15),
        "escalate-supervisor-1-working-days": utc(3, 17, 15),
        "escalate-on-call-3-working-days": utc(3, 19, 15),
        "stall": utc(3, 23, 15),
    }
    assert list(ladder(deadline).values()) == sorted(ladder(deadline).values())


def test_a_hearing_after_the_clocks_change_is_reminded_at_eight_on_the_wall() -> None:
    """Hearing on 1 April (summer time, UTC+2): seven days before is still winter time, three days before is not."""
    hearing = step_of("hearing", PATHWAY)
    deadline = deadline_at(hearing, PATHWAY, now=utc(3, 2, 10), due_at=utc(4, 1, 7))
    assert ladder(deadline) == {
        "before-7-calendar-days": utc(3, 25, 7),  # Wednesday 08:00, UTC+1
        "before-3-calendar-days": utc(3, 29, 6),  # Sunday of the change, 08:00, UTC+2
        "before-1-calendar-days": utc(3, 31, 6),
        "due": utc(4, 1, 7),
        "escalate-supervisor-1-working-days": utc(4, 2, 14),
        "escalate-on-call-3-working-days": utc(4, 6, 14),
        "stall": utc(4, 8, 14),
    }


def test_a_ladder_over_easter_leaves_out_good_friday_and_easter_monday() -> None:
    """Due on Thursday 9 April: one working day later is Tuesday 14, three are Thursday 16, five Monday 20."""
    deadline = deadline_on(step(), PATHWAY, now=utc(4, 1, 10), due_on=date(2026, 4, 9))
    assert ladder(deadline)["escalate-supervisor-1-working-days"] == utc(4, 14, 14)
    assert ladder(deadline)["escalate-on-call-3-working-days"] == utc(4, 16, 14)
    assert ladder(deadline)["stall"] == utc(4, 20, 14)


def test_a_reminder_in_hours_is_counted_on_the_instant() -> None:
    """Four hours before, whatever the hour of the day."""
    contact = step_of("contact", PATHWAY)
    deadline = deadline_at(contact, PATHWAY, now=utc(3, 2, 10), due_at=utc(3, 29, 2))
    assert ladder(deadline)["before-4-hours"] == utc(3, 28, 22)


def test_forty_eight_hours_are_hours_also_over_a_change_of_the_clocks() -> None:
    """From Saturday noon to Monday one o'clock on the wall."""
    deadline = step_deadline(step_of("debrief", PATHWAY), PATHWAY, now=utc(3, 28, 11), anchor=utc(3, 28, 11))
    assert deadline.due_at == utc(3, 30, 11)
    assert ladder(deadline)["stall"] == utc(4, 6, 14)


def test_a_statutory_term_leaves_out_its_first_day_and_rolls_its_last() -> None:
    """ZKP 224: served on 1 February and 15 days is 16 February, a holiday, and 17 stands for Sunday 15: 18 February."""
    due = Due(within=days(15), article="ZKP 224", roll=True)
    assert due_day(due, PATHWAY, utc(2, 1, 9)) == date(2026, 2, 18)
    assert due_day(due.model_copy(update={"roll": False}), PATHWAY, utc(2, 1, 9)) == date(2026, 2, 16)


def test_an_anchor_late_in_the_evening_counts_from_its_local_day() -> None:
    """23:30 UTC on Monday is Tuesday in Belgrade."""
    assert due_day(Due(within=days(1)), PATHWAY, utc(3, 2, 23, 30)) == date(2026, 3, 4)


def test_a_reminder_whose_moment_has_passed_is_left_out_and_what_is_owed_is_not() -> None:
    """Due yesterday: no reminder before it, but due, stall and escalation, late as they are."""
    deadline = deadline_on(step(), PATHWAY, now=utc(3, 11, 7), due_on=date(2026, 3, 16))
    assert "before-3-working-days" not in ladder(deadline)  # its very moment is now
    past = deadline_on(step(), PATHWAY, now=utc(3, 17, 12), due_on=date(2026, 3, 16))
    assert [r.effect for r in past.rungs] == [
        RungEffect.DUE,
        RungEffect.ESCALATE,
        RungEffect.ESCALATE,
        RungEffect.STALL,
    ]


def test_what_waits_on_others_has_its_limit_from_today_where_its_day_has_passed() -> None:
    """Ours stalls five working days after 2 March, the court's five after 16 March, on which it was opened."""
    ours = deadline_on(step(), PATHWAY, now=utc(3, 16, 9), due_on=date(2026, 3, 2))
    theirs = deadline_on(step(waits_on=Mover.COURT), PATHWAY, now=utc(3, 16, 9), due_on=date(2026, 3, 2))
    assert (ladder(ours)["stall"], ladder(theirs)["stall"]) == (utc(3, 9, 15), utc(3, 23, 15))


def test_a_hearing_without_a_date_is_due_to_get_one_without_law_or_reminders() -> None:
    """Within its limit of five working days; in hours where the limit is in hours."""
    undated = undated_deadline(step_of("hearing", PATHWAY), PATHWAY, now=utc(3, 2, 10))
    assert (undated.due_at, undated.article) == (utc(3, 9, 15), None)
    assert RungEffect.REMIND not in {r.effect for r in undated.rungs}
    hours = step(due=Due(within=days(0), after=Anchor.APPOINTMENT), stalled_after=Span(count=36, unit=Unit.HOURS))
    assert undated_deadline(hours, PATHWAY, now=utc(3, 2, 10)).due_at == utc(3, 3, 22)


def test_a_step_that_moves_again_keeps_what_lies_ahead_and_gets_a_new_moment_of_stalling() -> None:
    """Resumed on 18 March, two days late: the on-call rung of 19 March stays; stalled again on 25 March."""
    deadline = deadline_on(step(), PATHWAY, now=utc(3, 2, 10), due_on=date(2026, 3, 16))
    again = stall_again(deadline, step(), PATHWAY, now=utc(3, 18, 9))
    assert ladder(again) == {"escalate-on-call-3-working-days": utc(3, 19, 15), "stall": utc(3, 25, 15)}
    assert (again.due_at, again.calendar) == (deadline.due_at, deadline.calendar)


def test_a_step_that_moves_again_before_its_day_stalls_as_before() -> None:
    """In days and in hours."""
    for limit in (Span(count=5), Span(count=12, unit=Unit.HOURS)):
        own = step(stalled_after=limit)
        deadline = deadline_on(own, PATHWAY, now=utc(3, 2, 10), due_on=date(2026, 3, 16))
        assert ladder(stall_again(deadline, own, PATHWAY, now=utc(3, 3, 9)))["stall"] == ladder(deadline)["stall"]


def test_rungs_on_the_same_moment_keep_their_names() -> None:
    """Each is fired by its own name."""
    both = step(
        remind=(RemindRung(before=Span(count=1)), RemindRung(before=days(3))),
        escalate=(
            EscalateRung(after=Span(count=0), to=Role.SUPERVISOR),
            EscalateRung(after=Span(count=1), to=Role.ON_CALL),
        ),
    )
    deadline = deadline_on(both, PATHWAY, now=utc(3, 2, 10), due_on=date(2026, 3, 16))
    rungs = ladder(deadline)
    assert rungs["before-1-working-days"] == rungs["before-3-calendar-days"] == utc(3, 13, 7)
    assert rungs["due"] == rungs["escalate-supervisor-0-working-days"]
