"""Anonymous testing: that counselling was offered or used, with consent, and nothing else by any way."""

from __future__ import annotations

import re
import typing
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given as gives
from hypothesis import settings
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

import domain.message
import domain.streams
from domain.codes import ClosingReason, ConsentPurpose, StreamName
from domain.command import COMMAND_TYPES, Command, CommandInvalid, parse
from domain.event import EVENT_TYPES
from domain.journey.closing import CloseJourney
from domain.journey.consent import GiveConsent, WithdrawConsent
from domain.journey.service.codes import CostKind, Move, ReferralAnswer, UseOfService
from domain.journey.service.commands import AdvanceService, AssessServiceNeed, CorrectService, ResumeService
from domain.journey.service.costing import CorrectServiceCost, RecordServiceCost
from domain.journey.service.detailing import DetailService
from domain.journey.service.feedback import GiveServiceFeedback
from domain.journey.service.record import Counted
from domain.journey.service.referring import AnswerReferral, SendReferral
from domain.journey.service.state import Use
from domain.journey.service.uses import CounsellingForgotten, CounsellingNoted, NoteCounselling
from domain.pathway.services import ServiceKind
from domain.provider.codes import ProviderKind
from domain.provider.kind import decide as decide_provider
from domain.provider.listing import ListProvider
from domain.refusal import RefusalCode, Refused
from tests.architecture.sources import ROOT
from tests.domain.given import MONDAY, NOTE, begun
from tests.domain.service.told import CLINIC, willing
from tests.pathway_examples import small_pathway, small_pin

OFFERED, USED = UseOfService
NOTED = CounsellingNoted(service="testing", use=OFFERED, consent=ConsentPurpose.MEDICAL)
FORBIDDEN = re.compile(
    r"(?<!arc)hiv|aids|hepatit|\bhbv\b|\bhcv\b|serolog|titer|титар|сида|(?<!ар)хив|хепатит|sida\b|test.?(result|code|site|date|kit)"
    r"|result.?(of|code)|positive|negative|reactive|позитив|негатив|pozitiv|negativ|diagnos|дијагноз|dijagnoz",
    re.IGNORECASE,
)
"""What a place for a result would be called."""

EVERY_COMMAND: tuple[Command, ...] = (
    AssessServiceNeed(service="testing"),
    *(AdvanceService(service="testing", move=move) for move in Move),
    CorrectService(service="testing", corrects=1),
    ResumeService(service="testing"),
    DetailService(service="testing", details=(Counted(field="pages", number=1),)),
    RecordServiceCost(service="testing", cost=CostKind.EXAMINATION, amount="1"),
    CorrectServiceCost(service="testing", corrects=1),
    SendReferral(service="testing", recipient=CLINIC),
    AnswerReferral(service="testing", answer=ReferralAnswer.DONE),
    GiveServiceFeedback(service="testing", rating=5),
)
"""Every command that names a service, but the one that notes counselling."""


def test_it_is_noted_with_consent_only() -> None:
    """The purpose of the catalogue."""
    begun().when(NoteCounselling(service="testing", use=OFFERED)).then_refused(
        RefusalCode.CONSENT_REQUIRED, allowed=("medical",)
    )
    after = willing().when(NoteCounselling(service="testing", use=OFFERED)).then(NOTED)
    assert after.state.services.uses["testing"] == Use(OFFERED, ConsentPurpose.MEDICAL, after.state.version)


def test_used_goes_after_offered_and_never_back() -> None:
    """Said again, nothing is recorded: not even how often."""
    used = willing().having(
        NoteCounselling(service="testing", use=OFFERED), NoteCounselling(service="testing", use=USED)
    )
    assert used.state.services.uses["testing"].use is USED
    used.when(NoteCounselling(service="testing", use=USED)).then_nothing()
    used.when(NoteCounselling(service="testing", use=OFFERED)).then_nothing()


def test_where_the_consent_ends_the_file_forgets_it() -> None:
    """In the same decision, and in a closed journey too."""
    noted = willing().having(NoteCounselling(service="testing", use=USED))
    for before in (noted, noted.having(CloseJourney(reason=ClosingReason.GOALS_REACHED))):
        events = before.when(WithdrawConsent(purpose=ConsentPurpose.MEDICAL)).events
        assert CounsellingForgotten(service="testing") in events
        assert before.having(WithdrawConsent(purpose=ConsentPurpose.MEDICAL)).state.services.uses == {}


