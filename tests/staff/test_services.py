"""Services in words, and in the file of a journey."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from pydantic import TypeAdapter
from pydantic_core import to_json

from domain.codes import ConsentPurpose
from domain.journey.consent import WithdrawConsent
from domain.journey.service.codes import Concern, CostKind, Move, ServiceStatus, UseOfService
from domain.journey.service.commands import AssessServiceNeed
from domain.journey.service.concerning import RaiseConcern
from domain.journey.service.costing import RecordServiceCost
from domain.journey.service.detailing import DetailService
from domain.journey.service.record import Answered, Spoken
from domain.journey.service.referring import SendReferral
from domain.journey.service.searching import ReportUnreachable
from domain.journey.service.uses import NoteCounselling
from domain.refusal import RefusalCode, Refused
from projections.folded import Folded
from projections.journey_file.services import services_of
from projections.journey_file.services_model import Services
from staff.i18n.locale import Locale
from staff.i18n.words import Words
from staff.pages.explaining import explain
from staff.pages.services import of_service
from staff.titles import Titles
from tests.domain.event_examples import EXAMPLES, HAPPENED, LADDER, NOTE
from tests.domain.given import JOURNEY, Given
from tests.domain.service.examples import service_events
from tests.domain.service.told import CLINIC, advance, passed
from tests.pathway_examples import small_pathway

OURS = [e for e in service_events(HAPPENED, LADDER, NOTE) if e.topic.startswith("journey.")]


@pytest.mark.parametrize("event", OURS, ids=lambda e: str(e.topic))
@pytest.mark.parametrize("locale", Locale)
def test_every_event_of_services_has_its_line(event: Any, locale: Locale) -> None:
    """In every language, with every value in its place."""
    line = of_service(event, Titles(small_pathway(), Words(locale)))
    assert line
    assert "{" not in line


def test_what_is_no_service_has_none_here() -> None:
    """The timeline tells it elsewhere."""
    titles = Titles(small_pathway(), Words(Locale.ENGLISH))
    told = {topic for topic, event in EXAMPLES.items() if of_service(event, titles)}
    assert told == {event.topic for event in OURS}


def test_every_obligation_of_services_has_a_title() -> None:
    """A letter and a list name it."""
    titles = Titles(small_pathway(), Words(Locale.ENGLISH))
    keys = {
        "service:talk:1": "Service",
        "referral:talk:1:2": "Service: referral",
        "term:papers:1:reply": "Service: Service",
        "search": "Reaching the client again",
        "concern:1": "Assessing a risk that was raised",
    }
    assert {key: titles.part(key) for key in keys} == keys


def test_a_refusal_names_what_would_be_possible() -> None:
    """By its words, not its codes."""
    titles = Titles(small_pathway(), Words(Locale.ENGLISH))
    moves = Refused(code=RefusalCode.MOVE_NOT_ALLOWED, part="service:talk:1", allowed=("carry-out", "decline"))
    assert explain(moves, titles).allowed == ("carried out", "the client declines")
    answers = Refused(code=RefusalCode.MOVE_NOT_ALLOWED, part="referral:talk:1:1", allowed=("done",))
    assert explain(answers, titles).allowed == ("done",)
    consent = Refused(code=RefusalCode.CONSENT_REQUIRED, allowed=("medical",))
    assert explain(consent, titles).allowed == ("medical help",)
    assert explain(Refused(code=RefusalCode.UNKNOWN_SERVICE, allowed=("talk",)), titles).allowed == ("Service",)


def rich() -> Given:
    """A journey with one of everything."""
    return passed("exam").having(
        advance("exam", Move.CARRY_OUT),
        DetailService(
            service="exam", details=(Spoken(field="language", language="sq"), Answered(field="escort", yes=True))
        ),
        RecordServiceCost(service="exam", cost=CostKind.FEE, amount=Decimal("1500.25"), donor="donor-a"),
        SendReferral(service="exam", recipient=CLINIC, language="sq"),
        NoteCounselling(service="testing", use=UseOfService.COUNSELLING_USED),
        ReportUnreachable(),
        RaiseConcern(concern=Concern.OTHER),
        AssessServiceNeed(service="talk"),
    )


def shown(given: Given) -> Services:
    """What the file holds, through the form in which it is stored."""
    document = services_of(Folded(JOURNEY, given.state, given.state.version))
    return TypeAdapter(Services).validate_json(to_json(document))


def test_the_file_shows_services() -> None:
    """What is due, what was paid, who was asked; sums by service."""
    found = shown(rich())
    exam, talk = found.each
    assert (exam.status, exam.held, exam.provider) == (ServiceStatus.CARRIED_OUT, 1, CLINIC)
    assert [(d.field, d.value) for d in exam.record] == [("escort", "True"), ("language", "sq")]
    assert [(s.service, s.amount) for s in found.costs] == [("exam", Decimal("1500.25"))]
    assert (talk.status, talk.due_on is not None) == (ServiceStatus.NEEDED, True)
    assert [r.recipient for r in found.referrals] == [CLINIC]
    assert found.search is not None
    assert [c.concern for c in found.concerns] == [Concern.OTHER]


def test_the_file_shows_two_words_of_an_anonymous_service() -> None:
    """And forgets them with the consent."""
    given = rich()
    document = services_of(Folded(JOURNEY, given.state, given.state.version))
    uses = document["uses"]
    assert isinstance(uses, list)
    assert [set(use) for use in uses] == [{"service", "use", "version"}]
    assert to_json(document).count(b"testing") == 1
    after = given.having(WithdrawConsent(purpose=ConsentPurpose.MEDICAL))
    assert shown(after).uses == ()
