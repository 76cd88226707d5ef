"""The programme of the organisation: every help that it names is in the catalogue and walks its whole chain."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from activities.pathway_files import PathwayStore
from domain.codes import ConsentPurpose, Role
from domain.event import Event, Recorded
from domain.journey import decide, evolve, obligations
from domain.journey.consent import GiveConsent, WithdrawConsent
from domain.journey.opening import OpenJourney
from domain.journey.service.codes import CostKind, Move, ServiceEnd, ServiceOutcome, ServiceStatus, UseOfService
from domain.journey.service.commands import AdvanceService, AssessServiceNeed
from domain.journey.service.costing import RecordServiceCost, sums
from domain.journey.service.detailing import DetailService
from domain.journey.service.feedback import GiveServiceFeedback
from domain.journey.service.record import Answered, At, Chosen, Counted, Detail, Named, On, Placed, Spoken
from domain.journey.service.uses import NoteCounselling
from domain.journey.state import Journey, journey_stream
from domain.pathway.common import Title
from domain.pathway.services import FieldType, Given, Keeps, OnRelocation, RecordField, ServiceKind, Sessions
from domain.refusal import RefusalCode, Refused

PINNED = PathwayStore(Path(__file__).parents[2] / "pathways").latest("astra")
ASTRA = PINNED.pathway
assert ASTRA.services is not None
CATALOGUE = ASTRA.services
RECORDED = [k for k in CATALOGUE.kinds if k.keeps is Keeps.RECORD]
STREAM = journey_stream(UUID("7f3e0000-0000-4000-8000-000000000001"))
MILA, CLINIC = UUID(int=1), UUID(int=2)
REVEALING = re.compile(r"жртв|трговин|експлоатац|проститу|насиљ|victim|traffick|exploit|prostitut|violen", re.I)

PROGRAMME: dict[str, tuple[str, ...]] = {
    # The list of help, sentence by sentence.
    "Informacije o vidovima podrške i pomoći u Republici Srbiji": ("information-on-support",),
    "i inostranstvu, kao i kontakti organizacija": ("information-abroad",),
    "potpuno informisanje u vezi sa statusom, pravima i zakonskim procedurama": ("legal-information",),
    "obezbeđivanje pravnog zastupnika u sudskom postupku": ("legal-representation",),
    "Psihološko savetovanje i/ili psihoterapija": ("counselling", "psychotherapy"),
    "Medicinska pomoć": ("general-examination", "specialist-examination", "laboratory"),
    "Podrška i praćenje kroz institucionalne procedure": (
        "accompaniment-social-work",
        "accompaniment-court",
        "accompaniment-municipality",
        "accompaniment-police",
        "accompaniment-health",
        "accompaniment-other",
    ),
    "pribavljanje ličnih dokumenata": ("personal-documents",),
    "pomoć radi ostvarivanje dečijih dodataka": ("child-benefit",),
    "socijalne pomoći": ("social-assistance",),
    "Dugoročna pomoć u procesu (re)integracije i socijalne inkluzije": (
        "longer-term-housing",
        "schooling",
        "training",
        "employment",
        "family-mediation",
        "day-centre",
    ),
    "Obezbeđivanja transporta": ("transport-to-service", "transport-to-court"),
    "Pomoć pri repatrijaciji (povratku u zemlju porekla)": ("return-from-serbia", "return-to-serbia"),
    "usluge prevodioca": ("interpreting-telephone", "interpreting-live", "interpreting-court", "translation"),
    # The mobile team.
    "transport do prebivališta": ("transport-to-residence",),
    "kućnih poseta": ("home-visit",),
    "ličnog kontakta sa rođacima (preuzimanje dokumentacije, fotografija)": ("meeting-relatives",),
    # Legal help.
    "zastupaju kao punomoćnici u toku krivičnog postupka": ("legal-representation",),
    "advokati i konsultantkinje prate tokom čitavog sudskog postupka": ("proceedings-monitoring",),
    "naknadu sudskih taksi, podnošenje tužbi za naknadu štete": ("damages-claim",),
    "organizovanju dolaska radi davanja iskaza i veštačenja": ("coming-to-testify",),
    # Psychological help.
    "neformalno savetovanje putem telefona, redovan kontakt, aktivnosti Dnevnog centra": ("informal-counselling",),
    "profesionalnog savetovanja, psihoterapije": ("counselling", "psychotherapy"),
    "psihijatrijskih tretmana": ("psychiatric-treatment",),
    "grupnih terapija": ("group-therapy",),
    # Medical help.
    "Opšti zdravstveni pregled, specijalistički pregledi i laboratorijske analize": (
        "general-examination",
        "specialist-examination",
        "laboratory",
    ),
    "Anonimno testiranje (kao i poverljivo savetovanje pre i posle)": ("anonymous-testing",),
    "Lekarski pregledi radi dokumentacije za sudske postupke": ("examination-for-court",),
}
"""The words of the founding programme, shortened, and where the catalogue has them."""


class Walk:
    """One journey on the real pathway, whose client consents to everything."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 9, tzinfo=UTC)
        self.journey: Journey | None = None
        self.count = 0
        self.tell(OpenJourney(pin=PINNED.pin, caseworker=MILA))
        for purpose in ConsentPurpose:
            self.tell(GiveConsent(purpose=purpose))

    @property
    def here(self) -> Journey:
        """The journey as it is."""
        assert self.journey is not None
        return self.journey

    def tell(self, command: Any) -> tuple[Event, ...]:
        """The events of a command that is taken."""
        decision = decide(self.journey, command, ASTRA, self.now, stream=STREAM)
        assert not isinstance(decision, Refused), (command, decision)
        for event in decision:
            self.count += 1
            envelope = Recorded(STREAM, self.count, self.count, event, self.now, MILA, UUID(int=self.count))
            self.journey = evolve(self.journey, envelope)
        return decision

    def move(self, kind: ServiceKind, move: Move, **fields: Any) -> ServiceStatus:
        """Where the service stands after a move; while it is not over, something is due of it."""
        self.tell(AdvanceService(service=kind.service, move=move, **fields))
        state = self.here.services.each[f"service:{kind.service}:1"]
        assert (state.key in {o.key for o in obligations(self.here)}) is state.is_live
        return state.status


