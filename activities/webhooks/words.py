"""Which event of the log is told by which word.

Topics of the log are not sent: `journey.property-claim-recorded` says enough to guess. What is not listed here never
leaves the house, whatever a subscription asks for.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from activities.webhooks.vocabulary import PublicWord
from domain.event import Event
from domain.journey.approval.events import (
    ApprovalAsked,
    ApprovalGiven,
    ApprovalRefused,
    ApprovalVoided,
    ApprovalWithdrawn,
)
from domain.journey.assignment import Assigned, Unassigned
from domain.journey.closing import JourneyClosed, JourneyReopened
from domain.journey.hearing.events import (
    HearingCancelled,
    HearingConfirmed,
    HearingMoved,
    HearingPostponed,
    HearingSummoned,
)
from domain.journey.opening import JourneyOpened
from domain.journey.service.events import ServiceMoved, ServiceNeeded, ServiceStopped
from domain.journey.stages import StageEntered, StageLeft
from domain.journey.steps import StepAdvanced, StepCorrected, StepOpened, StepScheduled
from domain.provider.listing import ProviderChanged, ProviderDeactivated, ProviderListed, ProviderReactivated

_EVENTS: Mapping[PublicWord, Collection[type[Event]]] = {
    PublicWord.CASE_OPENED: (JourneyOpened,),
    PublicWord.CASE_CHANGED: (
        *(StepOpened, StepAdvanced, StepCorrected, StepScheduled, StageEntered, StageLeft),
        *(ServiceNeeded, ServiceMoved, ServiceStopped),
    ),
    PublicWord.CASE_CLOSED: (JourneyClosed,),
    PublicWord.CASE_REOPENED: (JourneyReopened,),
    PublicWord.CASE_ASSIGNED: (Assigned, Unassigned),
    PublicWord.APPOINTMENT_CHANGED: (
        *(HearingSummoned, HearingConfirmed, HearingMoved, HearingPostponed, HearingCancelled),
    ),
    PublicWord.APPROVAL_CHANGED: (*(ApprovalAsked, ApprovalGiven, ApprovalRefused, ApprovalWithdrawn, ApprovalVoided),),
    PublicWord.DIRECTORY_CHANGED: (ProviderListed, ProviderChanged, ProviderDeactivated, ProviderReactivated),
}
WORD_OF: Mapping[str, PublicWord] = {event.topic: word for word, events in _EVENTS.items() for event in events}
"""By the topic of the log, without its version."""


def word_of(topic_column: str) -> PublicWord | None:
    """The word for an event by its topic as the log writes it (`journey.closed@1`); None: it stays in the house."""
    return WORD_OF.get(topic_column.partition("@")[0])
