"""Limitation by hand: what begins anew, what stands still, and which end comes first."""

from __future__ import annotations

from datetime import date

import pytest

from domain.law import (
    ADJUDICATED,
    DAMAGES,
    PROSECUTION,
    Crime,
    Interruption,
    InterruptionGround,
    Limitation,
    Reason,
    Suspension,
    SuspensionGround,
    Trigger,
    limitation,
    limitation_of_damages,
)
from domain.law.codes import Bite
from domain.law.crimes import OVER_1
from tests.domain.law.wall import SERBIA, day


def act(on: str, ground: InterruptionGround = InterruptionGround.PROCEDURAL_ACT) -> Interruption:
    """Something that interrupts on its own day."""
    return Interruption(on=day(on), ground=ground)


def stands(starts: str, ends: str, ground: SuspensionGround) -> Suspension:
    """A suspension of limitation."""
    return Suspension(starts=day(starts), ends=day(ends), ground=ground, act="case")


def prosecution(crime: Crime, committed: str, *acts: Interruption, suspended: Suspension | None = None) -> Limitation:
    """Of a crime committed on a day."""
    held = [suspended] if suspended else []
    events = {Trigger.CRIME_COMMITTED: day(committed)}
    return limitation(PROSECUTION[crime][0], events, SERBIA, interruptions=acts, suspensions=held)


def damages(known: str | None, suffered: str, *interruptions: Interruption) -> Limitation:
    """Of a claim for damages, ZOO 376."""
    events = {Trigger.DAMAGE_SUFFERED: day(suffered)} | ({Trigger.DAMAGE_KNOWN: day(known)} if known else {})
    return limitation(DAMAGES, events, SERBIA, interruptions=interruptions)


def ends(found: Limitation) -> list[tuple[date, date | None, Bite]]:
    """Both ends of every reading."""
    return [(r.relative_on, r.absolute_on, r.bites) for r in found.readings]


@pytest.mark.parametrize(
    ("crime", "last"),
    [
        (Crime.TRAFFICKING, "Thu 9 May 2030"),  # up to 12 years of prison: 15
        (Crime.TRAFFICKING_OF_A_CHILD, "Wed 9 May 2035"),  # no maximum stated: 20
        (Crime.GRIEVOUS_INJURY, "Thu 9 May 2030"),  # up to 15, which is not over 15: 15
        (Crime.BY_AN_ORGANISED_GROUP, "Wed 9 May 2035"),
        (Crime.USING_A_VICTIM, "Sat 9 May 2020"),  # up to 5 years: only 5
        (Crime.USING_A_CHILD, "Fri 9 May 2025"),  # up to 8 years: 10
        (Crime.ADOPTION, "Sat 9 May 2020"),
    ],
)
def test_prosecution_by_the_longest_prison_term(crime: Crime, last: str) -> None:
    """Committed on Sun 10 May 2015. "From the day": that day may be the first, so the day before the anniversary is
    the last; it rolls nowhere, on a Saturday either."""
    found = prosecution(crime, "Sun 10 May 2015")
    assert (found.ends_on, found.bites) == (day(last), Bite.RELATIVE)
    assert [reading.reasons for reading in found.readings] == [(Reason.FIRST_DAY_COUNTS,), (Reason.FIRST_DAY_EXCLUDED,)]
    assert (found.readings[1].ends_on - found.ends_on).days == 1


def test_prosecution_interrupted_twice_meets_the_absolute_term() -> None:
    """15 years from Sun 10 May 2015; anew from Fri 9 May 2025, then from Tue 1 Mar 2039: to the end of February 2054.
    Twice 15 years from the crime is Tue 9 May 2045, in any case."""
    found = prosecution(Crime.TRAFFICKING, "Sun 10 May 2015", act("Fri 9 May 2025"), act("Tue 1 Mar 2039"))
    assert ends(found)[0] == (day("Sat 28 Feb 2054"), day("Tue 9 May 2045"), Bite.ABSOLUTE)
    assert (found.ends_on, found.article) == (day("Tue 9 May 2045"), "KZ 104 (6)")


