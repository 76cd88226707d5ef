"""Journeys of identification, recovery and reintegration, ended ones, and those of another organisation."""

from __future__ import annotations

from uuid import uuid5

from domain.codes import ClosingReason, ConsentPurpose, Relation, ReopeningReason, StallCause
from domain.journey.advancing import OpenStep
from domain.journey.closing import CloseJourney
from domain.journey.consent import GiveConsent, WithdrawConsent
from domain.journey.linking import LinkJourney
from domain.journey.merging import MergeJourney
from worker.demo.habits import finish
from worker.demo.stories.caring import child_and_law, reintegrated, safe_again
from worker.demo.stories.helping import (
    benefit_asked_for,
    counselled,
    examined,
    flees,
    out_of_reach,
    reached_again,
    wants_no_more,
)
from worker.demo.stories.returning import reintegrating
from worker.demo.stories.services import information_given, talks_by_phone
from worker.demo.stories.turns import (
    approved,
    arrange,
    begin,
    close,
    dated,
    move_over,
    nudged,
    reopen,
    said_to_stall,
    set_day,
    to_the_present,
    until,
    until_open,
)
from worker.demo.tale import NAMESPACE, Story, Tale


def ordinary(tale: Tale, opened: int, *visits: tuple[str, int]) -> Story:
    """Help as it should be, with some visits and appointments."""
    yield from begin(tale, opened)
    for step, day in visits:
        yield from arrange(tale, step, day)
    yield from to_the_present(tale)


def moved_over(tale: Tale, opened: int, on: int) -> Story:
    """Begun on an old version of the pathway; later a supervisor moved it to the newest."""
    yield from begin(tale, opened)
    yield from until(tale, on)
    move_over(tale)
    yield from to_the_present(tale)


def held_up(tale: Tale, opened: int, step: str) -> Story:
    """Nobody gets on with one step; in the end the clock says so."""
    tale.hold.add(step)
    yield from ordinary(tale, opened)


def due(tale: Tale, opened: int, step: str, working_day: int) -> Story:
    """One step is due on that working day, today for 0, and not done yet."""
    yield from begin(tale, opened)
    yield from dated(tale, step, tale.days.working(working_day))
    yield from to_the_present(tale)


def follow_up_today(tale: Tale) -> Story:
    """In reintegration; the monthly talk is today."""
    tale.hold.add("closure-review")
    yield from begin(tale, -300)
    yield from arrange(tale, "home-visit", -262)
    yield from until(tale, -10)
    information_given(tale)
    talks_by_phone(tale)
    tale.hold.add("monthly-follow-up")
    if tale.here.open_step("monthly-follow-up") is None:  # she wanted none at first
        tale.tell(OpenStep(step="monthly-follow-up"))
    set_day(tale, "monthly-follow-up", tale.days.today)
    yield from to_the_present(tale)


def child_with_guardian(tale: Tale) -> Story:
    """A child whose guardian is known to us as well; the talks have stopped and the psychologist says so."""
    tale.hold |= {"psychological-support", "recovery-review"}
    yield from begin(tale, -120)
    yield from until(tale, -117)
    tale.tell(LinkJourney(other=uuid5(NAMESPACE, "guardian"), relation=Relation.GUARDIAN))
    yield from until(tale, -32)
    if tale.here.open_step("recovery-review"):
        set_day(tale, "recovery-review", tale.days.near(25))
    note = "Не јавља се две недеље; звати само договореним данима."
    yield from said_to_stall(
        tale, "psychological-support", StallCause.WAITING_ON_CLIENT, note, dated=-30, said=-8, due=5
    )
    yield from nudged(tale, "psychological-support", -2)
    yield from to_the_present(tale)


def papers_with_us(tale: Tale) -> Story:
    """The papers for the benefits lie on our own desk, and the caseworker says so."""
    tale.hold.add("social-rights")
    yield from begin(tale, -275)
    yield from until_open(tale, "social-rights")
    yield from until(tale, -24)
    reintegrating(tale)
    note = "Obrazac je kod nas od prošle nedelje, predajem u četvrtak."
    yield from said_to_stall(tale, "social-rights", StallCause.WAITING_ON_US, note, dated=-20, said=-7, due=9)
    yield from nudged(tale, "social-rights", -3)
    yield from to_the_present(tale)


def goals_reached(tale: Tale) -> Story:
    """All the way to the end, with all the help that there was on it."""
    tale.hold.add("closure-review")
    yield from begin(tale, -543)
    yield from examined(tale, -470)
    yield from child_and_law(tale, -425)
    yield from benefit_asked_for(tale, -410)
    yield from reached_again(tale, -375)
    yield from safe_again(tale, -355)
    yield from reintegrated(tale, -150)
    yield from until_open(tale, "closure-review")
    yield tale.near(-42)
    finish(tale, "closure-review")
    yield from close(tale, -35, ClosingReason.GOALS_REACHED, "Dogovoreno: može uvek da se javi.")


def ended(tale: Tale, opened: int, closed: int, reason: ClosingReason) -> Story:
    """Ended before its goals."""
    yield from begin(tale, opened)
    yield from close(tale, closed, reason)


def missing(tale: Tale) -> Story:
    """Moved at once from a house that was watched, and not to be found some weeks later."""
    yield from begin(tale, -250)
    yield from flees(tale, -228)
    yield from close(tale, -200, ClosingReason.MISSING)


def consents_withdrawn(tale: Tale) -> Story:
    """Every consent is withdrawn, and the help ends with it."""
    yield from begin(tale, -140)
    yield from until(tale, -95)
    counselled(tale)
    yield from until(tale, -86)
    yield from wants_no_more(tale)
    yield from until(tale, -85)
    for purpose in (ConsentPurpose.REFERRAL, ConsentPurpose.DATA_PROCESSING, ConsentPurpose.ASSISTANCE):
        tale.tell(WithdrawConsent(purpose=purpose))
    yield from approved(tale, ClosingReason.CONSENT_WITHDRAWN)
    tale.tell(CloseJourney(reason=ClosingReason.CONSENT_WITHDRAWN))


def found_again(tale: Tale) -> Story:
    """Out of reach, closed, and back after half a year."""
    yield from begin(tale, -360)
    yield from out_of_reach(tale, -275)
    yield from close(tale, -230, ClosingReason.UNREACHABLE)
    yield from reopen(tale, -70, ReopeningReason.FOUND, "Јавила се сама, добро је.")
    yield from to_the_present(tale)


def duplicate(tale: Tale) -> Story:
    """The same person was opened twice; merged into the older journey."""
    yield from begin(tale, -48)
    yield from until(tale, -40)
    tale.tell(MergeJourney(survivor=uuid5(NAMESPACE, "plan-today")))


def towards_a_home(tale: Tale, opened: int, closed: int | None = None) -> Story:
    """Housing support, of the other pathway."""
    yield from begin(tale, opened)
    yield from until(tale, opened + 3)
    tale.tell(GiveConsent(purpose=ConsentPurpose.DATA_PROCESSING))
    yield from arrange(tale, "viewing", opened + 14)
    if closed is not None:
        yield from close(tale, closed, ClosingReason.REFERRED)
        return
    if opened < -120:
        yield from until(tale, opened + 110)
        yield from arrange(tale, "rent-check", opened + 112)
    yield from to_the_present(tale)
