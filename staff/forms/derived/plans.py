"""Forms of the individual plan, its goals, and reintegration."""

from __future__ import annotations

from collections.abc import Iterator

from domain.journey.reintegration import commands as reintegration
from domain.journey.reintegration.codes import ReintegrationStatus
from domain.journey.service_plan import goals, reviews
from domain.journey.service_plan.reviews import PLAN
from domain.journey.service_plan.state import OVER
from projections.journey_file.model import JourneyFile
from projections.journey_file.reintegration import ReintegrationRow
from projections.journey_file.safety_model import GoalRow, PlanRow
from staff.forms.derived.choosing import titled
from staff.forms.derived.form import derive
from staff.forms.derived.place import Card, Place, nothing, whole
from staff.forms.derived.question import one_of, some_of
from staff.forms.field import Choice
from staff.forms.scene import Scene


def _plan(file: JourneyFile) -> PlanRow | None:
    return file.document.safety.plan


def _goals(scene: Scene) -> tuple[GoalRow, ...]:
    plan = _plan(scene.file) if scene.file else None
    return plan.goals if plan else ()


GOAL = Place(
    Card.PLAN,
    _goals,
    lambda row: str(row.number),
    lambda scene, row: scene.titles.goal(row.goal),
    lambda row: {"number": row.number},
    lambda row: row.version,
    lambda row: row.part,
    lambda row: "",
)


def _version(file: JourneyFile) -> int | None:
    plan = _plan(file)
    return plan.version if plan else None


_WHOLE = whole(Card.PLAN, _version, PLAN)


def _running(scene: Scene) -> tuple[ReintegrationRow, ...]:
    row = scene.file.document.reintegration if scene.file else None
    return (row,) if row else ()


REINTEGRATION = Place[ReintegrationRow](
    Card.REINTEGRATION,
    _running,
    lambda row: "",
    lambda scene, row: "",
    nothing,
    lambda row: row.version,
    lambda row: "reintegration",
)


def _of_catalogue(scene: Scene) -> Iterator[Choice]:
    rules = scene.pathway.plan
    return titled(scene, ((each.goal, each) for each in rules.goals)) if rules else iter(())


def _measures(scene: Scene) -> Iterator[Choice]:
    rules = scene.pathway.plan
    return titled(scene, ((each.measure, each) for each in rules.measures)) if rules else iter(())


def _has_open_goal(scene: Scene, _: JourneyFile) -> bool:
    return any(goal.progress not in OVER for goal in _goals(scene))


def _was_agreed(_: Scene, file: JourneyFile) -> bool:
    plan = _plan(file)
    return plan is not None and plan.agreed_at is not None


derive(
    goals.SetGoal,
    whole(Card.PLAN),
    lambda scene, _: scene.pathway.plan is not None,
    goal=one_of(_of_catalogue),
    measures=some_of(_measures),
)
derive(goals.ProgressGoal, GOAL, lambda scene, row: row.progress not in OVER, given=("number",))
derive(reviews.AgreePlan, _WHOLE, _has_open_goal)
derive(reviews.ReviewPlan, _WHOLE, _was_agreed)
derive(
    reintegration.StartReintegration,
    whole(Card.REINTEGRATION),
    lambda scene, _: scene.pathway.reintegration is not None and not _running(scene),
)
derive(
    reintegration.ReviewReintegration,
    REINTEGRATION,
    lambda scene, row: row.status is ReintegrationStatus.RUNNING,
)
derive(reintegration.EndReintegration, REINTEGRATION, lambda scene, row: row.status is ReintegrationStatus.RUNNING)
derive(reintegration.ReopenReintegration, REINTEGRATION, lambda scene, row: row.status is ReintegrationStatus.ENDED)
