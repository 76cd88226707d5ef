"""A claim for damages whose limitation is interrupted twice, until the absolute term ends it in any case.

She suffered the damage on Saturday 1 May 2021 and knew who did it on Monday 1 November 2021.

- Three years: Friday 1 November 2024.
- On Tuesday 5 March 2024 he acknowledges the debt: three years anew, Friday 5 March 2027. But five years from the
  damage are Friday 1 May 2026, Labour Day, so Monday 4 May; the absolute term comes first.
- On Monday 10 February 2025 he acknowledges it again: Thursday 10 February 2028. The absolute term stands, unless one
  reads that it too begins anew: that would be 10 February 2030. The alarm follows the 4th of May 2026.

Told on the pure domain, the clock moved by hand; every letter is the one that the ladder owes on that morning.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

from domain.codes import Role
from domain.journey import wakes
from domain.journey.assignment import Assign
from domain.journey.proceedings.basis import TriggerDay
from domain.journey.proceedings.codes import Limits, ProceedingsStage, TermStatus
from domain.journey.proceedings.commands import LinkProceedings, StartProceedings
from domain.journey.proceedings.term_commands import (
    ConfirmTerm,
    InterruptLimitation,
    MeetTerm,
    StartLimitation,
)
from domain.journey.proceedings.term_events import TermRecounted
from domain.law import Bite, InterruptionGround, Limitation, Reason, Standing, Trigger
from domain.pathway.hearings import Matter
from domain.stream.firing import FireRung, RungsFired
from tests.domain.given import Given, assigned, entered, given, opened, step_opened
from tests.journeys.tale import Tale
from tests.proceedings_examples import OGNJEN, court_pathway, noon

CLAIM = "term:1"
BEGUN = noon(2022, 3, 1)


def fired_until(given: Given, until: datetime) -> tuple[Given, list[tuple[date, str]]]:
    """Every timer of the limitation up to then, on its moment, with its day and rung."""
    told: list[tuple[date, str]] = []
    while due := [w for w in wakes(given.state) if w.at <= until]:
        wake = due[0]
        given = given.at(max(given.now, wake.at))
        order = FireRung(obligation=wake.key, rung=wake.rung, date_version=wake.date_version)
        then = given.when(order)
        told += [
            (wake.at.date(), rung)
            for event in then.events
            if isinstance(event, RungsFired) and event.obligation == CLAIM
            for rung in event.rungs
        ]
        given = then.after
    return given.at(until), told


def limitation_of(given: Given) -> Limitation:
    counted = given.state.terms[1].counted
    assert isinstance(counted, Limitation)
    return counted


def interrupted_twice_until_the_absolute_term() -> Tale:
    """From the first call to the claim, filed eleven days before it would have been too late."""
    story = given(
        opened(),
        assigned(),
        entered("intake"),
        step_opened("contact", now=BEGUN),
        now=BEGUN,
        pathway=court_pathway(),
    ).having(
        Assign(role=Role.LAWYER, staff=OGNJEN),
        StartProceedings(
            matter=Matter.CRIMINAL, standings=(Standing.INJURED_PARTY,), stage=ProceedingsStage.INVESTIGATION
        ),
        StartProceedings(matter=Matter.CIVIL, standings=(Standing.PLAINTIFF,)),
        LinkProceedings(proceedings=1, other=2),
        StartLimitation(
            limits=Limits.DAMAGES,
            proceedings=2,
            days=(
                TriggerDay(trigger=Trigger.DAMAGE_KNOWN, on=date(2021, 11, 1)),
                TriggerDay(trigger=Trigger.DAMAGE_SUFFERED, on=date(2021, 5, 1)),
            ),
        ),
        ConfirmTerm(term=1, on=date(2024, 11, 1)),
    )
    assert limitation_of(story).bites is Bite.RELATIVE

    # Two years before, a letter; a year before, another.
    story, told = fired_until(story, noon(2024, 3, 5))
    assert told == [(date(2022, 11, 1), "before-24-months"), (date(2023, 11, 1), "before-12-months")]

    # He signs that he owes it.
    first = story.when(InterruptLimitation(term=1, on=date(2024, 3, 5), ground=InterruptionGround.DEBT_ACKNOWLEDGED))
    event = first.events[0]
    assert isinstance(event, TermRecounted)
    assert (event.was, event.due_on) == (date(2024, 11, 1), date(2026, 5, 4))
    assert event.disputed
    story = first.after
    assert limitation_of(story).bites is Bite.ABSOLUTE
    assert limitation_of(story).readings[0].relative_on == date(2027, 3, 5)
    assert story.state.terms[1].status is TermStatus.UNCONFIRMED
    story = story.having(ConfirmTerm(term=1, on=date(2026, 5, 4)))

    # Nothing of the old date is fired any more: the two years of the new one began on the morning of 4 May 2024.
    story, told = fired_until(story, noon(2025, 2, 10))
    assert told == [(date(2024, 5, 4), "before-24-months")]

    # He signs again; three years more, and no day more: the absolute term stands.
    second = story.when(InterruptLimitation(term=1, on=date(2025, 2, 10), ground=InterruptionGround.DEBT_ACKNOWLEDGED))
    event = second.events[0]
    assert isinstance(event, TermRecounted)
    assert (event.was, event.due_on) == (date(2026, 5, 4), date(2026, 5, 4))
    story = second.after
    readings = limitation_of(story).readings
    assert [(r.relative_on, r.absolute_on, r.ends_on) for r in readings] == [
        (date(2028, 2, 10), date(2026, 5, 4), date(2026, 5, 4)),
        (date(2028, 2, 10), date(2030, 2, 11), date(2028, 2, 10)),
    ]
    assert Reason.ABSOLUTE_STANDS in readings[0].reasons
    assert Reason.ABSOLUTE_MOVES in readings[1].reasons
    story = story.having(ConfirmTerm(term=1, on=date(2026, 5, 4)))

    # A year, six months, three, one month before: then the claim is filed.
    story, told = fired_until(story, noon(2026, 4, 23))
    assert told == [
        (date(2025, 5, 4), "before-12-months"),
        (date(2025, 11, 4), "before-6-months"),
        (date(2026, 2, 4), "before-3-months"),
        (date(2026, 4, 4), "before-1-months"),
    ]
    story = story.having(MeetTerm(term=1, occurred_at=datetime(2026, 4, 23, 9, tzinfo=UTC)))
    story, told = fired_until(story, noon(2026, 6, 1))
    assert told == []
    assert wakes(story.state)
    return Tale.of(story)


def test_interrupted_twice_until_the_absolute_term() -> None:
    """As above."""
    interrupted_twice_until_the_absolute_term()