def _value(field: RecordField) -> Detail:
    """A value that the field takes."""
    match field.type:
        case FieldType.CHOICE:
            return Chosen(field=field.field, choice=field.choices[0].choice)
        case FieldType.LANGUAGE:
            return Spoken(field=field.field, language="sr-Latn")
        case FieldType.COUNTRY:
            return Placed(field=field.field, country="RS")
        case FieldType.DATE:
            return On(field=field.field, on=date(2026, 3, 2))
        case FieldType.MOMENT:
            return At(field=field.field, at=datetime(2026, 3, 2, 9, tzinfo=UTC))
        case FieldType.NUMBER:
            return Counted(field=field.field, number=1)
        case FieldType.YES_NO:
            return Answered(field=field.field, yes=True)
        case FieldType.PROVIDER | FieldType.STAFF:
            return Named(field=field.field, id=CLINIC)


@pytest.mark.parametrize("words", PROGRAMME)
def test_every_help_of_the_programme_is_in_the_catalogue(words: str) -> None:
    """Under the services named here."""
    for service in PROGRAMME[words]:
        assert CATALOGUE.find(service) is not None, service


def test_the_catalogue_has_nothing_that_the_programme_does_not_name() -> None:
    """A service that nobody asked for would be one that nobody looks after."""
    named = {service for services in PROGRAMME.values() for service in services}
    assert {k.service for k in CATALOGUE.kinds} == named


@pytest.mark.parametrize("kind", RECORDED, ids=lambda k: str(k.service))
def test_a_service_walks_its_whole_chain(kind: ServiceKind) -> None:
    """Need, offer, consent, plan, appointment, no-show, appointment, carried out, record, outcome, follow-ups, end."""
    walk = Walk()
    walk.tell(AssessServiceNeed(service=kind.service))
    assert walk.move(kind, Move.OFFER) is ServiceStatus.OFFERED
    assert walk.move(kind, Move.CONSENT) is ServiceStatus.CONSENTED
    provider = CLINIC if kind.given is Given.BY_PARTNER else None
    assert walk.move(kind, Move.PLAN, provider=provider) is ServiceStatus.PLANNED
    for happens in (Move.NO_SHOW, Move.CANCEL_BY_PROVIDER, Move.CARRY_OUT):
        walk.move(kind, Move.SCHEDULE, appointment=walk.now + timedelta(days=3))
        walk.now += timedelta(days=3, hours=1)
        walk.move(kind, happens)
    if kind.sessions is Sessions.REPEATED:
        walk.move(kind, Move.CARRY_OUT)
    fields = [f for f in (CATALOGUE.find_field(name) for name in kind.holds) if f is not None]
    assert len(fields) == len(kind.holds)
    if fields:
        walk.tell(DetailService(service=kind.service, details=tuple(_value(f) for f in fields)))
    walk.tell(RecordServiceCost(service=kind.service, cost=CostKind.OTHER, amount="1200.50"))
    status = walk.move(kind, Move.RECORD_OUTCOME, outcome=ServiceOutcome.ACHIEVED)
    held = 0
    while status is ServiceStatus.FOLLOW_UP_DUE and held < 6:
        walk.now += timedelta(days=30)
        status = walk.move(kind, Move.HOLD_FOLLOW_UP, outcome=ServiceOutcome.ACHIEVED)
        held += 1
    walk.tell(GiveServiceFeedback(service=kind.service, rating=5))
    assert walk.move(kind, Move.CLOSE, end=ServiceEnd.COMPLETED) is ServiceStatus.CLOSED
    state = walk.here.services.each[f"service:{kind.service}:1"]
    assert set(state.record) == set(kind.holds)
    assert (state.course.missed, state.course.held) == (1, 1 + (kind.sessions is Sessions.REPEATED))
    assert sums(walk.here.services).keys() == {kind.service}


