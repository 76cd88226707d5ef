"""The narrow view: all that an outside provider is shown of a journey for one referral to them.

    view = for_provider(journey, "referral:specialist-examination:1:1", recipient)

Referrals are limited to what is necessary, and refusable: a code, the kind of service, dates, the language. Nothing
else of the journey can be reached from here, and nothing at all without the client's consent.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from domain.codes import ConsentPurpose
from domain.journey.naming import journey_code
from domain.journey.service.finding import consents_to
from domain.journey.service.state import service_key
from domain.journey.state import Journey
from domain.values import ProviderId


@dataclass(frozen=True, slots=True)
class NarrowView:
    """What the provider needs to answer and to prepare. `answer_by` is a day; `appointment` where one is made."""

    code: str
    service: str
    sent_at: datetime
    answer_by: date
    appointment: datetime | None
    language: str | None


def for_provider(journey: Journey, referral: str, recipient: ProviderId) -> NarrowView | None:
    """The view of a referral; none where it is another provider's, no longer open, or without consent."""
    found = journey.services.referrals.get(referral)
    if found is None or found.recipient != recipient or not found.is_open or not journey.is_open:
        return None
    if not consents_to(journey, ConsentPurpose.REFERRAL, recipient):
        return None
    state = journey.services.each[service_key(found.service, found.occurrence)]
    theirs = state.course.provider == recipient
    return NarrowView(
        code=journey_code(journey.id),
        service=found.service,
        sent_at=found.sent_at,
        answer_by=found.clockwork.deadline.due_on,
        appointment=state.course.appointment if theirs else None,
        language=found.language,
    )
