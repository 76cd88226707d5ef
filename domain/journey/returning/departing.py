"""Whether anybody may leave, and that they left.

`may_depart` is the one place that says what is missing. Another part that has a say, such as the approval of a second
person, registers a function with `required_to_depart`; nothing here needs to change for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from domain.calendar import add, calendar_of, local_date
from domain.journey.approval.needing import refuse_unapproved
from domain.journey.deciding import Decision, Surroundings, decides
from domain.journey.returning import timing
from domain.journey.returning.codes import DocumentStatus, ReturnMove, Verdict
from domain.journey.returning.commands import DepartOnReturn
from domain.journey.returning.finding import find_for
from domain.journey.returning.state import ReturnState
from domain.journey.returning.way_events import ReturnDeparted
from domain.journey.state import Journey
from domain.journey.timing import misdated
from domain.pathway.approvals import ApprovalMatter
from domain.pathway.model import Pathway
from domain.pathway.returning import Preparation, ReturningRules
from domain.refusal import RefusalCode, Refused, Unmet


class Leaving(NamedTuple):
    """A departure to be looked at: of this return, at this instant."""

    journey: Journey
    state: ReturnState
    rules: ReturningRules
    pathway: Pathway
    at: datetime


Requirement = Callable[[Leaving], Iterable[Unmet]]
REQUIRED: list[Requirement] = []


def required_to_depart(requirement: Requirement) -> Requirement:
    """Registers what must hold before anybody leaves: a pure function that names what is missing."""
    REQUIRED.append(requirement)
    return requirement


def may_depart(journey: Journey, state: ReturnState, pathway: Pathway, at: datetime) -> tuple[Unmet, ...]:
    """Everything that is missing before they may leave at that instant; empty: they may.

    A pathway without the section lets nobody leave.
    """
    rules = pathway.returning
    if rules is None:
        return tuple(_missing(which) for which in Preparation)
    leaving = Leaving(journey, state, rules, pathway, at)
    return tuple(unmet for requirement in REQUIRED for unmet in requirement(leaving))


def _missing(which: Preparation) -> Unmet:
    return Unmet(kind="return", name=which.value, wants="ready")


@required_to_depart
def _wish(leaving: Leaving) -> Iterable[Unmet]:
    """Nobody is returned but as they wish (IOM, assisted voluntary return)."""
    return () if leaving.state.voluntariness is not None else (_missing(Preparation.VOLUNTARINESS),)


@required_to_depart
def _risk(leaving: Leaving) -> Iterable[Unmet]:
    found = leaving.state.assessment
    return () if found is not None and found.verdict is Verdict.CLEAR else (_missing(Preparation.ASSESSMENT),)


@required_to_depart
def _documents(leaving: Leaving) -> Iterable[Unmet]:
    """Ready, and valid long enough on the day of arrival; one that nobody mentioned is missing."""
    state = leaving.state
    for rule in leaving.rules.documents:
        found = state.documents.get(rule.document)
        if found is None and not rule.is_for(state.direction, state.purpose):
            continue
        if found is not None and found.status is DocumentStatus.NOT_NEEDED:
            continue
        if found is None or found.status is not DocumentStatus.READY:
            yield Unmet(kind="return-document", name=rule.document, wants="ready")
        elif found.valid_until is not None:
            arrives = state.route.arrives_at if state.route else leaving.at
            day = add(local_date(arrives, leaving.pathway.zone), rule.outlasts, calendar_of(leaving.pathway.calendar))
            if found.valid_until < day:
                yield Unmet(kind="return-document", name=rule.document, wants="valid")


@required_to_depart
def _receiver(leaving: Leaving) -> Iterable[Unmet]:
    """Somebody receives them, and the client agrees that they learn of it (Law 87/2018, art. 15)."""
    agreed = leaving.state.agreed_receiver
    if agreed is None:
        yield _missing(Preparation.RECEIVER)
    elif leaving.journey.consent(leaving.rules.consent, agreed, at=leaving.at) is None:
        yield Unmet(kind="consent", name=leaving.rules.consent.value, wants="given")


@required_to_depart
def _escort(leaving: Leaving) -> Iterable[Unmet]:
    return () if leaving.state.escort is not None else (_missing(Preparation.ESCORT),)


@required_to_depart
def _route(leaving: Leaving) -> Iterable[Unmet]:
    return () if leaving.state.route is not None else (_missing(Preparation.ROUTE),)


@decides(DepartOnReturn)
def _depart(journey: Journey, command: DepartOnReturn, surroundings: Surroundings) -> Decision:
    found = find_for(journey, command.number, command.seen, ReturnMove.DEPART, surroundings)
    if isinstance(found, Refused):
        return found
    if refused := misdated(journey, command.occurred_at, surroundings):
        return refused
    state, rules = found
    at = command.occurred_at or surroundings.now
    missing = may_depart(journey, state, surroundings.pathway, at)
    if missing or state.route is None:
        return Refused(
            code=RefusalCode.RETURN_NOT_READY,
            part=state.key,
            part_version=state.version,
            unmet=missing,
            other=state.agreed_receiver,
        )
    if refused := refuse_unapproved(journey, ApprovalMatter.RETURN, surroundings, of=state.number):
        return refused
    # Who left later than planned arrives later: the alarm follows the later of the two.
    late = max(at - state.route.departs_at, timedelta(0))
    departed = ReturnDeparted(
        number=state.number,
        timers=(timing.handover(state.route.arrives_at + late, rules, surroundings),),
        note=command.note,
        occurred_at=command.occurred_at,
    )
    return (departed,)