def test_prosecution_interrupted_once_before_the_absolute_term() -> None:
    """Anew from Fri 9 May 2025: Mon 8 May 2040, five years before the absolute end."""
    found = prosecution(Crime.TRAFFICKING, "Sun 10 May 2015", act("Fri 9 May 2025"))
    assert ends(found)[0] == (day("Tue 8 May 2040"), day("Tue 9 May 2045"), Bite.RELATIVE)
    assert found.article == "KZ 103"


def test_what_is_limited_cannot_be_interrupted() -> None:
    """Using a victim, five years from Sun 10 May 2015: an act on Mon 11 May 2020 comes too late in every reading."""
    found = prosecution(Crime.USING_A_VICTIM, "Sun 10 May 2015", act("Mon 11 May 2020"))
    assert found.ends_on == day("Sat 9 May 2020")
    assert all(Reason.INTERRUPTION_TOO_LATE in reading.reasons for reading in found.readings)


def test_on_the_last_day_readings_part_by_years() -> None:
    """An act on Sun 10 May 2020 is in time only where the day of the crime was not counted. The alarm stays put."""
    found = prosecution(Crime.USING_A_VICTIM, "Sun 10 May 2015", act("Sun 10 May 2020"))
    assert [reading.ends_on for reading in found.readings] == [day("Sat 9 May 2020"), day("Sat 10 May 2025")]
    assert found.disputed


def test_a_leap_day_has_its_anniversary_on_the_last_of_february() -> None:
    """Committed Tue 29 Feb 2028, 15 years: Sat 28 Feb 2043, or the day before it."""
    found = prosecution(Crime.TRAFFICKING, "Tue 29 Feb 2028")
    assert [r.ends_on for r in found.readings] == [day("Fri 27 Feb 2043"), day("Sat 28 Feb 2043")]


def test_prosecution_that_the_law_bars_stands_still() -> None:
    """100 days (1 Jan to 9 Apr 2020, a leap year: 31 + 29 + 31 + 9) move Sat 9 May 2020 to Mon 17 Aug: 22 days of May,
    30, 31, 17. Whether the absolute end, Fri 9 May 2025, moves as well is read both ways."""
    barred = stands("Wed 1 Jan 2020", "Thu 9 Apr 2020", SuspensionGround.PROSECUTION_BARRED)
    found = prosecution(Crime.USING_A_VICTIM, "Sun 10 May 2015", suspended=barred)
    assert ends(found)[:2] == [
        (day("Mon 17 Aug 2020"), day("Fri 9 May 2025"), Bite.RELATIVE),
        (day("Mon 17 Aug 2020"), day("Sun 17 Aug 2025"), Bite.RELATIVE),
    ]
    assert found.readings[0].reasons == (Reason.FIRST_DAY_COUNTS, Reason.ABSOLUTE_STANDS)
    assert found.suspended_by == ("case",)


def test_a_decree_on_terms_of_procedure_stops_no_limitation() -> None:
    """It named none."""
    decree = stands("Fri 20 Mar 2020", "Tue 5 May 2020", SuspensionGround.EMERGENCY_DECREE)
    found = prosecution(Crime.USING_A_VICTIM, "Sun 10 May 2015", suspended=decree)
    assert (found.ends_on, found.suspended_by) == (day("Sat 9 May 2020"), ())


@pytest.mark.parametrize(
    ("known", "suffered", "last", "bites", "article"),
    [
        # Three years from knowledge: Mon 1 Mar 2027.
        ("Fri 1 Mar 2024", "Mon 1 May 2023", "Mon 1 Mar 2027", Bite.RELATIVE, "ZOO 376 (1)"),
        # Known late: five years from the damage are Mon 1 May 2028, past Labour Day (1, 2) to Wed 3 May.
        ("Tue 13 Jan 2026", "Mon 1 May 2023", "Wed 3 May 2028", Bite.ABSOLUTE, "ZOO 376 (2)"),
        # Nobody says when she knew: three years from the damage, past Labour Day, Fri 1 May 2026; Sat 2 May is a
        # holiday, so Mon 4 May by either reading.
        (None, "Mon 1 May 2023", "Mon 4 May 2026", Bite.RELATIVE, "ZOO 376 (1)"),
    ],
)
def test_damages_within_three_and_five_years(
    known: str | None, suffered: str, last: str, bites: Bite, article: str
) -> None:
    """ZOO 376; the last day rolls as in civil proceedings (ZPP 103 (5))."""
    found = damages(known, suffered)
    assert (found.ends_on, found.bites, found.article) == (day(last), bites, article)
    assert (Reason.KNOWLEDGE_NOT_SHOWN in found.readings[0].reasons) is (known is None)


