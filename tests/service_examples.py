"""The catalogue that all domain tests share: one service of each sort that the engine tells apart.

talk    repeated, needs consent (psychological), followed up every 14 days, sooner after a crisis; goes on by phone
exam    once, by a partner, needs consent (medical), one follow-up
papers  once, needs no consent, has a term: the reply, 30 days after filing
ride    once, by us, cancelled when the client is moved
testing keeps its use only
"""

from __future__ import annotations

from domain.codes import ConsentPurpose, Mover, Role
from domain.pathway.common import EscalateRung, RemindRung, Span, Title, Unit
from domain.pathway.services import (
    Choice,
    FieldType,
    FollowUp,
    Given,
    Group,
    Keeps,
    OnRelocation,
    RecordField,
    ServiceKind,
    Services,
    Sessions,
    Situation,
    SituationRule,
    Term,
)

TITLE = Title(sr="Услуга", en="Service")
LATE = (
    EscalateRung(after=Span(count=1), to=Role.SUPERVISOR),
    EscalateRung(after=Span(count=3), to=Role.ON_CALL),
)
UNTIMED = (Situation.SCHEDULED, Situation.FOLLOW_UP, Situation.SEARCH)


def _days(count: int) -> Span:
    return Span(count=count, unit=Unit.CALENDAR_DAYS)


def _rule(when: Situation) -> SituationRule:
    """Five working days for everything, but for what has its date from elsewhere."""
    within = Span(count=0) if when in UNTIMED else Span(count=5)
    remind = (RemindRung(before=_days(1)),)
    role = {Situation.SEARCH_REVIEW: Role.SUPERVISOR, Situation.CONCERN: Role.SUPERVISOR}.get(when)
    return SituationRule(when=when, within=within, role=role, remind=remind, escalate=LATE)


def small_services() -> Services:
    """The catalogue of the drawing above."""
    return Services(
        groups=(Group(group="help", title=TITLE),),
        fields=(
            RecordField(field="language", title=TITLE, type=FieldType.LANGUAGE),
            RecordField(
                field="channel", title=TITLE, type=FieldType.CHOICE, choices=(Choice(choice="phone", title=TITLE),)
            ),
            RecordField(field="filed-on", title=TITLE, type=FieldType.DATE),
            RecordField(field="answered-on", title=TITLE, type=FieldType.DATE),
            RecordField(field="country", title=TITLE, type=FieldType.COUNTRY),
            RecordField(field="seen-at", title=TITLE, type=FieldType.MOMENT),
            RecordField(field="pages", title=TITLE, type=FieldType.NUMBER),
            RecordField(field="escort", title=TITLE, type=FieldType.YES_NO),
            RecordField(field="office", title=TITLE, type=FieldType.PROVIDER),
            RecordField(field="driver", title=TITLE, type=FieldType.STAFF),
        ),
        situations=tuple(_rule(when) for when in Situation),
        search_after=(_days(7), _days(14), _days(30)),
        kinds=(_talk(), _exam(), _papers(), _ride(), _testing()),
    )


def _talk() -> ServiceKind:
    return ServiceKind(
        service="talk",
        group="help",
        title=TITLE,
        role=Role.PSYCHOLOGIST,
        sessions=Sessions.REPEATED,
        consent=ConsentPurpose.PSYCHOLOGICAL,
        waits_on=Mover.CLIENT,
        holds=("language", "channel"),
        follow_up=FollowUp(every=_days(14)),
        crisis_within=Span(count=24, unit=Unit.HOURS),
        on_relocation=OnRelocation.GO_ON,
    )


def _exam() -> ServiceKind:
    return ServiceKind(
        service="exam",
        group="help",
        title=TITLE,
        role=Role.CASEWORKER,
        given=Given.BY_PARTNER,
        consent=ConsentPurpose.MEDICAL,
        waits_on=Mover.PARTNER,
        holds=("language", "escort"),
        follow_up=FollowUp(after=(Span(count=10),)),
    )


def _papers() -> ServiceKind:
    return ServiceKind(
        service="papers",
        group="help",
        title=TITLE,
        role=Role.CASEWORKER,
        waits_on=Mover.PARTNER,
        holds=("filed-on", "answered-on", "country", "seen-at", "pages", "escort", "office", "driver"),
        terms=(
            Term(
                term="reply",
                title=TITLE,
                after="filed-on",
                until="answered-on",
                within=_days(30),
                waits_on=Mover.PARTNER,
                remind=(RemindRung(before=_days(7)),),
                escalate=LATE,
            ),
        ),
        situations=(SituationRule(when=Situation.CARRIED_OUT, within=Span(count=2), escalate=LATE),),
    )


def _ride() -> ServiceKind:
    return ServiceKind(
        service="ride", group="help", title=TITLE, role=Role.MOBILE_TEAM, on_relocation=OnRelocation.CANCEL
    )


def _testing() -> ServiceKind:
    return ServiceKind(
        service="testing",
        group="help",
        title=TITLE,
        role=Role.CONSULTANT,
        keeps=Keeps.USE_ONLY,
        consent=ConsentPurpose.MEDICAL,
    )