def test_other_services_are_not_noted_so() -> None:
    """Nor is there anything without a catalogue."""
    willing().when(NoteCounselling(service="exam", use=USED)).then_refused(
        RefusalCode.UNKNOWN_SERVICE, allowed=("testing",)
    )
    plain = willing().on(small_pathway().model_copy(update={"services": None}))
    plain.when(NoteCounselling(service="testing", use=USED)).then_refused(RefusalCode.NO_SERVICES)


def test_every_command_that_names_a_service_was_looked_at() -> None:
    """The control: a new command with a service is to be added above."""
    named = {c for c in COMMAND_TYPES.values() if "service" in c.model_fields and c.__module__.startswith("domain.")}
    assert named == {type(command) for command in EVERY_COMMAND} | {NoteCounselling}


@pytest.mark.parametrize("command", EVERY_COMMAND, ids=lambda c: f"{c.kind}-{getattr(c, 'move', '')}")
def test_no_other_command_takes_it(command: Command) -> None:
    """No occurrence, and so no appointment, provider, outcome, record, cost, referral, feedback or note."""
    for given in (willing(), willing().having(NoteCounselling(service="testing", use=USED))):
        given.when(command).then_refused(RefusalCode.SERVICE_KEEPS_USE_ONLY)


def test_no_provider_is_listed_for_it() -> None:
    """A site in the directory beside a note in a file would be a link."""
    command = ListProvider(pin=small_pin(), provider_kind=ProviderKind.LABORATORY, country="RS", services=("testing",))
    stream = StreamName.PROVIDER.stream(CLINIC)
    decision = decide_provider(None, command, small_pathway(), MONDAY, stream=stream)
    assert isinstance(decision, Refused)
    assert decision.code is RefusalCode.UNKNOWN_SERVICE


def test_what_is_recorded_has_no_field_for_anything_else() -> None:
    """Service, use, the consent that carries it; the time it happened is never known."""
    assert set(CounsellingNoted.model_fields) == {"occurred_at", "service", "use", "consent"}
    assert set(CounsellingForgotten.model_fields) == {"occurred_at", "service"}
    assert set(NoteCounselling.model_fields) == {"service", "use"}
    assert set(Use.__dataclass_fields__) == {"use", "consent", "version"}
    assert [use.value for use in UseOfService] == ["counselling-offered", "counselling-used"]
    for event in (CounsellingNoted, CounsellingForgotten):
        assert event.model_fields["occurred_at"].annotation is type(None)
    with pytest.raises(ValidationError):
        CounsellingNoted.model_validate({**NOTED.model_dump(), "occurred_at": MONDAY})


@pytest.mark.parametrize(
    "more",
    [
        {"note": NOTE.text},
        {"occurred_at": MONDAY.isoformat()},
        {"provider": str(CLINIC)},
        {"appointment": (MONDAY + timedelta(days=1)).isoformat()},
        {"outcome": "achieved"},
        {"code": "A-17"},
    ],
)
def test_the_command_refuses_every_other_field(more: dict[str, Any]) -> None:
    """Before anybody decides."""
    with pytest.raises(CommandInvalid):
        parse(NoteCounselling.kind, {"service": "testing", "use": "counselling-used", **more})


@gives(
    body=st.dictionaries(
        st.text(st.characters(codec="ascii", categories=["Ll"]), min_size=1, max_size=12)
        | st.sampled_from(sorted({f for c in COMMAND_TYPES.values() for f in c.model_fields})),
        st.one_of(
            st.text(max_size=30),
            st.integers(),
            st.booleans(),
            st.datetimes().map(str),
            st.uuids().map(str),
            st.sampled_from([*UseOfService, "positive", "negative"]),
        ),
        max_size=5,
    )
)
@settings(max_examples=300, deadline=None)
def test_whatever_is_sent_nothing_else_is_recorded(body: dict[str, Any]) -> None:
    """Property: any body whatever for any command, about this service, leaves at most the two words behind."""
    for kind in ("note-counselling", *sorted({c.kind for c in EVERY_COMMAND})):
        try:
            command = parse(kind, {**body, "service": "testing"})
        except CommandInvalid:
            continue
        given = willing()
        decision = given.when(command).decision
        if isinstance(decision, Refused):
            assert kind != "note-counselling" or decision.code is RefusalCode.CONSENT_REQUIRED
            continue
        assert kind == "note-counselling"
        for event in decision:
            assert isinstance(event, CounsellingNoted)
            assert event.model_dump(exclude_none=True, mode="json") == {
                "service": "testing",
                "use": body["use"],
                "consent": "medical",
            }


