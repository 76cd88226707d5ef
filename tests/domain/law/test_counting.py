"""Terms counted by hand on a wall calendar. Every date carries its weekday, and a wrong one fails the test.

The rule of thumb in the comments: the day of the event is day 0; "29 Apr = 13" means that 29 April is the 13th day.
"""

from __future__ import annotations

from datetime import date

import pytest

from domain.law import TERM_RULES, Reason, StatutoryDeadline, Trigger, Weight, count_term
from tests.domain.law.wall import SERBIA, day


def count(rule: str, without: frozenset[Reason] = frozenset(), **events: str) -> StatutoryDeadline:
    """`count("zkp-432-appeal", judgment_served="Fri 16 Apr 2027")`."""
    return count_from(rule, events, without)


def count_from(rule: str, events: dict[str, str], without: frozenset[Reason] = frozenset()) -> StatutoryDeadline:
    """The same for events by name."""
    given = {Trigger(name.replace("_", "-")): day(written) for name, written in events.items()}
    return count_term(TERM_RULES[rule], given, SERBIA, without=without)


def ends(deadline: StatutoryDeadline) -> list[tuple[date, tuple[Reason, ...]]]:
    """The arguable readings as a page lists them."""
    return [(reading.due_on, reading.reasons) for reading in deadline.arguable]


NO_EXTENSION = frozenset({Reason.EXTENDED})


@pytest.mark.parametrize(
    ("served", "last", "due"),
    [
        # 30 Apr = 14, 1 May = 15. Sat 1 May Labour Day; Sun 2 May Labour Day and Easter; Mon 3 May Easter Monday;
        # Tue 4 May stands for Sun 2 May. Good Friday was 30 April.
        ("Fri 16 Apr 2027", "Sat 1 May 2027", "Wed 5 May 2027"),
        # 15 Feb = 14, 16 Feb = 15. Sun 15 and Mon 16 Feb Statehood Day; Tue 17 stands for Sun 15.
        ("Sun 1 Feb 2026", "Mon 16 Feb 2026", "Wed 18 Feb 2026"),
        # 31 Dec = 14, 1 Jan = 15. Fri 1 and Sat 2 January New Year, which nothing stands for; Sun 3.
        ("Thu 17 Dec 2026", "Fri 1 Jan 2027", "Mon 4 Jan 2027"),
        # 31 Dec = 8, 7 Jan = 15: Orthodox Christmas on a Thursday.
        ("Wed 23 Dec 2026", "Thu 7 Jan 2027", "Fri 8 Jan 2027"),
        # 31 Mar = 5, 10 Apr = 15: Good Friday, Saturday, Easter, Easter Monday.
        ("Thu 26 Mar 2026", "Fri 10 Apr 2026", "Tue 14 Apr 2026"),
        # 31 Oct = 4, 11 Nov = 15: Armistice Day on a Wednesday.
        ("Tue 27 Oct 2026", "Wed 11 Nov 2026", "Thu 12 Nov 2026"),
        # 31 Jul = 11, 4 Aug = 15: an ordinary Tuesday, in what courts call their recess.
        ("Mon 20 Jul 2026", "Tue 4 Aug 2026", "Tue 4 Aug 2026"),
        # 12 Sep = 15: a Saturday, which ZKP 224 names.
        ("Fri 28 Aug 2026", "Sat 12 Sep 2026", "Mon 14 Sep 2026"),
        # 29 Feb = 15: a leap year has that Tuesday.
        ("Mon 14 Feb 2028", "Tue 29 Feb 2028", "Tue 29 Feb 2028"),
        # 28 Feb = 14, 1 Mar = 15: an ordinary year has no 29 February.
        ("Sun 14 Feb 2027", "Mon 1 Mar 2027", "Mon 1 Mar 2027"),
        # 1 Mar = 1, 15 Mar = 15: started on the leap day.
        ("Tue 29 Feb 2028", "Wed 15 Mar 2028", "Wed 15 Mar 2028"),
        # Free days in the middle count like others: 1, 2 and 7 January lie within. 31 Dec = 4, 11 Jan = 15.
        ("Sun 27 Dec 2026", "Mon 11 Jan 2027", "Mon 11 Jan 2027"),
    ],
)
def test_a_criminal_appeal_of_fifteen_days(served: str, last: str, due: str) -> None:
    """ZKP 432 (1) by ZKP 224: the day of service left out, only the last day rolls."""
    deadline = count("zkp-432-appeal", NO_EXTENSION, judgment_served=served)
    (reading,) = deadline.readings
    assert (reading.last_day, deadline.due_on, deadline.disputed) == (day(last), day(due), False)