@pytest.mark.parametrize("kind", [k for k in RECORDED if k.consent], ids=lambda k: str(k.service))
def test_a_service_stops_with_the_consent_that_it_needs(kind: ServiceKind) -> None:
    """In the same decision."""
    assert kind.consent is not None
    walk = Walk()
    walk.tell(AssessServiceNeed(service=kind.service))
    walk.move(kind, Move.OFFER)
    walk.move(kind, Move.CONSENT)
    walk.tell(WithdrawConsent(purpose=kind.consent))
    assert walk.here.services.each[f"service:{kind.service}:1"].status is ServiceStatus.STOPPED


def test_anonymous_testing_walks_no_chain() -> None:
    """Two words, and no occurrence."""
    walk = Walk()
    walk.tell(NoteCounselling(service="anonymous-testing", use=UseOfService.COUNSELLING_USED))
    assert walk.here.services.each == {}
    refused = decide(walk.journey, AssessServiceNeed(service="anonymous-testing"), ASTRA, walk.now)
    assert isinstance(refused, Refused)
    assert refused.code is RefusalCode.SERVICE_KEEPS_USE_ONLY
    assert [k.service for k in CATALOGUE.kinds if k.keeps is Keeps.USE_ONLY] == ["anonymous-testing"]


def test_what_depends_on_health_or_law_needs_its_own_consent() -> None:
    """Each purpose for itself (Data Protection Law 87/2018, art. 15 and 17)."""
    needs = {k.service: k.consent for k in CATALOGUE.kinds}
    groups = {"medical": ConsentPurpose.MEDICAL, "repatriation": ConsentPurpose.REPATRIATION}
    for kind in CATALOGUE.kinds:
        if kind.group in groups:
            assert needs[kind.service] is groups[kind.group], kind.service
    assert {needs[s] for s in ("counselling", "psychotherapy", "psychiatric-treatment", "group-therapy")} == {
        ConsentPurpose.PSYCHOLOGICAL
    }
    assert needs["meeting-relatives"] is ConsentPurpose.CONTACT_WITH_FAMILY


def test_a_crisis_in_psychological_help_is_followed_up_within_three_days() -> None:
    """24 to 72 hours."""
    for kind in CATALOGUE.kinds:
        if kind.group == "psychological":
            assert kind.crisis_within is not None
            assert 24 <= kind.crisis_within.count <= 72


def test_help_by_phone_goes_on_and_transport_is_cancelled_in_a_relocation() -> None:
    """Nobody drives to an address that is no longer safe."""
    does = {k.service: k.on_relocation for k in CATALOGUE.kinds}
    assert does["informal-counselling"] is OnRelocation.GO_ON
    assert {does[s] for s in does if s.startswith("transport")} == {OnRelocation.CANCEL}
    assert does["counselling"] is OnRelocation.FREEZE


def test_every_ladder_ends_at_a_named_person() -> None:
    """Whoever is on call; and a silent client reaches the supervisor."""
    ladders = [p.escalate for p in CATALOGUE.situations]
    ladders += [p.escalate for k in CATALOGUE.kinds for p in k.situations]
    ladders += [t.escalate for k in CATALOGUE.kinds for t in k.terms]
    assert all(ladder[-1].to is Role.ON_CALL for ladder in ladders)
    assert [s.count for s in CATALOGUE.search_after] == [7, 14, 30]


def _titles() -> Iterator[Title]:
    for group in CATALOGUE.groups:
        yield group.title
    for field in CATALOGUE.fields:
        yield field.title
        yield from (choice.title for choice in field.choices)
    for kind in CATALOGUE.kinds:
        yield kind.title
        yield from [kind.help] if kind.help else []
        yield from (term.title for term in kind.terms)


def test_no_title_says_why_somebody_is_a_client() -> None:
    """Titles travel further than the pages of staff."""
    assert [t for t in _titles() if REVEALING.search(t.sr) or REVEALING.search(t.en)] == []
    assert len(list(_titles())) > 140
