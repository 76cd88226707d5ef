"""Journeys in court: summons, hearings held, postponed and missed, the judgment and what comes after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid5

from domain.codes import (
    ClosingReason,
    ConsentPurpose,
    Relation,
    ReopeningReason,
    Role,
    StallCause,
    StepOutcome,
    StepReason,
)
from domain.journey.advancing import AdvanceStep, OpenStep, ScheduleStep
from domain.journey.assignment import Unassign
from domain.journey.consent import WithdrawConsent
from domain.journey.linking import LinkJourney
from domain.journey.stages import EnterStage
from domain.journey.stalling import StallStep
from worker.demo.days import SITTINGS
from worker.demo.habits import finish, work
from worker.demo.stories.hearing import postponed_once
from worker.demo.stories.proceedings import appeal_counted, both_proceedings
from worker.demo.stories.trials import appealed, heard_again, without_a_power
from worker.demo.stories.turns import arrange, begin, close, reopen, set_day, to_the_present, until, until_done
from worker.demo.tale import NAMESPACE, Story, Tale

HELD, POSTPONED, MISSED = StepOutcome.DONE, StepOutcome.POSTPONED, StepOutcome.NO_SHOW


@dataclass(frozen=True, slots=True)
class Sitting:
    """A day in court; without an outcome it lies ahead."""

    day: int
    outcome: StepOutcome | None = None


def hearings(tale: Tale, sittings: Sequence[Sitting], step: str = "main-hearing") -> Story:
    """Each with its summons two to four weeks before, and the lawyer's entry after it."""
    times = [tale.days.at(tale.days.near(s.day), tale.random.choice(SITTINGS)) for s in sittings]
    for number, (sitting, at) in enumerate(zip(sittings, times, strict=True)):
        if tale.here.open_step(step) is None:
            yield from work(tale, tale.near(sitting.day - tale.random.randint(17, 29)))
            tale.tell(OpenStep(step=step, appointment=at), Role.LAWYER)
        if sitting.outcome is None:
            return
        yield from work(tale, at + timedelta(minutes=tale.random.randint(80, 200)))
        _sat(tale, step, sitting.outcome, times[number + 1] if number + 1 < len(times) else None)


def _sat(tale: Tale, step: str, outcome: StepOutcome, following: datetime | None) -> None:
    if outcome is HELD:
        finish(tale, step)
        if following is not None and tale.here.open_step("judgment"):
            set_day(tale, "judgment", tale.days.local(following) + timedelta(days=60))
        return
    state = tale.here.open_step(step)
    assert state is not None
    reason = StepReason.COURT_POSTPONED if outcome is POSTPONED else StepReason.CLIENT_ILL
    command = AdvanceStep(step=step, outcome=outcome, seen=state.version, reason=reason, next_at=following)
    tale.tell(command, Role.LAWYER)


def judged(tale: Tale, day: int) -> Story:
    """The announcement, with its date known two weeks before."""
    at = tale.days.at(tale.days.near(day), tale.random.choice(SITTINGS))
    yield from until(tale, min(day - 14, -3))
    state = tale.here.open_step("judgment")
    assert state is not None, f"{tale.name}: no judgment is expected"
    tale.tell(ScheduleStep(step="judgment", seen=state.version, appointment=at), Role.LAWYER)
    if day < 0:
        yield from work(tale, at + timedelta(minutes=70))
        finish(tale, "judgment")


def in_court(tale: Tale, opened: int, sittings: Sequence[Sitting], extra: tuple[str, int] | None = None) -> Story:
    """Proceedings under way."""
    yield from begin(tale, opened)
    if extra is not None:
        yield from arrange(tale, *extra)
    yield from hearings(tale, sittings)
    yield from to_the_present(tale)


def soon_at_the_doctor(tale: Tale, opened: int, sittings: Sequence[Sitting]) -> Story:
    """Proceedings under way, and a medical appointment in a few days."""
    yield from begin(tale, opened)
    yield from hearings(tale, sittings)
    yield from until(tale, -8)
    if not tale.here.is_active("recovery"):
        tale.tell(EnterStage(stage="recovery"))
    at = tale.days.at(tale.days.near(4), SITTINGS[2])
    tale.tell(OpenStep(step="medical-appointment", appointment=at))
    yield from to_the_present(tale)