@pytest.mark.parametrize(
    ("served", "readings"),
    [
        # 31 Aug = 3, 12 Sep = 15: a Saturday that ZPP 103 does not name. Mon 14 Sep where courts do not work on it.
        ("Fri 28 Aug 2026", [("Sat 12 Sep 2026", Reason.SATURDAY_WORKS), ("Mon 14 Sep 2026", Reason.SATURDAY_FREE)]),
        # 13 Sep = 15: a Sunday rolls to Monday by either reading.
        ("Sat 29 Aug 2026", [("Mon 14 Sep 2026", None)]),
        # 31 Oct = 4, 11 Nov = 15: Armistice Day on a Friday rolls to the Saturday after it, or to Monday.
        ("Thu 27 Oct 2022", [("Sat 12 Nov 2022", Reason.SATURDAY_WORKS), ("Mon 14 Nov 2022", Reason.SATURDAY_FREE)]),
        # 10 Apr = 15: Good Friday; the Saturday after it is a holiday itself.
        ("Thu 26 Mar 2026", [("Tue 14 Apr 2026", None)]),
        # 1 May = 15: a Saturday that is a holiday, then as in criminal proceedings.
        ("Fri 16 Apr 2027", [("Wed 5 May 2027", None)]),
        # 4 Aug = 15: the recess moves nothing here either.
        ("Mon 20 Jul 2026", [("Tue 4 Aug 2026", None)]),
    ],
)
def test_a_civil_appeal_of_fifteen_days(served: str, readings: list[tuple[str, Reason | None]]) -> None:
    """ZPP 367 (1) by ZPP 103: the alarm follows the Saturday, and the page shows both."""
    deadline = count("zpp-367-appeal", judgment_served=served)
    wanted = [(day(due), (Reason.TEXT,) if why is None else (Reason.TEXT, why)) for due, why in readings]
    assert ends(deadline) == wanted
    assert deadline.due_on == day(readings[0][0])
    assert deadline.disputed is (len(readings) > 1)


def test_an_appeal_that_may_be_extended_is_alarmed_at_fifteen_days() -> None:
    """16 Apr + 15 = Sat 1 May, + 30 = Sun 16 May, which rolls to Monday: granted only when asked for at once."""
    deadline = count("zkp-432-appeal", judgment_served="Fri 16 Apr 2027")
    assert ends(deadline) == [(day("Wed 5 May 2027"), (Reason.TEXT,)), (day("Mon 17 May 2027"), (Reason.EXTENDED,))]
    assert [reading.article for reading in deadline.readings] == ["ZKP 432 (1)", "ZKP 432 (3)"]


def test_a_victim_who_was_told_has_eight_days_and_one_who_was_not_three_months() -> None:
    """Dismissed Tue 10 Mar, told Mon 23 Mar 2026: 31 Mar = 8. Three months from 10 Mar: 10 June, a Wednesday; from the
    first counted day, 11 March, one day later."""
    told = count("zkp-51-objection", notice_of_dismissal="Mon 23 Mar 2026")
    assert ends(told) == [(day("Tue 31 Mar 2026"), (Reason.TOLD,))]
    assert told.missing == (Trigger.DISMISSAL_DECIDED,)
    not_told = count("zkp-51-objection", dismissal_decided="Tue 10 Mar 2026")
    by_event, by_first = Reason.NUMBER_OF_EVENT_DAY, Reason.NUMBER_OF_FIRST_DAY
    assert ends(not_told) == [
        (day("Wed 10 Jun 2026"), (Reason.NOT_TOLD, by_event)),
        (day("Thu 11 Jun 2026"), (Reason.NOT_TOLD, by_first)),
    ]
    both = count("zkp-51-objection", notice_of_dismissal="Mon 23 Mar 2026", dismissal_decided="Tue 10 Mar 2026")
    assert both.due_on == told.due_on
    assert both.disputed
    assert both.missing == ()


def test_a_lawyer_who_rules_readings_out_ends_the_dispute() -> None:
    """She was not told, and the office counts from the number of the event's day."""
    ruled_out = frozenset({Reason.TOLD, Reason.NUMBER_OF_FIRST_DAY})
    deadline = count(
        "zkp-51-objection", ruled_out, notice_of_dismissal="Mon 23 Mar 2026", dismissal_decided="Tue 10 Mar 2026"
    )
    assert ends(deadline) == [(day("Wed 10 Jun 2026"), (Reason.NOT_TOLD, Reason.NUMBER_OF_EVENT_DAY))]
    assert not deadline.disputed


def test_a_month_that_lacks_the_day_ends_on_its_last() -> None:
    """Three months from Mon 30 Nov 2026: February 2027 has no 30th, so Sun 28 Feb, which rolls to Mon 1 Mar. From the
    first counted day, 1 December: 1 March itself."""
    deadline = count("zkp-51-objection", dismissal_decided="Mon 30 Nov 2026")
    assert [reading.last_day for reading in deadline.readings] == [day("Sun 28 Feb 2027"), day("Mon 1 Mar 2027")]
    assert deadline.due_on == day("Mon 1 Mar 2027")
    assert not deadline.disputed


