"""The clock stands still: the decree of 2020, counted day by day."""

from __future__ import annotations

from datetime import date

import pytest

from domain.law import (
    EMERGENCY_2020,
    TERM_RULES,
    Proceedings,
    Reason,
    StatutoryDeadline,
    Suspension,
    SuspensionGround,
    Trigger,
    count_term,
)
from tests.domain.law.wall import SERBIA, day


def held(starts: str, ends: str, act: str = "sg-1-2026", **more: object) -> Suspension:
    """A decree from one day to another, both included."""
    values = {"starts": day(starts), "ends": day(ends), "ground": SuspensionGround.EMERGENCY_DECREE, "act": act, **more}
    return Suspension.model_validate(values)


def appeal(served: str, *suspensions: Suspension) -> StatutoryDeadline:
    """A criminal appeal of fifteen days, without extension."""
    events = {Trigger.JUDGMENT_SERVED: day(served)}
    without = frozenset({Reason.EXTENDED})
    return count_term(TERM_RULES["zkp-432-appeal"], events, SERBIA, suspensions=suspensions, without=without)


@pytest.mark.parametrize(
    ("served", "last", "due"),
    [
        # In the middle: 10 to 19 March are 10 days; the 5 left are 6 to 10 May. Sunday rolls.
        ("Mon 9 Mar 2020", "Sun 10 May 2020", "Mon 11 May 2020"),
        # At the end: 6 to 19 March are 14 days; the last one is 6 May.
        ("Thu 5 Mar 2020", "Wed 6 May 2020", "Wed 6 May 2020"),
        # It had ended the day before: 5 to 19 March are all 15.
        ("Wed 4 Mar 2020", "Thu 19 Mar 2020", "Thu 19 Mar 2020"),
        # Served within: the first counted day is 6 May, the fifteenth 20 May.
        ("Wed 1 Apr 2020", "Wed 20 May 2020", "Wed 20 May 2020"),
        # Served on its last day: the same.
        ("Tue 5 May 2020", "Wed 20 May 2020", "Wed 20 May 2020"),
        # Served on the first day after it: 7 to 21 May.
        ("Wed 6 May 2020", "Thu 21 May 2020", "Thu 21 May 2020"),
    ],
)
def test_the_emergency_of_2020(served: str, last: str, due: str) -> None:
    """20 March to 5 May 2020 stand still, 47 days."""
    deadline = appeal(served, *EMERGENCY_2020)
    assert (deadline.readings[0].last_day, deadline.due_on) == (day(last), day(due))


@pytest.mark.parametrize(
    "suspensions",
    [
        (held("Fri 20 Mar 2020", "Fri 10 Apr 2020"), held("Wed 1 Apr 2020", "Tue 5 May 2020")),  # overlapping
        (held("Fri 20 Mar 2020", "Tue 31 Mar 2020"), held("Wed 1 Apr 2020", "Tue 5 May 2020")),  # side by side
        (held("Fri 20 Mar 2020", "Tue 5 May 2020"), held("Wed 1 Apr 2020", "Fri 10 Apr 2020")),  # one in the other
        (held("Wed 1 Apr 2020", "Tue 5 May 2020"), held("Fri 20 Mar 2020", "Fri 10 Apr 2020")),  # in any order
        (*EMERGENCY_2020, *EMERGENCY_2020),
    ],
)
def test_a_day_stands_still_once(suspensions: tuple[Suspension, ...]) -> None:
    """However many acts cover it."""
    assert appeal("Mon 9 Mar 2020", *suspensions).due_on == day("Mon 11 May 2020")


def test_a_second_suspension_reaches_what_the_first_pushed_into_it() -> None:
    """The 5 days left after 5 May are 6, 7, then past Fri 8 May: 9, 10, 11."""
    deadline = appeal("Mon 9 Mar 2020", *EMERGENCY_2020, held("Fri 8 May 2020", "Fri 8 May 2020", "sg-2-2020"))
    assert deadline.due_on == day("Mon 11 May 2020")
    assert deadline.readings[0].last_day == day("Mon 11 May 2020")
    assert deadline.suspended_by == ("sg-38-2020", "sg-2-2020")


