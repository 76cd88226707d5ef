"""Assessments: a level for each domain, looked at again in time; a level that rises is told at once."""

from __future__ import annotations

from datetime import date

import pytest

from domain.codes import ObligationKind, Role
from domain.journey import obligations
from domain.journey.safety.alerts import AcknowledgeAlert, AlertAcknowledged, AlertRaised
from domain.journey.safety.assessing import Assess, Assessed, DomainLevel
from domain.journey.safety.state import AlertReason
from domain.pathway.assessment import Level
from domain.refusal import RefusalCode
from domain.stream.firing import FireRung, RungsFired
from tests.domain.careful import careful, risk
from tests.domain.given import MILA, Given
from tests.pathway_examples import small_pathway

SUPERVISOR = careful().state.assigned[Role.SUPERVISOR]


def _review(here: Given) -> date:
    owed = next(o for o in obligations(here.state) if o.kind is ObligationKind.ASSESSMENT)
    return owed.clockwork.deadline.due_on


@pytest.mark.parametrize(
    ("level", "day"),
    [
        (Level.LOW, date(2026, 6, 2)),
        (Level.MODERATE, date(2026, 6, 2)),
        (Level.HIGH, date(2026, 3, 9)),
        (Level.EXTREME, date(2026, 3, 3)),
    ],
)
def test_the_higher_the_level_the_sooner_it_is_looked_at_again(level: Level, day: date) -> None:
    """By the pathway's spans; the highest of the domains counts."""
    assert _review(careful().having(risk(level))) == day
    assert _review(careful().having(risk(Level.LOW, level))) == day


def test_a_risk_that_rises_is_told_to_caseworker_and_supervisor_at_that_instant() -> None:
    """No waiting for the morning."""
    before = careful().having(risk(Level.LOW)).later(days=3)
    after = before.having(risk(Level.MODERATE))
    alert = next(o for o in obligations(after.state) if o.kind is ObligationKind.ALERT)
    assert (alert.key, alert.ahead[0].at) == ("alert:1", after.now)
    fired = after.when(FireRung(obligation="alert:1", rung="alert", date_version=alert.clockwork.date_version)).events[
        0
    ]
    assert isinstance(fired, RungsFired)
    assert {a.staff for a in fired.addressees} == {MILA, SUPERVISOR}


@pytest.mark.parametrize(
    ("before", "after", "raised"),
    [
        (None, (Level.MODERATE, Level.LOW), False),
        (None, (Level.LOW, Level.HIGH), True),
        ((Level.LOW, Level.LOW), (Level.LOW, Level.LOW), False),
        ((Level.LOW, Level.LOW), (Level.LOW, Level.MODERATE), True),
        ((Level.EXTREME, Level.LOW), (Level.HIGH, Level.LOW), False),
        ((Level.EXTREME, Level.LOW), (Level.LOW, Level.MODERATE), True),
    ],
)
def test_any_domain_that_rises_raises_an_alert(
    before: tuple[Level, Level] | None, after: tuple[Level, Level], raised: bool
) -> None:
    """Also where the highest level falls; of a first assessment, what is high."""
    here = careful() if before is None else careful().having(risk(*before))
    old = len(here.state.alerts)
    events = here.when(risk(*after)).events
    assert any(isinstance(e, AlertRaised) for e in events) is raised
    assert len(here.and_then(*events).state.alerts) == old + raised


def test_needs_raise_no_alert() -> None:
    """Only what the pathway says."""
    levels = (DomainLevel(domain="health", level=Level.EXTREME),)
    events = careful().when(Assess(assessment="needs", levels=levels)).events
    assert [type(e) for e in events] == [Assessed]


def test_an_alert_rings_until_somebody_answers() -> None:
    """The last rung is the on-call person's."""
    here = careful().having(risk(Level.HIGH))
    alert = here.state.alerts["alert:1"]
    assert (alert.reason, alert.level) == (AlertReason.RISK_RAISED, Level.HIGH)
    assert alert.clockwork.deadline.rungs[-1].to == (Role.ON_CALL,)
    answered = here.when(AcknowledgeAlert(number=1)).then(AlertAcknowledged(number=1))
    assert not [o for o in obligations(answered.state) if o.kind is ObligationKind.ALERT]
    answered.when(AcknowledgeAlert(number=1)).then_nothing()
    answered.when(AcknowledgeAlert(number=2)).then_refused(RefusalCode.NO_SUCH_ALERT)


def test_every_domain_has_a_level_and_no_other_does() -> None:
    """A domain left out would read as none."""
    one = (DomainLevel(domain="threats", level=Level.LOW),)
    careful().when(Assess(assessment="risk", levels=one)).then_refused(
        RefusalCode.ASSESSMENT_INCOMPLETE, allowed=("threats", "housing")
    )
    careful().when(Assess(assessment="risk", levels=(*one, *one))).then_refused(RefusalCode.ASSESSMENT_INCOMPLETE)


def test_a_pathway_without_such_an_assessment_takes_none() -> None:
    """And says which there are."""
    careful().on(small_pathway()).when(risk(Level.LOW)).then_refused(RefusalCode.NOT_IN_PATHWAY, allowed=())
    other = Assess(assessment="other", levels=(DomainLevel(domain="health", level=Level.LOW),))
    careful().when(other).then_refused(RefusalCode.NOT_IN_PATHWAY, allowed=("risk", "needs"))


def test_a_form_that_shows_an_old_assessment_is_refused() -> None:
    """The loser sees both."""
    here = careful().having(risk(Level.LOW))
    stale = risk(Level.MODERATE).model_copy(update={"seen": 1})
    here.when(stale).then_refused(RefusalCode.PART_CHANGED, part="assessment:risk")
