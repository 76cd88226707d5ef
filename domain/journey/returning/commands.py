"""The commands of returns. `seen` is the version that the form showed: of the return, or of the document."""

from __future__ import annotations

from typing import Self
from uuid import UUID

from pydantic import model_validator

from domain.codes import ConsentGiver
from domain.command import Command
from domain.journey.returning.codes import (
    CheckOutcome,
    DocumentStatus,
    EscortKind,
    Finding,
    Receipt,
    ReceiverAnswer,
    StopReason,
    Transport,
    Trouble,
    WayHomeAnswer,
)
from domain.journey.returning.events import Note
from domain.journey.returning.values import Countries, Partners
from domain.journey.timing import Day, Instant
from domain.pathway.returning import VISITS, ReturnDirection, ReturnPurpose
from domain.values import Code, Count, CountryCode, Language, ProviderId, StaffId


class BeginReturn(Command, kind="begin-return"):
    """Begins to prepare a return. A visit for a court is inbound and names its hearing; `follows`: its way home."""

    direction: ReturnDirection
    country: CountryCode
    purpose: ReturnPurpose = ReturnPurpose.HOME
    hearing: Count | None = None
    follows: Count | None = None
    note: Note = None
    occurred_at: Instant | None = None

    @model_validator(mode="after")
    def _a_visit_is_for_a_hearing(self) -> Self:
        if (self.purpose in VISITS) != (self.hearing is not None):
            raise ValueError("coming for a court names its `hearing`, and nothing else does")
        if self.purpose in VISITS and self.direction is not ReturnDirection.INBOUND:
            raise ValueError("coming for a court is `inbound`")
        if self.follows is not None and (self.purpose in VISITS or self.direction is not ReturnDirection.OUTBOUND):
            raise ValueError("the way home after a visit is `outbound` and for `home`")
        return self


class DeclareVoluntariness(Command, kind="declare-voluntariness"):
    """Records that the client wishes it, told in this language what it means."""

    number: Count
    giver: ConsentGiver = ConsentGiver.CLIENT
    language: Language | None = None
    seen: Count | None = None
    note: Note = None
    occurred_at: Instant | None = None


class WithdrawVoluntariness(Command, kind="withdraw-voluntariness"):
    """Records that the client does not wish it any more: the return is off, and everybody is told."""

    number: Count
    note: Note = None
    occurred_at: Instant | None = None


class AssessReturn(Command, kind="assess-return"):
    """Records what both sides hold of the newest assessment by the pathway's form."""

    number: Count
    partner: ProviderId
    ours: Finding
    theirs: Finding
    seen: Count | None = None
    note: Note = None
    occurred_at: Instant | None = None


class SettleReturnDocument(Command, kind="settle-return-document"):
    """Says how far a document is. `valid_until` is its last day, `consulate` whoever issues it."""

    number: Count
    document: Code
    status: DocumentStatus
    on: Day | None = None
    valid_until: Day | None = None
    consulate: ProviderId | None = None
    stored: UUID | None = None
    seen: Count | None = None
    note: Note = None


class AskReceiver(Command, kind="ask-receiver"):
    """Records that an organisation of the directory is asked to receive the client."""

    number: Count
    provider: ProviderId
    seen: Count | None = None
    note: Note = None
    occurred_at: Instant | None = None


class AnswerReceiver(Command, kind="answer-receiver"):
    """Records what it said. Agreed is taken with the client's consent towards this organisation only."""

    number: Count
    answer: ReceiverAnswer
    seen: Count | None = None
    note: Note = None
    occurred_at: Instant | None = None


class ArrangeEscort(Command, kind="arrange-escort"):
    """Says who travels along."""

    number: Count
    escort: EscortKind
    staff: StaffId | None = None
    provider: ProviderId | None = None
    seen: Count | None = None
    note: Note = None

    @model_validator(mode="after")
    def _somebody_travels_along(self) -> Self:
        if self.escort is EscortKind.OURS and self.staff is None:
            raise ValueError("`staff` names who of us travels along")
        if self.escort in (EscortKind.PARTNER, EscortKind.MEDICAL) and self.provider is None:
            raise ValueError("`provider` names whose escort it is")
        return self


class PlanReturnRoute(Command, kind="plan-return-route"):
    """Says when and how they leave and arrive; again where that changes."""

    number: Count
    departs_at: Instant
    arrives_at: Instant
    transport: Transport
    through: Countries = ()
    seen: Count | None = None
    note: Note = None


class StopReturn(Command, kind="stop-return"):
    """Stops a return that is prepared or under way."""

    number: Count
    reason: StopReason
    seen: Count | None = None
    note: Note = None
    occurred_at: Instant | None = None


class TellOfStop(Command, kind="tell-of-stop"):
    """Says which partners were told that it is off; without any, that we know it."""

    number: Count
    told: Partners = ()
    note: Note = None


class ResumeReturn(Command, kind="resume-return"):
    """Takes up a return that was stopped."""

    number: Count
    seen: Count | None = None
    note: Note = None


class DepartOnReturn(Command, kind="depart-on-return"):
    """Records that they left. Refused while anything is missing (`departing.may_depart`)."""

    number: Count
    seen: Count | None = None
    note: Note = None
    occurred_at: Instant | None = None


class ReportHandoverTrouble(Command, kind="report-handover-trouble"):
    """Says that something goes wrong on the way."""

    number: Count
    trouble: Trouble
    note: Note = None
    occurred_at: Instant | None = None


class ConfirmHandover(Command, kind="confirm-handover"):
    """Records that they were received, and how that is known. `received_by` where it was another organisation."""

    number: Count
    receipt: Receipt
    received_by: ProviderId | None = None
    document: UUID | None = None
    seen: Count | None = None
    note: Note = None
    occurred_at: Instant | None = None


class TakeBackReturn(Command, kind="take-back-return"):
    """Says that they did not leave, or were not received; `corrects` is the version of what said so."""

    number: Count
    corrects: Count
    note: Note = None


class HoldReturnCheck(Command, kind="hold-return-check"):
    """Records a check after the return."""

    number: Count
    check: Code
    outcome: CheckOutcome
    note: Note = None
    occurred_at: Instant | None = None


class SettleWayHome(Command, kind="settle-way-home"):
    """Says why no way home is needed from us."""

    number: Count
    answer: WayHomeAnswer
    note: Note = None
