"""Part: referrals. A service is asked of a provider of the directory, with the client's consent, and answered.

Sent, then accepted or refused, then done; nobody answers: the ladder tells the supervisor. Where the consent ends, a
referral is recalled, and its recipient is to be told.
"""

from __future__ import annotations

from collections.abc import Mapping

from domain.codes import ConsentPurpose, Mover, Role
from domain.command import Command
from domain.copying import replace
from domain.deadline import Deadline
from domain.event import Event, Recorded
from domain.journey.deciding import Decision, Surroundings, decides
from domain.journey.folding import evolves
from domain.journey.service.codes import ReferralAnswer, ReferralReason, ReferralStatus
from domain.journey.service.finding import Found, consents_to, find_service, lacking
from domain.journey.service.state import ReferralState, ServiceState, referral_key
from domain.journey.service.timing import due_from, timed
from domain.journey.state import Journey
from domain.journey.timing import misdated
from domain.pathway.services import Situation
from domain.refusal import RefusalCode, Refused
from domain.sealed import Notes, Sealed
from domain.stream.obligation import Clockwork
from domain.values import Code, Count, Instant, Language, ProviderId


class ReferralSent(Event, topic="journey.referral-sent"):
    """The provider was asked to give the service. `language`: what they are to speak with the client."""

    service: Code
    occurrence: Count
    number: Count
    recipient: ProviderId
    reason: ReferralReason
    language: Language | None = None
    role: Role
    deadline: Deadline
    note: Sealed[Notes] | None = None

    @property
    def part(self) -> str:
        return referral_key(self.service, self.occurrence, self.number)


class ReferralAnswered(Event, topic="journey.referral-answered"):
    """What is known of the recipient's side. Without a deadline nothing more is expected."""

    service: Code
    occurrence: Count
    number: Count
    answer: ReferralAnswer
    status: ReferralStatus
    deadline: Deadline | None = None
    note: Sealed[Notes] | None = None

    @property
    def part(self) -> str:
        return referral_key(self.service, self.occurrence, self.number)


class ReferralRecalled(Event, topic="journey.referral-recalled"):
    """The client's consent has ended, or the service was declined: the recipient is to be told by then."""

    service: Code
    occurrence: Count
    number: Count
    deadline: Deadline

    @property
    def part(self) -> str:
        return referral_key(self.service, self.occurrence, self.number)


class SendReferral(Command, kind="send-referral"):
    """Refers a service that the client has consented to. `recipient` is the id of a provider."""

    service: Code
    recipient: ProviderId
    reason: ReferralReason = ReferralReason.ADDITIONAL_SERVICES_REQUIRED
    language: Language | None = None
    occurrence: Count | None = None
    seen: Count | None = None
    note: Sealed[Notes] | None = None
    occurred_at: Instant | None = None


class AnswerReferral(Command, kind="answer-referral"):
    """Records what the recipient said or did. `number` left out is the latest referral of that occurrence."""

    service: Code
    answer: ReferralAnswer
    occurrence: Count | None = None
    number: Count | None = None
    seen: Count | None = None
    note: Sealed[Notes] | None = None
    occurred_at: Instant | None = None


_R, _A = ReferralStatus, ReferralAnswer
ANSWERS: Mapping[tuple[ReferralStatus, ReferralAnswer], ReferralStatus] = {
    (_R.SENT, _A.ACCEPTED): _R.ACCEPTED,
    (_R.SENT, _A.REFUSED): _R.REFUSED,
    (_R.SENT, _A.DONE): _R.DONE,
    (_R.SENT, _A.NO_ANSWER): _R.UNANSWERED,
    (_R.ACCEPTED, _A.REFUSED): _R.REFUSED,
    (_R.ACCEPTED, _A.DONE): _R.DONE,
    (_R.ACCEPTED, _A.NO_ANSWER): _R.UNANSWERED,
    (_R.RECALLED, _A.TOLD): _R.SETTLED,
}
"""What may be answered where a referral stands, and where it stands afterwards."""


@decides(SendReferral)
def _send(journey: Journey, command: SendReferral, surroundings: Surroundings) -> Decision:
    found = find_service(journey, command.service, command.occurrence, surroundings, seen=command.seen)
    if isinstance(found, Refused):
        return found
    state = found.state
    if refused := misdated(journey, command.occurred_at, surroundings) or _unfit(journey, state, command):
        return refused
    rule = found.services.rule(Situation.REFERRAL_SENT, found.kind)
    sent = ReferralSent(
        service=state.service,
        occurrence=state.occurrence,
        number=len(journey.services.referrals_of(state)) + 1,
        recipient=command.recipient,
        reason=command.reason,
        language=command.language,
        role=rule.role or state.role,
        deadline=due_from(timed(rule, Mover.PARTNER), surroundings.now, surroundings),
        note=command.note,
        occurred_at=command.occurred_at,
    )
    return (sent,)


