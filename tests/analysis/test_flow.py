"""The figures of a flow are what counting by hand, over the folded histories, gives."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from statistics import median
from uuid import UUID

import pytest

from analysis.flow.cohort import Cohort
from analysis.flow.figures import SMALLEST, Flow, Node, guarded, is_end, simplified
from analysis.flow.reading import read_flow
from analysis.travel.history import History
from domain.codes import SETTLING, ClosingReason, Phase, ReopeningReason, StageExit, StallCause, StepOutcome
from domain.journey import Journey, fold
from domain.journey.closing import CloseJourney, ReopenJourney
from domain.journey.stages import EnterStage, LeaveStage
from domain.journey.stalling import StallStep
from domain.journey.state import StepStatus
from tests.analysis.test_boards_then import at_random, histories
from tests.projections.conftest import Office
from tests.projections.test_models import MONDAY, advance

DAY = timedelta(days=1)
Key = tuple[str, str, int]


@dataclass
class Visit:
    """One stay, as the folds tell it. `how`: finished, open or left."""

    node: str
    began: datetime
    ended: datetime
    how: str
    first: int
    last: int


@dataclass
class Counted:
    """The figures by hand."""

    cohort: Counter[str] = field(default_factory=Counter)
    visits: Counter[str] = field(default_factory=Counter)
    journeys: dict[str, set[UUID]] = field(default_factory=lambda: defaultdict(set))
    how: Counter[tuple[str, str]] = field(default_factory=Counter)
    days: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    edges: Counter[tuple[str, str]] = field(default_factory=Counter)
    waits: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    closings: Counter[str] = field(default_factory=Counter)
    reached: Counter[str] = field(default_factory=Counter)


def folds(history: History) -> list[tuple[int, datetime, Journey]]:
    """After each event: its position, when it was recorded, and the journey."""
    found = []
    for n, recorded in enumerate(history, 1):
        state = fold(history[:n])
        assert state is not None
        found.append((recorded.position, recorded.recorded_at, state))
    return found


def stays(journey: Journey) -> dict[Key, tuple[datetime, datetime, str]]:
    """What a journey is and was in, at one point of its history."""
    found: dict[Key, tuple[datetime, datetime, str]] = {}
    for stage in journey.stages.values():
        how = "open" if stage.left_at is None else "finished" if stage.exit is StageExit.COMPLETED else "left"
        found["stage", stage.stage, stage.times] = (stage.entered_at, stage.left_at or stage.entered_at, how)
    for step in journey.steps.values():
        how = {StepStatus.OPEN: "open", StepStatus.ENDED: "left", StepStatus.SETTLED: "finished"}[step.status]
        assert how != "finished" or step.outcome in SETTLING
        found["step", step.step, step.occurrence] = (step.opened_at, step.settled_at or step.opened_at, how)
    return found


def count(office: Office, moment: datetime) -> Counted:
    """Everything, as known at a moment."""
    counted = Counted()
    for whole in histories(office):
        history = [each for each in whole if each.recorded_at <= moment]
        if history:
            _count_one(counted, folds(history), moment)
    return counted


def _count_one(counted: Counted, told: list[tuple[int, datetime, Journey]], moment: datetime) -> None:
    last = told[-1][2]
    if last.phase is Phase.MERGED:
        return
    counted.cohort[last.phase.value] += 1
    visits: dict[Key, Visit] = {}
    for position, _, journey in told:
        for key, (began, ended, how) in stays(journey).items():
            old = visits.get(key)
            if old is None or (old.began, old.ended, old.how) != (began, ended, how):
                first = old.first if old else position
                visits[key] = Visit(f"{key[0]}:{key[1]}", began, ended, how, first, position)
    final = stays(last)
    begins: list[tuple[datetime, int, str]] = []
    ends: list[tuple[datetime, int, str]] = []
    closed_at = {}
    before = None
    for position, recorded_at, journey in told:
        if before is None:
            ends.append((journey.opened_at, 2 * position - 2, "opened"))
        elif journey.reopened > before.reopened:
            ends.append((recorded_at, 2 * position - 2, "reopened"))
        if journey.closing and (before is None or before.closing is None):
            begins.append((journey.closing.at, 2 * position + 1, f"closed:{journey.closing.reason.value}"))
            closed_at[position] = journey.closing
        before = journey
    for (kind, _, _), visit in visits.items():
        node = visit.node
        counted.visits[node] += 1
        counted.journeys[node].add(last.id)
        how = visit.how
        if (how == "left" and visit.last in closed_at) or (how == "open" and last.phase is Phase.CLOSED):
            how = "closed-in"
        counted.how[node, how] += 1
        at_once = visit.how == "finished" and visit.first == visit.last
        begins.append((visit.began, 2 * visit.first + (-1 if at_once else 1), node))
        if visit.how == "finished":
            counted.days[node].append(max(0.0, (visit.ended - visit.began) / DAY))
            if kind == "step":
                ends.append((visit.ended, 2 * visit.last, node))
    assert set(final) <= set(visits)
    for at, order, node in ends:
        later = [each for each in begins if each[:2] > (at, order)]
        for each in later:
            if each[0] == min(later)[0]:
                counted.edges[node, each[2]] += 1
    if last.closing:
        counted.closings[last.closing.reason.value] += 1
    counted.reached.update(list(last.milestones))
    for (_, cause), days in _waits(told, moment).items():
        counted.waits[cause].append(days)


def _waits(told: list[tuple[int, datetime, Journey]], moment: datetime) -> dict[tuple[object, str], float]:
    found: dict[tuple[object, str], float] = {}
    for n, (_, _, journey) in enumerate(told):
        until = told[n + 1][1] if n + 1 < len(told) else moment
        for step in journey.steps.values():
            if step.status is StepStatus.OPEN and step.stall is not None:
                key = ((step.key, step.stall.since), step.stall.cause.value)
                found[key] = max(0.0, (until - step.stall.since) / DAY)
    return found


@pytest.mark.parametrize("seed", [11, 12, 13])
def test_figures_are_those_counted_by_hand(office: Office, seed: int) -> None:
    """As known at many moments of histories in which much is told late, corrected, closed and reopened."""
    at_random(office, seed, commands=90)
    office.project()
    recorded = sorted({each.recorded_at for history in histories(office) for each in history})
    for moment in [*recorded[::9], recorded[-1] + DAY]:
        flow, counted = read_flow(office.reader, Cohort(), at=moment), count(office, moment)
        assert (flow.open, flow.closed) == (counted.cohort["open"], counted.cohort["closed"])
        assert flow.journeys == counted.cohort.total()
        assert {node.key: node.visits for node in flow.nodes} == counted.visits
        for node in flow.nodes:
            assert node.journeys == len(counted.journeys[node.key])
            how = [counted.how[node.key, word] for word in ("finished", "open", "left", "closed-in")]
            assert [node.finished, node.open, node.stopped, node.closed_in] == how, (node, moment)
            days = counted.days[node.key]
            assert node.median == (pytest.approx(median(days)) if days else None)
        assert {(edge.source, edge.target): edge.times for edge in flow.edges} == counted.edges, moment
        assert flow.closings == counted.closings
        assert {wait.cause: wait.times for wait in flow.waits} == {c: len(d) for c, d in counted.waits.items()}
        for wait in flow.waits:
            assert wait.total == pytest.approx(sum(counted.waits[wait.cause]))
        reached = {name.partition(":")[2]: c.events for name, c in flow.curves.items() if ":" in name}
        assert reached == counted.reached
        assert flow.curves["closure"].events == flow.closed
        assert all(c.observed == flow.journeys for c in flow.curves.values())


def test_a_small_flow_counted_on_paper(office: Office) -> None:
    """One goes on to a visit; one waits and is closed; one is reopened and left in a stage that was stopped."""
    office.log.set_clock(MONDAY)
    going, waiting, back = (office.open() for _ in range(3))
    for day, journey in enumerate((going, waiting, back), 2):
        office.log.set_clock(MONDAY + day * DAY)
        advance(office, journey, "contact")
    office.give(waiting, StallStep(step="plan", cause=StallCause.WAITING_ON_COURT))
    office.log.set_clock(MONDAY + 10 * DAY)
    advance(office, going, "plan")
    office.give(waiting, CloseJourney(reason=ClosingReason.MISSING))
    advance(office, back, "plan")
    office.give(back, CloseJourney(reason=ClosingReason.MISSING))
    office.log.set_clock(MONDAY + 12 * DAY)
    office.give(back, ReopenJourney(reason=ReopeningReason.FOUND))
    office.give(back, LeaveStage(stage="support"))
    office.give(back, EnterStage(stage="support"))
    office.project()
    flow = read_flow(office.reader, Cohort(opened_from=MONDAY, pathway="small"), at=MONDAY + 20 * DAY)
    nodes = {node.key: node for node in flow.nodes}
    contact, plan, support = nodes["step:contact"], nodes["step:plan"], nodes["stage:support"]
    assert (contact.journeys, contact.finished) == (3, 3)
    assert contact.median == pytest.approx(3, abs=1e-4)
    assert (plan.journeys, plan.finished, plan.closed_in) == (3, 2, 1)
    assert (support.journeys, support.visits, support.repeated, support.stopped) == (2, 3, 1, 1)
    times = {(edge.source, edge.target): edge.times for edge in flow.edges}
    assert (times["opened", "step:contact"], times["step:contact", "step:plan"]) == (3, 3)
    assert {pair: n for pair, n in times.items() if pair[0] == "reopened"} == {("reopened", "step:follow-up"): 1}
    (wait,) = flow.waits
    assert (wait.cause, wait.times) == ("waiting-on-court", 1)
    assert wait.median == pytest.approx(6, abs=1e-4)
    assert (flow.closings, flow.closed, flow.open) == ({"missing": 1}, 1, 2)
    assert [point.at_risk for point in flow.curves["closure"].points] == [3]
    assert flow.curves["milestone:plan-agreed"].events == 2


def test_a_cohort_is_those_that_match_everything(office: Office) -> None:
    """By when they were opened, pathway, version, stage, reason; and one of nobody has no figures."""
    office.log.set_clock(MONDAY)
    first = office.open()
    office.give(first, CloseJourney(reason=ClosingReason.REFERRED))
    office.log.set_clock(MONDAY + 5 * DAY)
    second = office.open()
    advance(office, second, "contact")
    advance(office, second, "plan")
    office.project()
    at = MONDAY + 9 * DAY

    def journeys(cohort: Cohort) -> int | None:
        return read_flow(office.reader, cohort, at=at).journeys

    assert journeys(Cohort()) == 2
    assert journeys(Cohort(opened_until=MONDAY + 5 * DAY)) == 1
    assert journeys(Cohort(opened_from=MONDAY, opened_until=MONDAY)) == 0
    assert journeys(Cohort(stage="support")) == 1
    assert journeys(Cohort(reason=ClosingReason.REFERRED)) == 1
    assert journeys(Cohort(pathway="small", version=1)) == 2
    assert journeys(Cohort(pathway="small", version=2)) == 0
    nobody = read_flow(office.reader, Cohort(pathway="other"), at=at)
    assert (nobody.nodes, nobody.edges, nobody.waits, nobody.closings, nobody.curves) == ((), (), (), {}, {})


def node(what: str, journeys: int, **more: int) -> Node:
    """A step with these counts; all visits finished unless `more` says otherwise."""
    counts = {"visits": journeys, "finished": journeys, "open": 0, "stopped": 0, "closed_in": 0, **more}
    return Node("step", what, "intake", journeys, median=2.0, p90=4.0, **counts)


def flow_of(*nodes: Node, journeys: int = 100, closings: dict[str, int | None] | None = None) -> Flow:
    """Without edges."""
    return Flow(MONDAY, journeys, journeys, 0, nodes, (), (), closings or {}, {})


def test_few_are_not_told() -> None:
    """Neither their number nor their times, nor what these could be worked out from."""
    few, enough = node("a", SMALLEST - 1), node("b", SMALLEST)
    partly = node("c", 50, finished=48, open=2)
    shown = guarded(flow_of(few, enough, partly, closings={"missing": 3, "referred": 40, "death": 30})).nodes
    assert (shown[0].journeys, shown[0].visits, shown[0].median) == (None, None, None)
    assert shown[1] == enough
    assert (shown[2].journeys, shown[2].finished, shown[2].open, shown[2].stopped) == (50, None, None, 0)
    closings = guarded(flow_of(closings={"missing": 3, "referred": 40, "death": 30})).closings
    assert closings == {"missing": None, "referred": 40, "death": None}
    nobody = guarded(flow_of(enough, journeys=SMALLEST - 1))
    assert (nobody.journeys, nobody.nodes) == (None, ())
    assert guarded(flow_of(node("r", 50, visits=53, finished=53))).nodes[0].visits is None


def test_thresholds_keep_the_ends(office: Office) -> None:
    """What too few went through goes, with the paths to it; opening and closing stay."""
    office.log.set_clock(MONDAY)
    for n in range(4):
        journey = office.open()
        advance(office, journey, "contact")
        if n == 0:
            advance(office, journey, "plan", StepOutcome.DECLINED)
            office.give(journey, CloseJourney(reason=ClosingReason.CLIENT_WISH))
    office.project()
    flow = read_flow(office.reader, Cohort(), at=MONDAY + DAY)
    assert simplified(flow) == flow
    most = simplified(flow, nodes=50, edges=50)
    assert {each.key for each in most.nodes} == {"stage:intake", "step:contact", "step:plan"}
    assert ("step:plan", "closed:client-wish") not in {(e.source, e.target) for e in most.edges}
    assert any(is_end(edge.source) for edge in most.edges)
    assert replace(most, nodes=flow.nodes, edges=flow.edges) == flow
