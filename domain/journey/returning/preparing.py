"""Deciders: the wish, the joint assessment, documents and consulate, who receives, who travels along, the route."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from domain.calendar import local_date
from domain.codes import ConsentGiver
from domain.journey.deciding import Decision, Surroundings, decides
from domain.journey.proceedings.ladders import day_deadline
from domain.journey.returning import timing
from domain.journey.returning.codes import (
    DocumentStatus,
    Finding,
    ReceiverAnswer,
    ReceiverStatus,
    Verdict,
)
from domain.journey.returning.commands import (
    AnswerReceiver,
    ArrangeEscort,
    AskReceiver,
    AssessReturn,
    DeclareVoluntariness,
    PlanReturnRoute,
    SettleReturnDocument,
)
from domain.journey.returning.events import (
    EscortArranged,
    ReceiverAnswered,
    ReceiverAsked,
    ReturnAssessed,
    ReturnDocumentSettled,
    RoutePlanned,
    VoluntarinessDeclared,
)
from domain.journey.returning.finding import Found, find_prepared
from domain.journey.returning.state import ReturnState, Route, return_key
from domain.journey.returning.values import ItemTimer, Timers
from domain.journey.standing import ConsentKey
from domain.journey.state import Journey
from domain.journey.timing import misdated
from domain.pathway.returning import DocumentRule, Preparation, ReturningRules
from domain.pathway.returning_items import document_item
from domain.refusal import RefusalCode, Refused, Unmet


@decides(DeclareVoluntariness)
def _declare(journey: Journey, command: DeclareVoluntariness, surroundings: Surroundings) -> Decision:
    found = find_prepared(journey, command.number, command.seen, surroundings)
    if isinstance(found, Refused):
        return found
    if refused := misdated(journey, command.occurred_at, surroundings):
        return refused
    at = command.occurred_at or surroundings.now
    is_child = journey.minority is not None and at < journey.minority.adult_at
    if command.giver is ConsentGiver.GUARDIAN and not is_child:
        return Refused(code=RefusalCode.OWN_CONSENT_REQUIRED, part=found.state.key)
    if found.state.voluntariness is not None and found.state.voluntariness.giver is command.giver:
        return ()
    declared = VoluntarinessDeclared(
        number=command.number,
        giver=command.giver,
        language=command.language,
        note=command.note,
        occurred_at=command.occurred_at,
    )
    return (declared,)


@decides(AssessReturn)
def _assess(journey: Journey, command: AssessReturn, surroundings: Surroundings) -> Decision:
    found = find_prepared(journey, command.number, command.seen, surroundings)
    if isinstance(found, Refused):
        return found
    if refused := misdated(journey, command.occurred_at, surroundings):
        return refused
    state, rules = found
    form = journey.assessments.get(state.form)
    if form is None or form.version <= state.risk_version:
        part = form.key if form else f"assessment:{state.form}"
        return Refused(code=RefusalCode.ASSESSMENT_OUTDATED, part=part, allowed=(state.form,))
    blocked = Finding.NOT_SAFE in (command.ours, command.theirs) or form.overall.rank >= rules.blocks_at.rank
    timers = tuple(_missing(Preparation.ASSESSMENT, state, rules, surroundings)) if blocked else ()
    assessed = ReturnAssessed(
        number=state.number,
        assessment=state.form,
        assessment_version=form.version,
        overall=form.overall,
        partner=command.partner,
        ours=command.ours,
        theirs=command.theirs,
        verdict=Verdict.BLOCKED if blocked else Verdict.CLEAR,
        timers=timers,
        note=command.note,
        occurred_at=command.occurred_at,
    )
    return (assessed,)


@decides(SettleReturnDocument)
def _document(journey: Journey, command: SettleReturnDocument, surroundings: Surroundings) -> Decision:
    found = find_prepared(journey, command.number, None, surroundings)
    if isinstance(found, Refused):
        return found
    state, rules = found
    part, rule = return_key(state.number, document_item(command.document)), rules.find_document(command.document)
    if rule is None:
        known = tuple(d.document for d in rules.documents)
        return Refused(code=RefusalCode.UNKNOWN_DOCUMENT, part=state.key, allowed=known)
    old = state.documents.get(command.document)
    if command.seen is not None and command.seen != (old.version if old else 0):
        return Refused(code=RefusalCode.PART_CHANGED, part=part, part_version=old.version if old else 0)
    today = local_date(surroundings.now, surroundings.pathway.zone)
    if command.on is not None and command.on > today:
        return Refused(code=RefusalCode.DATE_IN_THE_FUTURE, part=part)
    if command.valid_until is not None and command.valid_until < today:
        return Refused(code=RefusalCode.DATE_IN_THE_PAST, part=part)
    settled = ReturnDocumentSettled(
        number=state.number,
        document=command.document,
        status=command.status,
        on=command.on,
        valid_until=command.valid_until,
        consulate=command.consulate,
        stored=command.stored,
        timers=_document_timers(command, rule, found, surroundings),
        note=command.note,
    )
    return (settled,)


def _document_timers(
    command: SettleReturnDocument, rule: DocumentRule, found: Found, surroundings: Surroundings
) -> Timers:
    """What is owed of the document from now on: that it is got, or that it does not run out before they leave."""
    state, rules = found
    item, old = document_item(command.document), state.documents.get(command.document)
    match command.status:
        case DocumentStatus.READY if command.valid_until is not None:
            deadline = day_deadline(rules.expiry, command.valid_until, surroundings)
            return (ItemTimer(item=item, deadline=deadline, stalled_after=rules.expiry.stalled_after),)
        case DocumentStatus.REFUSED:
            return (timing.duty(item, rules.at_once, surroundings),)
        case DocumentStatus.APPLIED if item not in state.owed or (old and old.status is DocumentStatus.READY):
            latest = timing.ready_by(state.route, rules, surroundings.pathway)
            return (timing.document(rule, surroundings, latest),)
        case _:
            return ()


@decides(AskReceiver)
def _ask(journey: Journey, command: AskReceiver, surroundings: Surroundings) -> Decision:
    found = find_prepared(journey, command.number, command.seen, surroundings)
    if isinstance(found, Refused):
        return found
    if refused := misdated(journey, command.occurred_at, surroundings):
        return refused
    state, rules = found
    asked = ReceiverAsked(
        number=state.number,
        provider=command.provider,
        timers=tuple(_missing(Preparation.RECEIVER, state, rules, surroundings)),
        note=command.note,
        occurred_at=command.occurred_at,
    )
    return (asked,)


@decides(AnswerReceiver)
def _answer(journey: Journey, command: AnswerReceiver, surroundings: Surroundings) -> Decision:
    found = find_prepared(journey, command.number, command.seen, surroundings)
    if isinstance(found, Refused):
        return found
    if refused := misdated(journey, command.occurred_at, surroundings):
        return refused
    state, rules = found
    if state.receiver is None or state.receiver.status is ReceiverStatus.REFUSED:
        return Refused(code=RefusalCode.NO_RECEIVER_ASKED, part=state.key, part_version=state.version)
    agreed = command.answer is ReceiverAnswer.AGREED
    if agreed and (refused := uncovered(journey, state.receiver.provider, rules, surroundings.now)):
        return refused
    answered = ReceiverAnswered(
        number=state.number,
        provider=state.receiver.provider,
        answer=command.answer,
        timers=() if agreed else tuple(_missing(Preparation.RECEIVER, state, rules, surroundings)),
        note=command.note,
        occurred_at=command.occurred_at,
    )
    return (answered,)


def uncovered(journey: Journey, recipient: UUID, rules: ReturningRules, at: datetime) -> Refused | None:
    """A refusal where the client has not agreed that this organisation learns of them."""
    key = ConsentKey(rules.consent, recipient)
    if journey.consent(key.purpose, key.recipient, at=at) is not None:
        return None
    return Refused(
        code=RefusalCode.NO_CONSENT_IN_FORCE,
        part=key.part,
        unmet=(Unmet(kind="consent", name=rules.consent.value, wants="given"),),
        other=key.recipient,
    )


@decides(ArrangeEscort)
def _escort(journey: Journey, command: ArrangeEscort, surroundings: Surroundings) -> Decision:
    found = find_prepared(journey, command.number, command.seen, surroundings)
    if isinstance(found, Refused):
        return found
    arranged = EscortArranged(
        number=command.number,
        kind=command.escort,
        staff=command.staff,
        provider=command.provider,
        note=command.note,
    )
    return (arranged,)


@decides(PlanReturnRoute)
def _route(journey: Journey, command: PlanReturnRoute, surroundings: Surroundings) -> Decision:
    found = find_prepared(journey, command.number, command.seen, surroundings)
    if isinstance(found, Refused):
        return found
    state, rules = found
    if command.departs_at <= surroundings.now:
        return Refused(code=RefusalCode.DATE_IN_THE_PAST, part=state.key)
    dates = None
    ends = command.arrives_at > command.departs_at
    if state.hearing is not None:
        hearing = journey.hearings[state.hearing]
        if hearing.date is None:
            return Refused(code=RefusalCode.HEARING_WITHOUT_DATE, part=hearing.key, part_version=hearing.version)
        dates, ends = hearing.date_version, ends and command.arrives_at < hearing.date.starts_at
    if not ends:
        return Refused(code=RefusalCode.DATES_OUT_OF_ORDER, part=state.key, part_version=state.version)
    route = Route(command.departs_at, command.arrives_at, command.transport, command.through, dates)
    planned = RoutePlanned(
        number=state.number,
        departs_at=command.departs_at,
        arrives_at=command.arrives_at,
        transport=command.transport,
        through=command.through,
        hearing_dates=dates,
        timers=(
            *timing.sooner(state, route, rules, surroundings),
            timing.departure(route, rules, surroundings),
        ),
        note=command.note,
    )
    return (planned,)


def _missing(
    which: Preparation, state: ReturnState, rules: ReturningRules, surroundings: Surroundings
) -> Iterator[ItemTimer]:
    """The timer of what is missing again, before the departure where that is known."""
    return timing.preparation(which, rules, surroundings, timing.ready_by(state.route, rules, surroundings.pathway))
