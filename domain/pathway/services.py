"""The catalogue of services as data: what an organisation gives, by whom, what is recorded of it, and in which time.

The engine knows the chain that every service runs through (`domain.journey.service.transitions`); which services there
are, how long each situation may last and who is told when it lasts longer stands here, in the pathway.
"""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field, model_validator

from domain.codes import ConsentPurpose, Mover, Role
from domain.pathway.common import EscalateRung, RemindRung, Span, Title
from domain.pathway.returning import Trip
from domain.values import Article, Code, Value


class Situation(StrEnum):
    """What is due next, and so what a length and a ladder belong to."""

    NEEDED = "needed"
    """A need was assessed: the service is to be offered."""
    OFFERED = "offered"
    """The client is to answer, in their own time."""
    CONSENTED = "consented"
    """It is to be planned."""
    PLANNED = "planned"
    """An appointment is to be made, or it is to be carried out."""
    SCHEDULED = "scheduled"
    """The appointment; the reminders lie before it."""
    CARRIED_OUT = "carried-out"
    """The outcome is to be recorded, or the next session arranged."""
    MISSED = "missed"
    """No-show, cancelled, aborted: it is to be arranged again, or ended."""
    RECORDED = "recorded"
    """The outcome is known: follow up or close."""
    FOLLOW_UP = "follow-up"
    FROZEN = "frozen"
    """Somebody is to decide whether it goes on."""
    REFERRAL_SENT = "referral-sent"
    REFERRAL_ACCEPTED = "referral-accepted"
    REFERRAL_RECALLED = "referral-recalled"
    """The recipient is to be told that the client's consent has ended."""
    SEARCH = "search"
    """Nobody reaches the client: the next attempt."""
    SEARCH_REVIEW = "search-review"
    """All attempts were in vain: the supervisor looks."""
    CONCERN = "concern"
    """A risk was raised and is to be assessed."""


OF_A_SERVICE = frozenset(
    {
        Situation.NEEDED,
        Situation.OFFERED,
        Situation.CONSENTED,
        Situation.PLANNED,
        Situation.SCHEDULED,
        Situation.CARRIED_OUT,
        Situation.MISSED,
        Situation.RECORDED,
        Situation.FOLLOW_UP,
        Situation.FROZEN,
        Situation.REFERRAL_SENT,
        Situation.REFERRAL_ACCEPTED,
        Situation.REFERRAL_RECALLED,
    }
)
"""Situations that one kind of service may time in its own way."""


class SituationRule(Value):
    """How long a situation may last, and who is told before and after. `role`: whose it is; else the service's own."""

    when: Situation
    within: Span = Span(count=0)
    role: Role | None = None
    remind: tuple[RemindRung, ...] = ()
    stalled_after: Span = Span(count=5)
    escalate: tuple[EscalateRung, ...] = ()


class FieldType(StrEnum):
    """What a field of a record may hold. There is no text among them."""

    CHOICE = "choice"
    LANGUAGE = "language"
    COUNTRY = "country"
    DATE = "date"
    MOMENT = "moment"
    NUMBER = "number"
    YES_NO = "yes-no"
    PROVIDER = "provider"
    STAFF = "staff"


class Choice(Value):
    """One answer of a closed list."""

    choice: Code
    title: Title


class RecordField(Value):
    """A coded field. Fields are defined once and held by any number of services."""

    field: Code
    title: Title
    type: FieldType
    choices: tuple[Choice, ...] = ()


class Term(Value):
    """A term that runs from one date of the record until another is entered: the reply of an office, an appeal.

    `article` as a lawyer cites it; a term without one is the organisation's own. `roll` as for a step.
    """

    term: Code
    title: Title
    after: Code
    """The date field from which it is counted."""
    until: Code
    """The date field that meets it."""
    within: Span
    article: Article | None = None
    roll: bool = False
    waits_on: Mover = Mover.US
    remind: tuple[RemindRung, ...] = ()
    stalled_after: Span = Span(count=5)
    escalate: tuple[EscalateRung, ...] = ()