def _names(model: type[BaseModel], seen: set[type] | None = None) -> set[str]:
    """The names of all fields and codes of a model, and of the models and enums within."""
    seen = seen if seen is not None else set()
    found: set[str] = set()
    if model in seen:
        return found
    seen.add(model)
    for name, hint in typing.get_type_hints(model).items():
        found.add(name)
        for inner in _types(hint):
            if isinstance(inner, type) and issubclass(inner, BaseModel):
                found |= _names(inner, seen)
            elif isinstance(inner, type) and hasattr(inner, "__members__"):
                found |= {str(member.value) for member in inner.__members__.values()}
    return found


def _types(hint: Any) -> set[Any]:
    arguments = typing.get_args(hint)
    return {hint} | {inner for a in arguments for inner in _types(a)}


def test_no_event_or_command_has_a_place_for_a_result() -> None:
    """A search over the names of every field and code of every event and command of every stream."""
    assert domain.message.__name__
    assert domain.streams.PROVIDER.name is StreamName.PROVIDER
    for cls in (*EVENT_TYPES.values(), *COMMAND_TYPES.values()):
        if cls.__module__.startswith("domain."):
            found = {n for n in (*_names(cls), cls.__name__) if FORBIDDEN.search(n)}
            assert not found, (cls.__name__, found)


def test_no_pathway_read_model_or_page_has_a_place_for_a_result() -> None:
    """A search over everything that is written: pathways, read models, their tables, pages and words."""
    places = [
        *sorted((ROOT / "pathways").rglob("*.yaml")),
        *sorted((ROOT / "projections").rglob("*.py")),
        *sorted((ROOT / "projections").rglob("*.sql")),
        *sorted((ROOT / "staff").rglob("*.html")),
        *sorted((ROOT / "staff/i18n").rglob("*.toml")),
        *sorted((ROOT / "domain/journey/service").rglob("*.py")),
        *sorted((ROOT / "domain/provider").rglob("*.py")),
        *sorted((ROOT / "domain/pathway").rglob("*.py")),
    ]
    assert len(places) > 60
    words = re.compile(FORBIDDEN.pattern.partition("|test.?")[0], re.IGNORECASE)
    found = {p.relative_to(ROOT).as_posix() for p in places if words.search(p.read_text(encoding="utf-8"))}
    assert not found


def test_the_search_finds_what_it_looks_for() -> None:
    """The control."""
    for word in (
        "hiv_status",
        "test-result",
        "HepatitisB",
        "хепатитис",
        "result_code",
        "testing-site".replace("ing", ""),
    ):
        assert FORBIDDEN.search(word), word


def test_a_catalogue_cannot_give_it_more() -> None:
    """The model of the pathway refuses any other key beside such a service, and one without a consent."""
    plain = {
        "service": "testing",
        "group": "help",
        "title": {"sr": "Услуга", "en": "Service"},
        "role": "consultant",
        "keeps": "use-only",
        "consent": "medical",
    }
    assert ServiceKind.model_validate(plain)
    more: dict[str, Any] = {
        "given": "by-partner",
        "sessions": "repeated",
        "waits_on": "partner",
        "holds": ["language"],
        "follow_up": {"every": {"count": 1}},
        "crisis_within": {"count": 1},
        "on_relocation": "cancel",
        "covered_by": {"directions": ["outbound"]},
        "situations": [{"when": "needed", "within": {"count": 1}}],
        "terms": [
            {"term": "a", "title": plain["title"], "after": "b", "until": "c", "within": {"count": 1}},
        ],
    }
    assert set(more) == set(ServiceKind.model_fields) - {*plain, "help"}
    for key, value in more.items():
        with pytest.raises(ValidationError, match="nothing else"):
            ServiceKind.model_validate({**plain, key: value})
    with pytest.raises(ValidationError, match="add `consent`"):
        ServiceKind.model_validate({key: value for key, value in plain.items() if key != "consent"})


def test_the_journey_holds_nothing_else_of_it() -> None:
    """The whole state, searched for the service: one line."""
    noted = willing().having(NoteCounselling(service="testing", use=USED))
    services = noted.state.services
    assert (services.each, services.referrals, services.search) == ({}, {}, None)
    assert repr(services).count("testing") == 1
    assert UUID(int=0) not in services.uses


def test_it_is_given_again_with_a_new_consent_only() -> None:
    """What was forgotten is not remembered."""
    noted = willing().having(
        NoteCounselling(service="testing", use=USED), WithdrawConsent(purpose=ConsentPurpose.MEDICAL)
    )
    noted.when(NoteCounselling(service="testing", use=USED)).then_refused(RefusalCode.CONSENT_REQUIRED)
    again = noted.having(GiveConsent(purpose=ConsentPurpose.MEDICAL))
    assert again.state.services.uses == {}
