"""The words of what stands in a report's cells: titles of the pathways, labels of closed lists, months."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from enum import Enum
from types import MappingProxyType

from analysis.reports.calls import Calling
from analysis.reports.court import Length
from analysis.reports.definition import Absent, Dimension
from analysis.reports.helping import ConsentAnswer, PlanStanding
from analysis.reports.people import AgeGroup
from analysis.reports.safety import FirstAssessment, SafetyPlanStanding
from domain.codes import ClosingReason, ConsentPurpose, ReopeningReason
from domain.journey.hearing.codes import DateEnd, HearingReason
from domain.journey.proceedings.codes import ProceedingsOutcome, PropertyClaimStatus, ProtectionStatus
from domain.journey.residence.codes import PermitStatus
from domain.journey.returning.codes import CheckOutcome, CheckStatus, ReturnStatus
from domain.journey.service.codes import Move, ReferralStatus, WouldReturn
from domain.journey.service_plan.state import GoalProgress
from domain.mission.codes import MissionPhase, MissionPurpose
from domain.pathway.common import Title
from domain.pathway.formal_status import FormalStatus
from domain.pathway.hearings import Matter
from domain.pathway.model import Pathway
from domain.pathway.returning import ReturnDirection
from domain.pathway.safety_titles import goal_title
from staff.forms.field import capital
from staff.i18n.words import Words

_D = Dimension
LISTS: Mapping[Dimension, tuple[type[Enum], ...]] = MappingProxyType(
    {
        _D.CALLING: (Calling,),
        _D.STATUS: (FormalStatus, Absent),
        _D.AGE: (AgeGroup,),
        _D.DECISION: (FormalStatus, Absent),
        _D.EXPLOITATION: (Absent,),
        _D.SERVICE_MOVE: (Move, Absent),
        _D.REFERRAL: (ReferralStatus,),
        _D.PURPOSE: (ConsentPurpose,),
        _D.CONSENT: (ConsentAnswer,),
        _D.PLAN: (PlanStanding,),
        _D.PROGRESS: (GoalProgress,),
        _D.WOULD_RETURN: (WouldReturn,),
        _D.SAFETY_PLAN: (SafetyPlanStanding,),
        _D.ASSESSED: (FirstAssessment,),
        _D.PERMIT_STATUS: (PermitStatus,),
        _D.DIRECTION: (ReturnDirection,),
        _D.RETURN: (ReturnStatus,),
        _D.CHECKED: (CheckOutcome, CheckStatus),
        _D.MATTER: (Matter,),
        _D.SITTING: (DateEnd, Absent),
        _D.REASON: (HearingReason,),
        _D.PROTECTION: (ProtectionStatus, Absent),
        _D.CLAIM: (PropertyClaimStatus,),
        _D.LENGTH: (Length,),
        _D.OUTCOME: (ProceedingsOutcome,),
        _D.CLOSING: (ClosingReason,),
        _D.REOPENING: (ReopeningReason,),
        _D.MISSION: (MissionPurpose,),
        _D.MISSION_PHASE: (MissionPhase,),
    }
)
"""The closed lists that the values of a dimension are of."""


def _exploitation(pathway: Pathway, code: str) -> Title | None:
    choices = (choice for form in pathway.screening for _, question in form.places() for choice in question.choices)
    return next((choice.title for choice in choices if choice.htcds == code), None)


def _hotline(pathway: Pathway, dimension: Dimension) -> Iterator[tuple[str, Title]]:
    if pathway.hotline is not None:
        match dimension:
            case Dimension.CALLER:
                yield from ((each.kind, each.title) for each in pathway.hotline.callers)
            case Dimension.TOPIC:
                yield from ((each.topic, each.title) for each in pathway.hotline.topics)
            case _:
                yield from ((each.duty, each.title) for each in pathway.hotline.duties)


def _of_hotline(dimension: Dimension) -> Callable[[Pathway, str], Title | None]:
    return lambda pathway, code: dict(_hotline(pathway, dimension)).get(code)


def _service(pathway: Pathway, code: str) -> Title | None:
    found = pathway.services.find(code) if pathway.services else None
    return found.title if found else None


def _decider(pathway: Pathway, code: str) -> Title | None:
    found = pathway.formal_status.find_decider(code) if pathway.formal_status else None
    return found.title if found else None


def _permit(pathway: Pathway, code: str) -> Title | None:
    found = pathway.residence.find_kind(code) if pathway.residence else None
    return found.title if found else None


def _check(pathway: Pathway, code: str) -> Title | None:
    checks = pathway.returning.checks if pathway.returning else ()
    return next((check.title for check in checks if check.check == code), None)


TITLES: Mapping[Dimension, Callable[[Pathway, str], Title | None]] = MappingProxyType(
    {
        _D.PATHWAY: lambda pathway, code: pathway.title if pathway.pathway == code else None,
        _D.CALLER: _of_hotline(_D.CALLER),
        _D.TOPIC: _of_hotline(_D.TOPIC),
        _D.DUTY: _of_hotline(_D.DUTY),
        _D.DECIDER: _decider,
        _D.EXPLOITATION: _exploitation,
        _D.SERVICE: _service,
        _D.PERMIT: _permit,
        _D.CHECK: _check,
        _D.GOAL: goal_title,
    }
)
"""Where the title of a value stands in a pathway."""


class CellWords:
    """Names the values of cells by the newest pathways; what none of them knows is named by its code."""

    def __init__(self, pathways: list[Pathway], words: Words) -> None:
        self._pathways = pathways
        self._words = words

    def __call__(self, dimension: str, code: str) -> str:
        """The words of a code in this dimension."""
        wanted = Dimension(dimension)
        for listed in LISTS.get(wanted, ()):
            if code in {member.value for member in listed}:
                return capital(self._words.label(listed(code)))
        if wanted is Dimension.MONTH:
            return capital(self._words.month(datetime.fromisoformat(f"{code}-15T12:00").replace(tzinfo=UTC)))
        find = TITLES.get(wanted)
        titles = (find(pathway, code) for pathway in self._pathways) if find else ()
        return next((capital(self._words.title(title)) for title in titles if title is not None), code)