class FollowUp(Value):
    """The rhythm after an outcome: each span counts from the talk before; `every` then goes on without end."""

    after: tuple[Span, ...] = ()
    every: Span | None = None

    def next_after(self, held: int) -> Span | None:
        """The span until the next follow-up, where so many were held; none where the rhythm is over."""
        return self.after[held] if held < len(self.after) else self.every


class Given(StrEnum):
    """Who gives it. A partner's service is planned with a provider of the directory."""

    BY_US = "by-us"
    BY_PARTNER = "by-partner"
    BY_EITHER = "by-either"


class Sessions(StrEnum):
    ONCE = "once"
    REPEATED = "repeated"


class Keeps(StrEnum):
    """What a journey may know of it.

    `use-only`: that counselling was offered or used, with consent, and nothing else in any way: no occurrence, date,
    place, provider, cost, note or outcome. For anonymous services, of which no trace may lead to a person.
    """

    RECORD = "record"
    USE_ONLY = "use-only"


class OnRelocation(StrEnum):
    """What becomes of it when the client has to be moved at once."""

    FREEZE = "freeze"
    CANCEL = "cancel"
    GO_ON = "go-on"


class ServiceKind(Value):
    """One service of the catalogue. `situations` are those in which it differs from the rest."""

    service: Code
    group: Code
    title: Title
    help: Title | None = None
    role: Role
    given: Given = Given.BY_US
    sessions: Sessions = Sessions.ONCE
    keeps: Keeps = Keeps.RECORD
    consent: ConsentPurpose | None = None
    """The purpose without which it is not given, and with whose withdrawal it stops."""
    waits_on: Mover = Mover.US
    """Whose move it is while an appointment or a result is awaited."""
    holds: tuple[Code, ...] = ()
    terms: tuple[Term, ...] = ()
    follow_up: FollowUp | None = None
    crisis_within: Span | None = None
    """After an outcome `crisis` the first follow-up is due within this."""
    on_relocation: OnRelocation = OnRelocation.FREEZE
    covered_by: Trip | None = None
    """The returns that are this service: while one is under way, its date is that of the return, and owed there."""
    situations: tuple[SituationRule, ...] = ()

    @model_validator(mode="after")
    def _nothing_is_kept_but_the_use(self) -> ServiceKind:
        if self.keeps is not Keeps.USE_ONLY:
            return self
        allowed = {"service", "group", "title", "help", "role", "keeps", "consent"}
        fields = type(self).model_fields
        more = sorted(n for n in self.model_fields_set - allowed if getattr(self, n) != fields[n].default)
        if more:
            raise ValueError(f"of a service that keeps its use only there is nothing else: remove {', '.join(more)}")
        if self.consent is None:
            raise ValueError("even that it was used is kept with consent only: add `consent`")
        return self

    def find_term(self, term: str) -> Term | None:
        return next((t for t in self.terms if t.term == term), None)


class Group(Value):
    """A heading of the catalogue."""

    group: Code
    title: Title


class Services(Value):
    """The section `services` of a pathway. References are checked by `domain.pathway.check_services`."""

    groups: tuple[Group, ...] = Field(min_length=1)
    fields: tuple[RecordField, ...] = ()
    situations: tuple[SituationRule, ...]
    """One for each situation."""
    search_after: tuple[Span, ...] = Field(min_length=1)
    """When a client who cannot be reached is to be tried again, each counted from the day the contact was lost."""
    kinds: tuple[ServiceKind, ...] = Field(min_length=1)

    def find(self, service: str) -> ServiceKind | None:
        return next((k for k in self.kinds if k.service == service), None)

    def find_field(self, field: str) -> RecordField | None:
        return next((f for f in self.fields if f.field == field), None)

    def rule(self, when: Situation, kind: ServiceKind | None = None) -> SituationRule:
        """The rule of a situation, the kind's own where it has one. Raises `StopIteration` where the check was not."""
        own = kind.situations if kind is not None else ()
        return next(p for p in (*own, *self.situations) if p.when is when)
