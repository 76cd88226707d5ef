"""Journeys in court: summons, hearings held, postponed and missed, the judgment and what comes after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import uuid5

from domain.codes import (
    ClosingReason,
    ConsentPurpose,
    Relation,
    ReopeningReason,
    Role,
    StallCause,
)
from domain.journey.advancing import OpenStep
from domain.journey.assignment import Unassign
from domain.journey.consent import WithdrawConsent
from domain.journey.hearing.codes import HearingOutcome, HearingReason
from domain.journey.hearing.commands import MoveHearing, PostponeHearing
from domain.journey.linking import LinkJourney
from domain.journey.proceedings.codes import ProceedingsStage
from domain.journey.proceedings.commands import MoveProceedings
from domain.journey.stages import EnterStage
from domain.journey.stalling import StallStep
from worker.demo.days import SITTINGS
from worker.demo.habits import work
from worker.demo.stories.hearing import held, postponed_once, prepared, summoned
from worker.demo.stories.proceedings import appeal_counted, both_proceedings, followed, judgment_awaited
from worker.demo.stories.trials import appealed, heard_again, without_a_power
from worker.demo.stories.turns import arrange, begin, close, reopen, set_day, to_the_present, until, until_done
from worker.demo.tale import NAMESPACE, Story, Tale

TRIAL, ANNOUNCEMENT = "criminal-main", "judgment"


class Sat(StrEnum):
    """How a day in court went."""

    HELD = "held"
    POSTPONED = "postponed"
    MISSED = "missed"


HELD, POSTPONED, MISSED = Sat.HELD, Sat.POSTPONED, Sat.MISSED


@dataclass(frozen=True, slots=True)
class Sitting:
    """A day in court; without an outcome it lies ahead."""

    day: int
    outcome: Sat | None = None


def hearings(tale: Tale, sittings: Sequence[Sitting]) -> Story:
    """Each with its summons two to four weeks before, and the lawyer's entry after it."""
    times = [tale.days.at(tale.days.near(s.day), tale.random.choice(SITTINGS)) for s in sittings]
    number: int | None = None
    for count, (sitting, at) in enumerate(zip(sittings, times, strict=True)):
        if number is None:
            yield from work(tale, tale.near(min(sitting.day - tale.random.randint(17, 29), -2)))
            if not tale.here.proceedings:
                followed(tale, ProceedingsStage.MAIN_HEARING)
            number = _awaited(tale, at) or summoned(tale, TRIAL, at)
        if sitting.outcome is None:
            return
        yield from work(tale, at + timedelta(minutes=tale.random.randint(80, 200)))
        if sitting.outcome is HELD:
            yield from held(tale, number, HearingOutcome.EVIDENCE_TAKEN)
            number = None
            continue
        _not_kept(tale, number, sitting.outcome, times[count + 1] if count + 1 < len(times) else None)


def _awaited(tale: Tale, at: datetime) -> int | None:
    """The hearing that waits for its next date, which the court has now set; none where nothing waits."""
    number = next((h.number for h in tale.here.hearings.values() if not h.is_over), None)
    if number is not None:
        tale.tell(MoveHearing(hearing=number, reason=HearingReason.DATE_FIXED, starts_at=at), Role.LAWYER)
        prepared(tale, number)
    return number


def _not_kept(tale: Tale, number: int, outcome: Sat, following: datetime | None) -> None:
    reason = HearingReason.DEFENDANT_ABSENT if outcome is POSTPONED else HearingReason.CLIENT_ILL
    tale.tell(PostponeHearing(hearing=number, reason=reason, starts_at=following), Role.LAWYER)
    if following is not None:
        prepared(tale, number)


def judged(tale: Tale, day: int) -> Story:
    """The announcement, with its date known two weeks before."""
    at = tale.days.at(tale.days.near(day), tale.random.choice(SITTINGS))
    yield from until(tale, min(day - 14, -3))
    number = summoned(tale, ANNOUNCEMENT, at)
    if day < 0:
        yield from work(tale, at + timedelta(minutes=70))
        yield from held(tale, number, HearingOutcome.DECISION_ANNOUNCED)
        tale.tell(MoveProceedings(proceedings=1, stage=ProceedingsStage.JUDGED), Role.LAWYER)


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
    """A hearing was postponed without a new date, and of a request the lawyer says that the court does not answer."""
    tale.hold.add("sensitive-witness-request")
    yield from begin(tale, -400)
    yield from hearings(tale, [Sitting(-220, HELD)])
    set_day(tale, "sensitive-witness-request", tale.days.near(75))
    yield from hearings(tale, [Sitting(-24, POSTPONED)])
    yield from until(tale, -6)
    state = tale.here.open_step("sensitive-witness-request")
    assert state is not None
    command = StallStep(step=state.step, cause=StallCause.WAITING_ON_COURT, seen=state.version)
    tale.tell(command, Role.LAWYER, "Suda se javlja tek pripravnik; zvati ponovo u sredu.")
    yield from to_the_present(tale)


def judgment_not_served(tale: Tale) -> Story:
    """Announced months ago; the written judgment does not come, and the court's term for it is long over."""
    tale.hold.add("final-judgment")
    yield from begin(tale, -520)
    past = [Sitting(-330, POSTPONED), Sitting(-290, HELD), Sitting(-240, MISSED), Sitting(-200, HELD)]
    yield from hearings(tale, past)
    yield from judged(tale, -110)
    judgment_awaited(tale)
    yield from to_the_present(tale)


def judgment_ahead(tale: Tale) -> Story:
    """The announcement is in ten days."""
    yield from begin(tale, -500)
    yield from hearings(tale, [Sitting(-200, HELD)])
    yield from judged(tale, 10)
    yield from to_the_present(tale)


def appeal_running(tale: Tale) -> Story:
    """The judgment was served a week ago: fifteen days for the appeal."""
    tale.hold.add("final-judgment")
    yield from begin(tale, -540)
    yield from hearings(tale, [Sitting(-270, POSTPONED), Sitting(-200, HELD)])
    yield from judged(tale, -50)
    yield from until(tale, -6)
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
    yield from judged(tale, -150)
    yield from arrange(tale, "civil-claim", -140, Role.LAWYER)
    yield from until_done(tale, "civil-claim")
    today = (tale.days.local(tale.now) - tale.days.today).days  # the claim may have taken longer than usual
    yield from postponed_once(tale, "civil-preparatory", min(max(-45, today + 10), -3), 34)
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