def test_a_claim_limited_on_a_saturday_is_alarmed_for_it() -> None:
    """Known Wed 12 Mar 2025: three years later is Sun 12 Mar 2028, Monday by both; known a day earlier: a Saturday."""
    assert not damages("Wed 12 Mar 2025", "Tue 11 Mar 2025").disputed
    saturday = damages("Tue 11 Mar 2025", "Tue 11 Mar 2025")
    assert [(r.ends_on, r.reasons) for r in saturday.readings if r.bites is Bite.RELATIVE] == [
        (day("Sat 11 Mar 2028"), (Reason.SATURDAY_WORKS,)),
        (day("Mon 13 Mar 2028"), (Reason.SATURDAY_FREE,)),
    ]


def test_damages_acknowledged_twice_meet_the_absolute_term() -> None:
    """Known Fri 1 Mar 2024; acknowledged Tue 1 Dec 2026 and Wed 1 Mar 2028: anew to Sat 1 Mar 2031. Five years from
    Mon 1 May 2023 are Wed 3 May 2028 where they stand, Tue 1 Mar 2033 where an acknowledgement begins them anew."""
    acknowledged = InterruptionGround.DEBT_ACKNOWLEDGED
    found = damages(
        "Fri 1 Mar 2024", "Mon 1 May 2023", act("Tue 1 Dec 2026", acknowledged), act("Wed 1 Mar 2028", acknowledged)
    )
    assert (found.ends_on, found.bites) == (day("Wed 3 May 2028"), Bite.ABSOLUTE)
    assert {(r.relative_on, r.absolute_on) for r in found.readings} == {
        (day("Sat 1 Mar 2031"), day("Wed 3 May 2028")),
        (day("Mon 3 Mar 2031"), day("Wed 3 May 2028")),
        (day("Sat 1 Mar 2031"), day("Tue 1 Mar 2033")),
        (day("Mon 3 Mar 2031"), day("Tue 1 Mar 2033")),
    }


def test_a_debt_acknowledged_after_five_years_revives_nothing() -> None:
    """Known only Tue 13 Jan 2026, so three years run to 2029; but Wed 3 May 2028 was the end of five, and an
    acknowledgement the day after leaves it in every reading."""
    late = act("Thu 4 May 2028", InterruptionGround.DEBT_ACKNOWLEDGED)
    found = damages("Tue 13 Jan 2026", "Mon 1 May 2023", late)
    assert {reading.absolute_on for reading in found.readings} == {day("Wed 3 May 2028")}


def test_a_pending_claim_is_counted_as_if_it_failed() -> None:
    """ZOO 389: withdrawn or rejected, it interrupted nothing. Once it ended Tue 2 Jun 2026, anew to Sat 2 Jun 2029."""
    filed, ground = day("Mon 2 Feb 2026"), InterruptionGround.CLAIM_FILED
    pending = damages("Fri 1 Mar 2024", "Fri 1 Mar 2024", Interruption(on=filed, ground=ground))
    assert pending.ends_on == day("Mon 1 Mar 2027")
    assert pending.readings[0].reasons == (Reason.INTERRUPTION_PENDING,)
    ended = Interruption(on=filed, ground=ground, ended_on=day("Tue 2 Jun 2026"))
    relative = {r.relative_on for r in damages("Fri 1 Mar 2024", "Fri 1 Mar 2024", ended).readings}
    assert relative == {day("Sat 2 Jun 2029"), day("Mon 4 Jun 2029")}


