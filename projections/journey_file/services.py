"""The services of a journey as its file holds them."""

from __future__ import annotations

from domain.journey.service.costing import sums
from domain.journey.service.record import Detail
from domain.journey.service.state import ConcernState, ReferralState, Search, ServiceState
from domain.stream.obligation import stall_of
from projections.folded import Folded, code
from projections.read_model import Row


def services_of(folded: Folded) -> Row:
    """As `services_model.Services` reads it; each list in a fixed order."""
    services = folded.journey.services
    costs = sums(services)
    return {
        "each": [_service(folded, state) for state in services.each.values()],
        "referrals": [_referral(referral) for referral in services.referrals.values()],
        "uses": [
            {"service": service, "use": use.use.value, "version": use.version}
            for service, use in sorted(services.uses.items())
        ],
        "search": _search(services.search) if services.search else None,
        "concerns": [_concern(concern) for concern in services.concerns.values()],
        "costs": [{"service": service, "amount": str(costs[service])} for service in sorted(costs)],
    }


def _service(folded: Folded, state: ServiceState) -> Row:
    course, owner = state.course, folded.owner(state.role)
    deadline = course.clockwork.deadline if state.is_live else None
    stall = stall_of(course.clockwork, course.waits_on, state.version) if state.is_live else None
    return {
        "part": state.key,
        "version": state.version,
        "service": state.service,
        "occurrence": state.occurrence,
        "role": state.role.value,
        "owner_role": owner.role.value,
        "owner_staff": owner.staff,
        "status": state.status.value,
        "needed_at": state.needed_at,
        "waits_on": course.waits_on.value,
        "due_at": deadline.due_at if deadline else None,
        "due_on": deadline.due_on if deadline else None,
        "consent": code(state.consent),
        "appointment": course.appointment,
        "provider": course.provider,
        "sessions": course.sessions,
        "held": course.held,
        "missed": course.missed,
        "follow_ups": course.follow_ups,
        "outcome": code(course.outcome),
        "end": code(course.end),
        "frozen": code(state.frozen),
        "stalled": stall.cause.value if stall else None,
        "moved_version": state.moved_version,
        "record": [_detail(state.record[field]) for field in sorted(state.record)],
        "terms": [
            {
                "part": term.key,
                "term": term.term,
                "due_on": term.clockwork.deadline.due_on,
                "article": term.clockwork.deadline.article,
            }
            for term in state.terms.values()
        ],
        "costs": [
            {
                "version": version,
                "cost": cost.kind.value,
                "amount": str(cost.amount),
                "at": cost.at,
                "donor": cost.donor,
            }
            for version, cost in sorted(state.costs.items())
        ],
        "feedback": [
            {"rating": said.rating, "would_return": said.would_return.value, "at": said.at} for said in state.feedback
        ],
    }


def _detail(detail: Detail) -> Row:
    """The one value beside the name of the field, as text."""
    body = detail.model_dump(mode="json")
    field = body.pop("field")
    return {"field": field, "value": str(next(iter(body.values())))}


def _referral(referral: ReferralState) -> Row:
    return {
        "part": referral.key,
        "version": referral.version,
        "service": referral.service,
        "occurrence": referral.occurrence,
        "number": referral.number,
        "recipient": referral.recipient,
        "status": referral.status.value,
        "sent_at": referral.sent_at,
        "due_on": referral.clockwork.deadline.due_on if referral.is_owed else None,
        "language": referral.language,
    }


def _search(search: Search) -> Row:
    return {
        "version": search.version,
        "since": search.since,
        "attempts": search.attempts,
        "rounds": search.rounds,
        "is_with_supervisor": search.is_with_supervisor,
        "due_on": search.clockwork.deadline.due_on,
    }


def _concern(concern: ConcernState) -> Row:
    return {
        "part": concern.key,
        "version": concern.version,
        "number": concern.number,
        "concern": concern.concern.value,
        "raised_at": concern.raised_at,
        "due_on": concern.clockwork.deadline.due_on,
        "about": concern.about,
    }