def test_a_victim_asked_in_court_is_alarmed_the_same_day() -> None:
    """ZKP 52 (2) "at once or within eight days": 9 June + 8 = 17 June."""
    deadline = count("zkp-52-takeover", asked_in_court="Tue 9 Jun 2026")
    assert ends(deadline) == [
        (day("Tue 9 Jun 2026"), (Reason.AT_ONCE,)),
        (day("Wed 17 Jun 2026"), (Reason.WITHIN_EIGHT_DAYS,)),
    ]


def test_a_judgment_is_announced_at_once_or_after_three_or_eight_days() -> None:
    """From Thu 9 Apr 2026: + 3 = Easter Sunday, which rolls past Easter Monday; + 8 = Fri 17 April."""
    deadline = count("zkp-425-announcement", trial_ended="Thu 9 Apr 2026")
    assert [due for due, _ in ends(deadline)] == [
        day("Thu 9 Apr 2026"),
        day("Tue 14 Apr 2026"),
        day("Fri 17 Apr 2026"),
    ]


def test_what_another_system_counts_is_shown_and_moves_nothing() -> None:
    """Defence reply to a claim served Thu 15 Jan 2026: 31 Jan = 16, 14 Feb = 30, a Saturday; else past Statehood Day
    (Sun 15, Mon 16, Tue 17 for Sunday). A published system says fifteen days: Fri 30 January."""
    deadline = count("zpp-297-reply", claim_served="Thu 15 Jan 2026")
    assert [due for due, _ in ends(deadline)] == [day("Sat 14 Feb 2026"), day("Wed 18 Feb 2026")]
    rejected = deadline.readings[-1]
    assert (rejected.due_on, rejected.weight) == (day("Fri 30 Jan 2026"), Weight.REJECTED)
    assert deadline.due_on == day("Sat 14 Feb 2026")


def test_working_days_of_another_system_are_shown_last() -> None:
    """Fri 28 Aug 2026 + 15 working days = Fri 18 Sep: three weeks without a holiday."""
    rejected = count("zpp-367-appeal", judgment_served="Fri 28 Aug 2026").readings[-1]
    assert (rejected.due_on, rejected.reasons) == (day("Fri 18 Sep 2026"), (Reason.RIVAL_WORKING_DAYS,))


@pytest.mark.parametrize(
    ("events", "due", "article"),
    [
        # 5 Oct + 8 = Tue 13 Oct. Missed Mon 10 Aug: 31 Aug = 21, 30 Sep = 51, Fri 9 Oct = 60.
        (
            {"obstacle_ended": "Mon 5 Oct 2026", "missed": "Mon 10 Aug 2026"},
            "Fri 9 Oct 2026",
            "ZPP 110 (3)",
        ),
        # 14 Sep + 8 = Tue 22 Sep, well before.
        (
            {"obstacle_ended": "Mon 14 Sep 2026", "missed": "Mon 10 Aug 2026"},
            "Tue 22 Sep 2026",
            "ZPP 110 (2)",
        ),
        # The obstacle goes on: sixty days are all there is.
        ({"missed": "Mon 10 Aug 2026"}, "Fri 9 Oct 2026", "ZPP 110 (3)"),
        # Nobody knows when it was missed: eight days.
        ({"learned_of_missing": "Mon 5 Oct 2026"}, "Tue 13 Oct 2026", "ZPP 110 (2)"),
    ],
)
def test_restoration_is_capped(events: dict[str, str], due: str, article: str) -> None:
    """ZPP 110: eight days, and never after sixty."""
    deadline = count_from("zpp-110-restoration", events)
    assert (deadline.due_on, deadline.article) == (day(due), article)


def test_criminal_restoration_is_capped_at_three_months() -> None:
    """Missed Mon 31 Aug 2026: November has no 31st, so Mon 30 Nov; 26 Nov + 8 = 4 December would be later."""
    deadline = count("zkp-227-restoration", obstacle_ended="Thu 26 Nov 2026", missed="Mon 31 Aug 2026")
    assert (deadline.due_on, deadline.article) == (day("Mon 30 Nov 2026"), "ZKP 227 (4)")
    assert deadline.readings[0].reasons == (Reason.TEXT, Reason.CAPPED)


def test_a_summons_is_counted_back() -> None:
    """Hearing Mon 14 Sep 2026: eight days before is Sun 6 Sep; with eight full days between, Sat 5 Sep. No roll."""
    deadline = count("zpp-303-summons", hearing_day="Mon 14 Sep 2026")
    assert [due for due, _ in ends(deadline)] == [day("Sat 5 Sep 2026"), day("Sun 6 Sep 2026")]


