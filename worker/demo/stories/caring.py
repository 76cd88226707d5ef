"""A child on the way to eighteen: a safety plan, an individual plan looked at again, reintegration with a setback."""

from __future__ import annotations

from datetime import timedelta

from domain.codes import ConsentPurpose, Relation, Role
from domain.journey.disclosure import Disclose
from domain.journey.linking import LinkJourney, UnlinkJourney
from domain.journey.majority import RecordComingOfAge
from domain.journey.reintegration.codes import ReintegrationEnd, ReintegrationReopening, ReviewFinding
from domain.journey.reintegration.commands import (
    EndReintegration,
    ReopenReintegration,
    ReviewReintegration,
    StartReintegration,
)
from domain.journey.safety.alerts import AcknowledgeAlert
from domain.journey.safety.planning import AgreeSafetyPlan, EndSafetyPlan, ReviewSafetyPlan
from domain.journey.service_plan.goals import ProgressGoal, SetGoal
from domain.journey.service_plan.reviews import AgreePlan, ReviewPlan
from domain.journey.service_plan.state import GoalProgress
from domain.journey.standing import DataCategory
from domain.pathway.consent import LegalGround
from worker.demo.providers import CLINIC
from worker.demo.stories.turns import agrees, assessed, until
from worker.demo.tale import Story, Tale, journey_id
from worker.demo.writing import UNSEALED

_SOON = timedelta(minutes=30)


def child_and_law(tale: Tale, day: int) -> Story:
    """Comes of age the year after next; a hospital is told by law; taken for the sibling of somebody else."""
    yield from until(tale, day)
    tale.tell(RecordComingOfAge(adult_on=tale.days.local(tale.now) + timedelta(days=700)))
    purpose = ConsentPurpose.MEDICAL
    by_law = Disclose(
        categories=(DataCategory.HEALTH,), recipient=CLINIC, purpose=purpose, ground=LegalGround.DANGER_TO_LIFE
    )
    tale.tell(by_law, note="Primljena noću, bez svesti; lekar je tražio podatke o lekovima.")
    yield from until(tale, day + 6)
    tale.tell(LinkJourney(other=journey_id("second-instance"), relation=Relation.SIBLING))
    yield from until(tale, day + 8)
    tale.tell(UnlinkJourney(other=journey_id("second-instance")))


def safe_again(tale: Tale, day: int) -> Story:
    """A safety plan for two months: agreed, looked at again, needed no longer."""
    yield from until(tale, day)
    plan = AgreeSafetyPlan(plan=UNSEALED)
    tale.tell(plan, note="Kod kumice ostavljena torba i ključ; reč „kišobran“ znači: dođite.", field="plan")
    yield from until(tale, day + 20)
    tale.tell(ReviewSafetyPlan())
    yield from until(tale, day + 38)
    tale.tell(EndSafetyPlan())


def reintegrated(tale: Tale, day: int) -> Story:
    """Two goals; a plan that goes on; ended at her wish, taken up again, set back once, and complete in the end."""
    yield from until(tale, day)
    tale.tell(SetGoal(goal="schooling", target_on=tale.days.near(day + 115), measures=("training",)))
    tale.tell(SetGoal(goal="family-ties", target_on=tale.days.near(day + 118), measures=("mediation",)))
    tale.tell(AgreePlan())
    yield tale.now + _SOON
    agrees(tale)
    tale.tell(StartReintegration())
    yield from until(tale, day + 14)
    tale.tell(EndReintegration(reason=ReintegrationEnd.CLIENT_WISH))
    yield from until(tale, day + 30)
    tale.tell(ReopenReintegration(reason=ReintegrationReopening.CLIENT_ASKED))
    yield from until(tale, day + 50)
    tale.tell(ReviewReintegration(finding=ReviewFinding.SETBACK), note="Напустила курс; шта јој сада треба?")
    yield tale.now + _SOON
    tale.tell(AcknowledgeAlert(number=len(tale.here.alerts)), Role.SUPERVISOR)
    yield from until(tale, day + 70)
    tale.tell(ReviewPlan())
    tale.tell(ReviewReintegration(finding=ReviewFinding.ON_COURSE))
    yield from until(tale, day + 92)
    for number in (1, 2):
        tale.tell(ProgressGoal(number=number, progress=GoalProgress.REACHED))
    tale.tell(assessed(tale, "risk"))
    tale.tell(EndReintegration(reason=ReintegrationEnd.COMPLETE))
