"""The events of a return until somebody leaves; those after it are in `way_events`.

`number` is the return's within the journey. `timers` are what is owed from now on; an item that has one already gets
another date. Partners, consulates and receivers are ids of the directory of providers.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import AwareDatetime

from domain.codes import ConsentGiver, Role
from domain.event import Event
from domain.journey.returning.codes import (
    DocumentStatus,
    EscortKind,
    Finding,
    ReceiverAnswer,
    SetBackCause,
    StopReason,
    Transport,
    Verdict,
)
from domain.journey.returning.values import Countries, Partners, Timers
from domain.pathway.assessment import Level
from domain.pathway.returning import Preparation, ReturnDirection, ReturnPurpose
from domain.sealed import Notes, Sealed
from domain.values import Code, Count, CountryCode, Language, ProviderId, StaffId

Note = Sealed[Notes] | None


class ReturnBegun(Event, topic="journey.return-begun"):
    """A return is prepared, as the client wishes. `country` is the other one; `hearing` what a visit is for.

    `follows`: the visit of which this is the way home. `form`: by which assessment the risk is looked at.
    """

    number: Count
    direction: ReturnDirection
    purpose: ReturnPurpose
    country: CountryCode
    role: Role
    form: Code
    timers: Timers
    hearing: Count | None = None
    follows: Count | None = None
    note: Note = None


class VoluntarinessDeclared(Event, topic="journey.voluntariness-declared"):
    """The client says that they wish it, and knows that they may say otherwise at any time."""

    number: Count
    giver: ConsentGiver
    language: Language | None = None
    note: Note = None


class VoluntarinessWithdrawn(Event, topic="journey.voluntariness-withdrawn"):
    """The client does not wish it any more."""

    number: Count
    note: Note = None


class ReturnAssessed(Event, topic="journey.return-assessed"):
    """Both sides have looked at the risk: the assessment of this version, and what each of them holds."""

    number: Count
    assessment: Code
    assessment_version: Count
    overall: Level
    partner: ProviderId
    ours: Finding
    theirs: Finding
    verdict: Verdict
    timers: Timers = ()
    note: Note = None


class ReturnDocumentSettled(Event, topic="journey.return-document-settled"):
    """How far a document is. `on`: when it was applied for or issued; `stored`: its copy in the vault."""

    number: Count
    document: Code
    status: DocumentStatus
    on: date | None = None
    valid_until: date | None = None
    consulate: ProviderId | None = None
    stored: UUID | None = None
    timers: Timers = ()
    note: Note = None


class ReceiverAsked(Event, topic="journey.receiver-asked"):
    """An organisation is asked whether it receives the client."""

    number: Count
    provider: ProviderId
    timers: Timers
    note: Note = None


class ReceiverAnswered(Event, topic="journey.receiver-answered"):
    """It answered; where it refused, another one is to be found."""

    number: Count
    provider: ProviderId
    answer: ReceiverAnswer
    timers: Timers = ()
    note: Note = None


class EscortArranged(Event, topic="journey.escort-arranged"):
    """Who travels along: one of us, somebody of a partner, nobody."""

    number: Count
    kind: EscortKind
    staff: StaffId | None = None
    provider: ProviderId | None = None
    note: Note = None


class RoutePlanned(Event, topic="journey.return-route-planned"):
    """When and by what they leave and arrive; what is missing still is due before that day.

    `hearing_dates`: how many dates the hearing has had by now.
    """

    number: Count
    departs_at: AwareDatetime
    arrives_at: AwareDatetime
    transport: Transport
    through: Countries = ()
    hearing_dates: Count | None = None
    timers: Timers
    note: Note = None


class ReturnSetBack(Event, topic="journey.return-set-back"):
    """Something that was ready no longer is: nobody leaves until it is seen to again."""

    number: Count
    item: Preparation
    cause: SetBackCause
    timers: Timers


class ReturnStopped(Event, topic="journey.return-stopped"):
    """The return is off. `untold` are the partners who are to hear of it."""

    number: Count
    reason: StopReason
    untold: Partners
    timers: Timers
    note: Note = None


class ReturnStopTold(Event, topic="journey.return-stop-told"):
    """These partners know that it is off, and so do we."""

    number: Count
    told: Partners
    note: Note = None


class ReturnResumed(Event, topic="journey.return-resumed"):
    """It goes on after all. Wish, risk, receiver, escort and route are to be seen to again; documents stay."""

    number: Count
    timers: Timers
    note: Note = None
