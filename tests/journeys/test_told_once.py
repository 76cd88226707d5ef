"""Nobody is reminded twice of one fact: what a return or a hearing owes by itself, nothing else owes too.

Told on the published pathway with everything that its words allow: the stage of returns is entered, its steps are
opened and done, the service of the catalogue is asked for, and a hearing's plan is started; after each decision and on
each day of the way there is at most one live obligation for each fact and person.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, time, timedelta
from uuid import UUID

from domain.codes import ConsentPurpose, ObligationKind, Role, StepOutcome
from domain.command import Command
from domain.journey import obligations
from domain.journey.advancing import AdvanceStep, OpenStep
from domain.journey.assignment import Assign
from domain.journey.consent import GiveConsent
from domain.journey.hearing.codes import HearingOutcome, TaskStatus
from domain.journey.hearing.commands import HoldHearing, PlanHearing, SettleHearingTask, SummonHearing
from domain.journey.returning.codes import CheckOutcome, DocumentStatus, Receipt, StopReason
from domain.journey.returning.commands import (
    BeginReturn,
    ConfirmHandover,
    HoldReturnCheck,
    SettleReturnDocument,
    StopReturn,
)
from domain.journey.service.codes import Move, ServiceOutcome, ServiceStatus
from domain.journey.service.commands import AdvanceService, AssessServiceNeed
from domain.journey.service.detailing import DetailService
from domain.journey.service.record import On
from domain.journey.stages import EnterStage
from domain.journey.state import StepStatus
from domain.pathway.model import Opens
from domain.pathway.returning import ReturnDirection, ReturnPurpose
from domain.refusal import Refused
from domain.stream.obligation import Obligation
from tests.journeys.by_hand import LAWYER, SUPERVISOR, ByHand
from tests.journeys.test_witness_brought_back import HERE, THERE, depart, moment, prepare, travel

DRIVER = UUID("00000000-0000-4000-8000-00000000a004")
FACTS = {
    # What a return owes, by its items.
    "return:voluntariness": "wish",
    "return:assessment": "risk of the return",
    "return:receiver": "receiver",
    "return:escort": "way and escort",
    "return:route": "way and escort, the route",
    "return:document-travel-document": "papers",
    "return:departure": "departure",
    "return:handover": "arrival",
    "return:way-home": "way home",
    "return:check-after-14-days": "first check",
    # What steps of the pathway say of the same.
    "step:voluntariness": "wish",
    "step:return-risk-assessment": "risk of the return",
    "step:travel-documents": "papers",
    "step:receiving-organisation": "receiver",
    "step:route-and-escort": "way and escort",
    "step:departure": "departure",
    "step:handover": "arrival",
    "step:check-after-return": "first check",
    "step:return-follow-up": "later checks",
    "step:witness-return": "arrival",
    "return:check-after-3-months": "later checks",
    # What services and hearings say of it.
    "term:travel-document": "papers",
    "follow-up:return-from-serbia": "first check",
    "awaited:return-from-serbia": "departure",
    "awaited:coming-to-testify": "departure",
    "follow-up:coming-to-testify": "way home",
    "task:consent-and-risk": "wish",
    "task:travel-documents": "papers",
    "task:ticket-and-escort": "way and escort",
    "task:arrival": "arrival",
    "task:way-home": "way home",
    "task:talk-and-return": "way home",
    "task:check-after-return": "first check",
    "task:stay-and-interpreter": "interpreter",
    "arrangement:interpreter": "interpreter",
}
"""The facts of which more than one part of a pathway could speak."""


def awaits_its_date(story: ByHand, key: str) -> bool:
    """Whether what is owed of a service is to keep its date."""
    return story.here.services.each[key].status in (ServiceStatus.PLANNED, ServiceStatus.SCHEDULED)


def fact(story: ByHand, owed: Obligation) -> str:
    """What an obligation is about; by its own key where nothing else could speak of it."""
    kind, _, rest = owed.key.partition(":")
    last = rest.rpartition(":")[2]
    match kind:
        case "step":
            name = f"step:{rest.partition(':')[0]}"
        case "return":
            name = f"return:{last}"
        case "hearing" if ":" in rest:
            name = ":".join(rest.split(":")[1:])
        case "service" if owed.kind is ObligationKind.SERVICE_TERM:
            name = f"term:{last}"
        case "service" if owed.what is not None and awaits_its_date(story, owed.key):
            name = f"awaited:{owed.what}"
        case _:
            name = owed.key
    return FACTS.get(name, owed.key)


def told_twice(story: ByHand) -> dict[tuple[str, object], list[str]]:
    """The facts of which one person is reminded under more than one key, now."""
    found = defaultdict(list)
    for owed in obligations(story.here):
        found[fact(story, owed), owed.owner.staff or owed.owner.role].append(owed.key)
    following = {s.service: s.key for s in story.here.services.each.values() if s.status.value == "follow-up-due"}
    for service, key in following.items():
        for one in found.values():
            if one != [key] and key not in one and _same(service, one):
                one.append(key)
    return {of: keys for of, keys in found.items() if len(keys) > 1}


def _same(service: str, keys: list[str]) -> bool:
    wanted = FACTS.get(f"follow-up:{service}")
    return any(FACTS.get(f"return:{key.rpartition(':')[2]}") == wanted for key in keys if key.startswith("return:"))


def watched(story: ByHand, *commands: Command) -> None:
    """Commands that are taken; after each nobody is told twice."""
    for command in commands:
        story.tell(command)
        assert told_twice(story) == {}, command


def days(story: ByHand, until: date) -> None:
    """Every day until then."""
    day = story.now.date()
    while day < until:
        day += timedelta(days=1)
        story.on(day, time(18))
        assert told_twice(story) == {}, day


def everything_of_the_stage(story: ByHand) -> None:
    """Opens what of the stage may be opened, and does what waits for nothing else, until nothing new comes."""
    stage = story.pinned.pathway.find_stage("repatriation")
    assert stage is not None
    for _ in stage.steps:
        for step in stage.steps:
            if step.opens is Opens.BY_DECISION and not story.here.occurrences(step.step):
                story.ask(OpenStep(step=step.step))
                if not isinstance(story.ask(OpenStep(step=step.step)), Refused):
                    watched(story, OpenStep(step=step.step))
        for state in list(story.here.steps.values()):
            if state.stage == stage.stage and state.status is StepStatus.OPEN and state.appointment is None:
                assert told_twice(story) == {}, state.key
                if state.step == "return-counselling":
                    watched(story, AdvanceStep(step=state.step, outcome=StepOutcome.DONE))


def told() -> ByHand:
    """Everybody is there, and the client consents to all of it."""
    story = ByHand(moment(date(2026, 9, 1)))
    for role, staff in ((Role.LAWYER, LAWYER), (Role.SUPERVISOR, SUPERVISOR)):
        story.tell(Assign(role=role, staff=staff))
    for purpose in (ConsentPurpose.ASSISTANCE, ConsentPurpose.REPATRIATION, ConsentPurpose.REFERRAL):
        story.tell(GiveConsent(purpose=purpose))
    return story


def consented(story: ByHand, service: str) -> None:
    """The service of the catalogue is wanted and agreed to."""
    watched(story, AssessServiceNeed(service=service))
    watched(story, AdvanceService(service=service, move=Move.OFFER))
    watched(story, AdvanceService(service=service, move=Move.CONSENT))


def test_who_returns_is_spoken_of_once() -> None:
    """From the wish to the checks, with the stage entered, its steps opened and the service asked for."""
    story = told()
    watched(story, EnterStage(stage="repatriation"))
    consented(story, "return-from-serbia")
    watched(story, BeginReturn(direction=ReturnDirection.OUTBOUND, country="MD"))
    everything_of_the_stage(story)
    days(story, date(2026, 9, 7))
    prepare(story, 1, THERE, "fit-to-travel")
    passport = date(2026, 12, 1)
    watched(
        story,
        SettleReturnDocument(number=1, document="travel-document", status=DocumentStatus.READY, valid_until=passport),
        DetailService(service="return-from-serbia", details=(On(field="travel-document-until", on=passport),)),
    )
    leaves = moment(date(2026, 9, 23), 7)
    travel(story, 1, leaves)
    service = "return-from-serbia"
    watched(story, AdvanceService(service=service, move=Move.PLAN))
    watched(story, AdvanceService(service=service, move=Move.SCHEDULE, appointment=leaves))
    days(story, date(2026, 9, 22))
    assert not list(story.fired(f"service:{service}:1"))[2:], "no reminder of its date: the departure has them"
    story.on(date(2026, 9, 23), time(7, 30))
    depart(story, 1)
    story.on(date(2026, 9, 23), time(18))
    watched(story, ConfirmHandover(number=1, receipt=Receipt.SIGNED))
    assert story.here.services.each[f"service:{service}:1"].status is ServiceStatus.CARRIED_OUT
    watched(
        story,
        AdvanceService(service="return-from-serbia", move=Move.RECORD_OUTCOME, outcome=ServiceOutcome.ACHIEVED),
    )
    days(story, date(2026, 10, 7))
    watched(story, HoldReturnCheck(number=1, check="after-14-days", outcome=CheckOutcome.SAFE))
    assert "returned-safely" in story.here.milestones
    days(story, date(2026, 12, 24))


def test_who_comes_back_to_testify_is_spoken_of_once() -> None:
    """The plan of the hearing is started first, and its days bind what the return owes."""
    story = told()
    watched(story, EnterStage(stage="repatriation"))
    watched(story, SummonHearing(hearing_kind="witness-examination", starts_at=moment(date(2027, 1, 20))))
    watched(story, PlanHearing(hearing=1, plan="witness-from-abroad"))
    visit = BeginReturn(direction=ReturnDirection.INBOUND, country="MD", purpose=ReturnPurpose.TESTIMONY, hearing=1)
    watched(story, visit)
    everything_of_the_stage(story)
    owed = {o.key: o for o in obligations(story.here)}
    # The plan asks for the papers seventy-five days before the hearing.
    assert owed["return:1:document-entry-permit"].clockwork.deadline.due_on <= date(2026, 11, 6)
    assert "hearing:1:task:stay" in owed, "of what no return speaks, the plan does"
    days(story, date(2026, 10, 1))
    prepare(story, 1, HERE, "travel-document", "fit-to-travel", "entry-permit")
    travel(story, 1, moment(date(2027, 1, 19), 6))
    days(story, date(2027, 1, 18))
    story.on(date(2027, 1, 19), time(6, 30))
    depart(story, 1)
    story.on(date(2027, 1, 19), time(14))
    watched(story, ConfirmHandover(number=1, receipt=Receipt.SIGNED))
    story.on(date(2027, 1, 20), time(12))
    watched(story, HoldHearing(hearing=1, outcome=HearingOutcome.CLIENT_HEARD))
    days(story, date(2027, 2, 10))


def test_a_service_that_is_a_return_speaks_of_its_date_where_no_return_does() -> None:
    """Of another sort, or off: then somebody has to keep the date of the service."""
    story = told()
    consented(story, "coming-to-testify")
    consented(story, "return-from-serbia")
    for service in ("coming-to-testify", "return-from-serbia"):
        watched(story, AdvanceService(service=service, move=Move.PLAN))
    before = {o.key: o for o in obligations(story.here) if o.kind is ObligationKind.SERVICE}
    watched(story, BeginReturn(direction=ReturnDirection.OUTBOUND, country="MD"))
    during = {o.key: o for o in obligations(story.here) if o.kind is ObligationKind.SERVICE}
    assert during == {"service:coming-to-testify:1": before["service:coming-to-testify:1"]}
    story.tell(StopReturn(number=1, reason=StopReason.CLIENT_UNREACHABLE))
    assert {o.key: o for o in obligations(story.here) if o.kind is ObligationKind.SERVICE} == before


def test_when_the_return_is_off_the_plan_speaks_again() -> None:
    """What is still to be done for the hearing is not forgotten, and what was done by hand stays done."""
    story = told()
    story.tell(SummonHearing(hearing_kind="witness-examination", starts_at=moment(date(2027, 1, 20))))
    story.tell(PlanHearing(hearing=1, plan="witness-from-abroad"))
    story.tell(SettleHearingTask(hearing=1, task="consent-and-risk", status=TaskStatus.DONE))
    before = {o.key for o in obligations(story.here) if o.kind is ObligationKind.HEARING_TASK}
    visit = BeginReturn(direction=ReturnDirection.INBOUND, country="MD", purpose=ReturnPurpose.TESTIMONY, hearing=1)
    story.tell(visit)
    silent = before - {o.key for o in obligations(story.here) if o.kind is ObligationKind.HEARING_TASK}
    assert silent == {
        f"hearing:1:task:{task}"
        for task in ("travel-documents", "ticket-and-escort", "arrival", "way-home", "check-after-return")
    }
    story.tell(StopReturn(number=1, reason=StopReason.CLIENT_UNREACHABLE))
    assert {o.key for o in obligations(story.here) if o.kind is ObligationKind.HEARING_TASK} == before