def court_is_silent(tale: Tale) -> Story:
    """A hearing was postponed without a new date, and the lawyer says that it stands still."""
    yield from begin(tale, -400)
    yield from hearings(tale, [Sitting(-220, HELD), Sitting(-38, POSTPONED)])
    set_day(tale, "judgment", tale.days.near(75))
    yield from until(tale, -6)
    state = tale.here.open_step("main-hearing")
    assert state is not None
    command = StallStep(step="main-hearing", cause=StallCause.WAITING_ON_COURT, seen=state.version)
    tale.tell(command, Role.LAWYER, "Suda se javlja tek pripravnik; zvati ponovo u sredu.")
    yield from to_the_present(tale)


def judgment_not_served(tale: Tale) -> Story:
    """Announced months ago; the written judgment does not come, and the clock says so."""
    tale.hold.add("written-judgment")
    yield from begin(tale, -520)
    past = [Sitting(-330, POSTPONED), Sitting(-290, HELD), Sitting(-240, MISSED), Sitting(-200, HELD)]
    yield from hearings(tale, past)
    yield from judged(tale, -110)
    yield from to_the_present(tale)


def judgment_ahead(tale: Tale) -> Story:
    """The announcement is in ten days."""
    yield from begin(tale, -500)
    yield from hearings(tale, [Sitting(-200, HELD)])
    set_day(tale, "judgment", tale.days.near(20))
    yield from judged(tale, 10)
    yield from to_the_present(tale)


def appeal_running(tale: Tale) -> Story:
    """The judgment was served a week ago: fifteen days for the appeal."""
    tale.hold |= {"written-judgment", "appeal"}
    yield from begin(tale, -540)
    yield from hearings(tale, [Sitting(-270, POSTPONED), Sitting(-200, HELD)])
    set_day(tale, "judgment", tale.days.near(-40))
    yield from judged(tale, -50)
    yield from until(tale, -6)
    finish(tale, "written-judgment")
    appeal_counted(tale, tale.days.local(tale.now))
    yield from to_the_present(tale)


def before_the_second_instance(tale: Tale) -> Story:
    """Appealed; the final judgment is awaited."""
    tale.hold.add("final-judgment")
    yield from begin(tale, -547)
    yield from hearings(tale, [Sitting(-350, HELD)])
    yield from judged(tale, -290)
    yield from appealed(tale, -262)
    yield from without_a_power(tale, -240)
    yield from heard_again(tale, -210)
    yield from to_the_present(tale)


def claims_damages(tale: Tale) -> Story:
    """Judged, and the damages are claimed in a civil case."""
    tale.hold.add("final-judgment")
    yield from begin(tale, -520)
    yield from hearings(tale, [Sitting(-380, HELD)])
    yield from judged(tale, -340)
    yield from arrange(tale, "civil-claim", -300, Role.LAWYER)
    yield from until_done(tale, "civil-claim")
    yield from postponed_once(tale, "civil-preparatory", -45, 34)
    both_proceedings(tale)
    yield from to_the_present(tale)


def without_a_lawyer(tale: Tale) -> Story:
    """The lawyer left the case and nobody has taken it over: the clock finds a step that nobody has."""
    tale.hold |= {"sensitive-witness-request", "property-claim"}
    yield from begin(tale, -120)
    yield from until_done(tale, "power-of-attorney")
    tale.tell(Unassign(role=Role.LAWYER), Role.SUPERVISOR)
    set_day(tale, "property-claim", tale.days.near(26))
    yield from to_the_present(tale)


def withdraws_a_consent(tale: Tale) -> Story:
    """A child in court; the consent to accommodation is withdrawn midway and the rest goes on. Her sister is known."""
    yield from begin(tale, -380)
    yield from until(tale, -300)
    tale.tell(LinkJourney(other=uuid5(NAMESPACE, "in-two-days"), relation=Relation.SIBLING))
    yield from hearings(tale, [Sitting(-150, MISSED)])
    yield from until(tale, -120)
    tale.tell(WithdrawConsent(purpose=ConsentPurpose.ACCOMMODATION), note="Живи код тетке, смештај више није потребан.")
    yield from hearings(tale, [Sitting(-100, HELD), Sitting(49)])
    yield from to_the_present(tale)


def reopened_for_court(tale: Tale) -> Story:
    """Closed at the client's wish, reopened when proceedings began anew; a hearing within a week."""
    yield from begin(tale, -530)
    yield from close(tale, -300, ClosingReason.CLIENT_WISH)
    yield from reopen(tale, -200, ReopeningReason.NEW_PROCEEDINGS, "Stigao je novi poziv.")
    yield from hearings(tale, [Sitting(-60, HELD), Sitting(6)])
    yield from to_the_present(tale)