def test_months_are_stretched_by_the_days_that_stood_still() -> None:
    """Dismissed Mon 10 Feb 2020: three months end Sun 10 May, and 47 days later Fri 26 June; by the other number one
    day later, a Saturday, so Mon 29 June."""
    events = {Trigger.DISMISSAL_DECIDED: day("Mon 10 Feb 2020")}
    decree = held("Fri 20 Mar 2020", "Tue 5 May 2020")
    deadline = count_term(TERM_RULES["zkp-51-objection"], events, SERBIA, suspensions=[decree])
    assert [reading.due_on for reading in deadline.readings] == [day("Fri 26 Jun 2020"), day("Mon 29 Jun 2020")]
    assert all(Reason.SUSPENDED in reading.reasons for reading in deadline.readings)


def test_months_of_an_event_within_a_suspension_end_by_the_earlier_count() -> None:
    """Final on Sun 11 March 2012, suspended to Sat 31 March. From the event three months end Mon 11 June, and the 20
    days of 12 to 31 March later Sun 1 July; from the end of the suspension Sat 30 June. The alarm follows that."""
    events = {Trigger.JUDGMENT_FINAL: day("Sun 11 Mar 2012")}
    decree = held("Wed 1 Feb 2012", "Sat 31 Mar 2012")
    deadline = count_term(TERM_RULES["zoo-390-claim-again"], events, SERBIA, suspensions=[decree])
    assert deadline.readings[0].last_day == day("Sat 30 Jun 2012")
    assert deadline.due_on == day("Sat 30 Jun 2012"), "as a court that works on Saturdays has it"


def test_a_last_day_that_rolls_onto_a_suspended_day_stays() -> None:
    """Sat 12 Sep 2026 is the fifteenth day and rolls to Mon 14 Sep, where a decree begins: the term had run out."""
    assert appeal("Fri 28 Aug 2026", held("Mon 14 Sep 2026", "Sun 20 Sep 2026")).due_on == day("Mon 14 Sep 2026")


def test_a_cap_stands_still_as_well() -> None:
    """Missed Mon 10 Feb 2020: 60 days end Fri 10 April; 38 of them (11 Feb to 19 Mar) ran, 22 are left: Wed 27 May."""
    events = {Trigger.MISSED: day("Mon 10 Feb 2020")}
    deadline = count_term(TERM_RULES["zpp-110-restoration"], events, SERBIA, suspensions=EMERGENCY_2020)
    assert deadline.due_on == day("Wed 27 May 2020")


@pytest.mark.parametrize(
    "other",
    [
        held("Fri 20 Mar 2020", "Tue 5 May 2020", proceedings=(Proceedings.CIVIL,)),
        held("Fri 20 Mar 2020", "Tue 5 May 2020", ground=SuspensionGround.CLOSE_RELATION),
        held("Wed 25 Mar 2020", "Tue 5 May 2020"),
        held("Fri 20 Mar 2020", "Tue 5 May 2020", only=("zkp-51-objection",)),
    ],
)
def test_what_does_not_concern_a_term_leaves_it(other: Suspension) -> None:
    """Other proceedings, a ground of limitation, days after its end, or an act that names another rule."""
    deadline = appeal("Mon 9 Mar 2020", other)
    assert (deadline.due_on, deadline.suspended_by) == (day("Tue 24 Mar 2020"), ())
    assert deadline.readings[0].reasons == (Reason.TEXT,)


def test_the_decree_of_2020_stops_what_it_named_and_nothing_else() -> None:
    """Every civil term; of criminal ones the appeal; of what authorities do the claim in an administrative dispute."""
    stopped = {
        rule.rule
        for rule in TERM_RULES.values()
        if count_term(
            rule,
            dict.fromkeys(rule.triggers, day("Mon 16 Mar 2020")),
            SERBIA,
            suspensions=EMERGENCY_2020,
            frame=182,
        ).suspended_by
    }
    civil = {rule.rule for rule in TERM_RULES.values() if rule.proceedings is Proceedings.CIVIL}
    assert stopped == civil - {"zpp-303-summons"} | {"zkp-432-appeal", "zus-18-claim"}


def test_a_suspension_that_ends_before_it_starts_is_refused() -> None:
    """Both days are included, so one day is the shortest."""
    with pytest.raises(ValueError, match="ends before"):
        Suspension(
            starts=date(2026, 1, 2), ends=date(2026, 1, 1), ground=SuspensionGround.EMERGENCY_DECREE, act="sg-1-2026"
        )