def _unfit(journey: Journey, state: ServiceState, command: SendReferral) -> Refused | None:
    """Nobody is referred without agreeing to it, to the service, and to this recipient."""
    if state.frozen is not None:
        return Refused(code=RefusalCode.SERVICE_FROZEN, part=state.key, part_version=state.version)
    if not state.is_agreed:
        return Refused(code=RefusalCode.SERVICE_NOT_AGREED, part=state.key, part_version=state.version)
    if not consents_to(journey, ConsentPurpose.REFERRAL, command.recipient):
        return lacking(ConsentPurpose.REFERRAL, state.key)
    again = next(
        (r for r in journey.services.referrals_of(state) if r.is_open and r.recipient == command.recipient), None
    )
    if again is not None:
        return Refused(code=RefusalCode.STILL_RUNNING, part=again.key, part_version=again.version)
    return None


@decides(AnswerReferral)
def _answer(journey: Journey, command: AnswerReferral, surroundings: Surroundings) -> Decision:
    found = find_service(journey, command.service, command.occurrence, surroundings)
    if isinstance(found, Refused):
        return found
    if refused := misdated(journey, command.occurred_at, surroundings):
        return refused
    every = journey.services.referrals_of(found.state)
    referral = next((r for r in reversed(every) if command.number in (None, r.number)), None)
    if referral is None:
        return Refused(code=RefusalCode.NO_SUCH_REFERRAL, part=found.state.key)
    if command.seen is not None and command.seen != referral.version:
        return Refused(code=RefusalCode.PART_CHANGED, part=referral.key, part_version=referral.version)
    status = ANSWERS.get((referral.status, command.answer))
    if status is None:
        possible = tuple(a.value for s, a in ANSWERS if s is referral.status)
        return Refused(
            code=RefusalCode.MOVE_NOT_ALLOWED, part=referral.key, part_version=referral.version, allowed=possible
        )
    answered = ReferralAnswered(
        service=referral.service,
        occurrence=referral.occurrence,
        number=referral.number,
        answer=command.answer,
        status=status,
        deadline=_expected(found, status, surroundings),
        note=command.note,
        occurred_at=command.occurred_at,
    )
    return (answered,)


def _expected(found: Found, status: ReferralStatus, surroundings: Surroundings) -> Deadline | None:
    """By when the next word of the recipient is expected."""
    if status is not ReferralStatus.ACCEPTED:
        return None
    rule = found.services.rule(Situation.REFERRAL_ACCEPTED, found.kind)
    return due_from(timed(rule, Mover.PARTNER), surroundings.now, surroundings)


def recalls(journey: Journey, state: ServiceState, surroundings: Surroundings) -> tuple[ReferralRecalled, ...]:
    """The open referrals of a service that is not to go on: each recipient is to be told."""
    services = surroundings.pathway.services
    if services is None:
        return ()
    rule = services.rule(Situation.REFERRAL_RECALLED, services.find(state.service))
    deadline = due_from(timed(rule, Mover.US), surroundings.now, surroundings)
    return tuple(
        ReferralRecalled(service=r.service, occurrence=r.occurrence, number=r.number, deadline=deadline)
        for r in journey.services.referrals_of(state)
        if r.is_open
    )


@evolves(ReferralSent)
def _sent(journey: Journey, recorded: Recorded[ReferralSent]) -> Journey:
    event = recorded.event
    referral = ReferralState(
        key=event.part,
        service=event.service,
        occurrence=event.occurrence,
        number=event.number,
        recipient=event.recipient,
        reason=event.reason,
        language=event.language,
        status=ReferralStatus.SENT,
        role=event.role,
        sent_at=recorded.occurred_at,
        version=recorded.version,
        clockwork=Clockwork(event.deadline),
    )
    return replace(journey, services=journey.services.with_referral(referral))


@evolves(ReferralAnswered)
def _answered(journey: Journey, recorded: Recorded[ReferralAnswered]) -> Journey:
    event = recorded.event
    referral = journey.services.referrals[event.part]
    clockwork = referral.clockwork.moved(event.deadline) if event.deadline else referral.clockwork
    changed = replace(referral, status=event.status, clockwork=clockwork, version=recorded.version)
    return replace(journey, services=journey.services.with_referral(changed))


@evolves(ReferralRecalled)
def _recalled(journey: Journey, recorded: Recorded[ReferralRecalled]) -> Journey:
    event = recorded.event
    referral = journey.services.referrals[event.part]
    clockwork = referral.clockwork.moved(event.deadline)
    changed = replace(referral, status=ReferralStatus.RECALLED, clockwork=clockwork, version=recorded.version)
    return replace(journey, services=journey.services.with_referral(changed))