def test_a_postponed_time_frame_is_a_third_of_the_first() -> None:
    """A frame of 182 days leaves 60: from Wed 1 Jul 2026, 31 Jul = 30, Sun 30 Aug = 60, which rolls."""
    rule = TERM_RULES["zpp-108-postponement"]
    deadline = count_term(rule, {Trigger.HEARING_POSTPONED: day("Wed 1 Jul 2026")}, SERBIA, frame=182)
    assert deadline.due_on == day("Mon 31 Aug 2026")
    with pytest.raises(ValueError, match="time frame"):
        count_term(rule, {Trigger.HEARING_POSTPONED: day("Wed 1 Jul 2026")}, SERBIA)


@pytest.mark.parametrize(
    ("granted", "first", "second"),
    [
        # 31 Mar = 29, 30 Apr = 59, 31 May = 90: a Sunday, which rolls nowhere. The first day counted: one less.
        ("Mon 2 Mar 2026", "Sat 30 May 2026", "Sun 31 May 2026"),
        # 31 Dec = 62, 28 Jan = 90: over New Year.
        ("Fri 30 Oct 2026", "Wed 27 Jan 2027", "Thu 28 Jan 2027"),
        # 31 Jan = 30 (of 1 Jan), 29 Feb = 59, 31 Mar = 90: over a leap day.
        ("Sat 1 Jan 2028", "Thu 30 Mar 2028", "Fri 31 Mar 2028"),
    ],
)
def test_ninety_days_of_residence(granted: str, first: str, second: str) -> None:
    """ZS 62 (3): a validity, of which the first day may count."""
    deadline = count("zs-62-presumed-victim", residence_granted=granted)
    assert [due for due, _ in ends(deadline)] == [day(first), day(second)]


@pytest.mark.parametrize(
    ("granted", "first", "second"),
    [
        ("Wed 10 Jun 2026", "Wed 9 Jun 2027", "Thu 10 Jun 2027"),
        # Granted on a leap day: 2029 has none, so the last of February, or the day before it.
        ("Tue 29 Feb 2028", "Tue 27 Feb 2029", "Wed 28 Feb 2029"),
    ],
)
def test_a_year_of_residence(granted: str, first: str, second: str) -> None:
    """ZS 63 (4)."""
    deadline = count("zs-63-victim", residence_granted=granted)
    assert [due for due, _ in ends(deadline)] == [day(first), day(second)]


def test_an_extension_is_asked_for_on_the_last_day_at_the_latest() -> None:
    """ZS 41 (6): even where that is a Sunday."""
    assert count("zs-41-extension", residence_expires="Sun 31 May 2026").due_on == day("Sun 31 May 2026")


@pytest.mark.parametrize(
    ("expired", "readings"),
    [
        ("Wed 12 Nov 2025", ["Thu 12 Nov 2026"]),
        # From a leap day: the last of February, a Friday.
        ("Thu 29 Feb 2024", ["Fri 28 Feb 2025"]),
        # Sat 14 Feb 2026 as it stands; or past Statehood Day (Sun 15, Mon 16, Tue 17 for Sunday).
        ("Fri 14 Feb 2025", ["Sat 14 Feb 2026", "Wed 18 Feb 2026"]),
    ],
)
def test_a_year_of_silence(expired: str, readings: list[str]) -> None:
    """ZUP 153 (2) by ZUP 80: the number of the event's day."""
    assert [due for due, _ in ends(count("zup-153-silence", decision_term_expired=expired))] == [
        day(written) for written in readings
    ]


def test_a_claim_again_within_three_months() -> None:
    """ZOO 390: final on Sun 30 Nov 2025; February has no 30th, Sat 28 Feb 2026 stands or rolls to Mon 2 March."""
    deadline = count("zoo-390-claim-again", judgment_final="Sun 30 Nov 2025")
    assert [due for due, _ in ends(deadline)] == [day("Sat 28 Feb 2026"), day("Mon 2 Mar 2026")]


def test_without_an_event_nothing_is_counted() -> None:
    """Nor where only what is shown for comparison is left."""
    with pytest.raises(ValueError, match="zkp-432-appeal"):
        count("zkp-432-appeal", claim_served="Mon 2 Mar 2026")
    with pytest.raises(ValueError, match="zpp-367-appeal"):
        count("zpp-367-appeal", frozenset({Reason.TEXT}), judgment_served="Mon 2 Mar 2026")


def test_a_deadline_says_by_which_calendar_it_was_counted() -> None:
    """Country and release of the list of holidays."""
    assert count("zpp-403-revision", judgment_served="Mon 3 Aug 2026").calendar == SERBIA.version