def test_an_adjudicated_claim_lasts_ten_years_and_enforcement_begins_them_anew() -> None:
    """Final Thu 29 Feb 2024: Tue 28 Feb 2034. Enforcement from 2030 that ended Mon 3 Mar 2031: Sun 3 Mar 2041 rolls."""
    events = {Trigger.JUDGMENT_FINAL: day("Thu 29 Feb 2024")}
    assert ends(limitation(ADJUDICATED, events, SERBIA)) == [(day("Tue 28 Feb 2034"), None, Bite.RELATIVE)]
    enforced = Interruption(
        on=day("Tue 15 Jan 2030"), ground=InterruptionGround.ENFORCEMENT, ended_on=day("Mon 3 Mar 2031")
    )
    found = limitation(ADJUDICATED, events, SERBIA, interruptions=[enforced])
    assert ends(found) == [(day("Mon 4 Mar 2041"), None, Bite.RELATIVE)]


def test_a_claim_between_parent_and_child_stands_still() -> None:
    """ZOO 381: known Fri 1 Mar 2024, 31 days of parental right within (1 to 31 May 2024): Mon 1 Mar 2027 + 31 = Thu
    1 Apr."""
    events = {Trigger.DAMAGE_KNOWN: day("Fri 1 Mar 2024"), Trigger.DAMAGE_SUFFERED: day("Fri 1 Mar 2024")}
    right = stands("Wed 1 May 2024", "Fri 31 May 2024", SuspensionGround.CLOSE_RELATION)
    assert limitation(DAMAGES, events, SERBIA, suspensions=[right]).ends_on == day("Thu 1 Apr 2027")


def test_damage_by_crime_is_alarmed_by_the_shorter_term_and_shows_the_longer() -> None:
    """Trafficking on Wed 1 Mar 2023: three years from knowledge on Fri 1 Mar 2024 are Mon 1 Mar 2027; the limitation
    of prosecution, interrupted by an indictment on Mon 3 Mar 2025, runs to Fri 2 Mar 2040."""
    crime_day = day("Wed 1 Mar 2023")
    events = {
        Trigger.DAMAGE_KNOWN: day("Fri 1 Mar 2024"),
        Trigger.DAMAGE_SUFFERED: crime_day,
        Trigger.CRIME_COMMITTED: crime_day,
    }
    rule = PROSECUTION[Crime.TRAFFICKING][0]
    found = limitation_of_damages(rule, events, SERBIA, prosecution=[act("Mon 3 Mar 2025")])
    assert (found.ends_on, found.rule, found.article) == (
        day("Mon 1 Mar 2027"),
        "zoo-377-damage-by-crime",
        "ZOO 376 (1)",
    )
    assert found.disputed
    longer = [r for r in found.readings if Reason.DAMAGE_BY_CRIME in r.reasons]
    assert (longer[0].ends_on, longer[0].article) == (day("Fri 2 Mar 2040"), "ZOO 377 (1)")
    assert all(Reason.ORDINARY_DAMAGES in r.reasons for r in found.readings if r not in longer)


def test_a_crime_that_is_limited_no_later_lengthens_nothing() -> None:
    """Three years for a lesser crime are no longer term."""
    events = dict.fromkeys((Trigger.DAMAGE_KNOWN, Trigger.CRIME_COMMITTED), day("Fri 1 Mar 2024"))
    found = limitation_of_damages(OVER_1, events, SERBIA)
    assert all(Reason.DAMAGE_BY_CRIME not in reading.reasons for reading in found.readings)


def test_nothing_known_is_nothing_counted() -> None:
    """Neither knowledge nor damage."""
    with pytest.raises(ValueError, match="zoo-376"):
        limitation(DAMAGES, {Trigger.JUDGMENT_FINAL: day("Fri 1 Mar 2024")}, SERBIA)


@pytest.mark.parametrize(
    ("ground", "ended"),
    [(InterruptionGround.PROCEDURAL_ACT, "Mon 3 Mar 2025"), (InterruptionGround.CLAIM_FILED, "Fri 28 Feb 2025")],
)
def test_only_what_lasts_ends_on_a_day_of_its_own(ground: InterruptionGround, ended: str) -> None:
    """And not before it began."""
    with pytest.raises(ValueError, match="of its own"):
        Interruption(on=day("Sat 1 Mar 2025"), ground=ground, ended_on=day(ended))
