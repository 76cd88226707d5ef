"""A hotline that all tests of contacts share, and a contact to begin with: on Monday, at ten in the morning."""

from __future__ import annotations

from datetime import time
from uuid import UUID

from domain.codes import Role
from domain.contact.codes import HotlineChannel, MayCall
from domain.contact.kind import CONTACT
from domain.contact.logged import LogContact
from domain.contact.state import Contact, SafeContact, contact_stream
from domain.pathway.chain import Chain
from domain.pathway.common import EscalateRung, Span, Title, Unit
from domain.pathway.hotline import (
    CallBackRule,
    CallBacks,
    CallerKind,
    CallWindow,
    Dangers,
    Hotline,
    ReportDuty,
    Sign,
    Topic,
)
from domain.pathway.ladder import Ladder
from domain.pathway.model import Pathway
from tests.domain.given import MONDAY
from tests.domain.kind_given import GivenOf
from tests.pathway_examples import small_pathway, small_pin

CONTACT_ID = UUID("7f3e0000-0000-4000-8000-00000000c001")
SAFE = SafeContact(may_call=MayCall.ALLOWED, channel=HotlineChannel.PHONE, window="daytime")


def hours(count: int) -> Span:
    """A span of hours."""
    return Span(count=count, unit=Unit.HOURS)


def titled(word: str) -> Title:
    """A title that means nothing."""
    return Title(sr="Назив", en=word)


def hotline() -> Hotline:
    """One of each thing."""
    ladder = (EscalateRung(after=hours(1), to=Role.SUPERVISOR), EscalateRung(after=hours(2), to=Role.ON_CALL))
    return Hotline(
        languages=("sr", "en"),
        callers=(
            CallerKind(kind="direct-help", title=titled("Help")),
            CallerKind(kind="relative", title=titled("Relative")),
            CallerKind(kind="silent", title=titled("Silent"), brief=True),
        ),
        topics=(Topic(topic="legal", title=titled("Legal")), Topic(topic="health", title=titled("Health"))),
        windows=(
            CallWindow(window="daytime", title=titled("Daytime"), starts=time(9), ends=time(20)),
            CallWindow(window="mornings", title=titled("Mornings"), starts=time(8), ends=time(10)),
        ),
        call_backs=CallBacks(
            ordinary=CallBackRule(within=Span(count=1), retry=Span(count=1), escalate=ladder),
            urgent=CallBackRule(within=Span(count=0), retry=hours(3), escalate=ladder),
            attempts=2,
        ),
        dangers=Dangers(
            signs=(Sign(sign="threat", title=titled("Threat")),),
            chain=Chain(call=(Role.ON_CALL, Role.CONSULTANT, Role.SUPERVISOR), every_minutes=5),
            settle=Ladder(within=hours(4), escalate=(EscalateRung(after=hours(1), to=Role.SUPERVISOR),)),
        ),
        duties=(
            ReportDuty(duty="child", title=titled("Child"), authority="centre-for-social-work", article="ZKP 280"),
        ),
    )


def hotline_pathway() -> Pathway:
    """The small pathway with a hotline."""
    return small_pathway().model_copy(update={"hotline": hotline()})


def nothing_yet() -> GivenOf[Contact]:
    """A hotline that nobody has called."""
    return GivenOf(CONTACT, contact_stream(CONTACT_ID), hotline_pathway(), MONDAY)


def called(**fields: object) -> GivenOf[Contact]:
    """Somebody called for help and allows a call in the daytime."""
    command = LogContact.model_validate({"pin": small_pin(), "caller": "direct-help", "safe": SAFE, **fields})
    return nothing_yet().having(command)
