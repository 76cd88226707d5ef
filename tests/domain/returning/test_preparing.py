"""What a return needs before anybody leaves: each thing owed until it is there, refused where it does not fit."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest

from domain.codes import ConsentGiver, ConsentPurpose, Mover, ObligationKind, Role
from domain.command import CommandInvalid, parse
from domain.journey.consent import GiveConsent
from domain.journey.majority import RecordComingOfAge
from domain.journey.returning import departing
from domain.journey.returning.codes import (
    DocumentStatus,
    EscortKind,
    Finding,
    ReceiverAnswer,
    ReceiverStatus,
    Verdict,
)
from domain.journey.returning.commands import (
    AnswerReceiver,
    ArrangeEscort,
    AskReceiver,
    BeginReturn,
    DeclareVoluntariness,
    DepartOnReturn,
    SettleReturnDocument,
)
from domain.journey.returning.events import (
    EscortArranged,
    ReceiverAnswered,
    ReceiverAsked,
    ReturnAssessed,
    ReturnBegun,
    ReturnDocumentSettled,
    RoutePlanned,
    VoluntarinessDeclared,
)
from domain.pathway.assessment import Level
from domain.pathway.returning import Preparation, ReturnDirection
from domain.refusal import RefusalCode, Unmet
from tests.domain.careful import careful
from tests.domain.given import MILA, Given
from tests.domain.returning.home import (
    CONSENT,
    LEAVES,
    NOON,
    OUT,
    ROUTE,
    STEPS,
    begun,
    joint,
    looked_at,
    missing,
    owed,
    passport,
    ready,
    returned,
    rungs,
)
from tests.returning_examples import CONSULATE, PARTNER, RECEIVER, return_pathway


def test_a_return_begins_with_everything_owed() -> None:
    """Each preparation by its own rule, and the documents of this direction."""
    (event,) = careful().on(return_pathway()).at(NOON).when(OUT).events
    assert isinstance(event, ReturnBegun)
    assert (event.number, event.country, event.form) == (1, "MD", "return-risk")
    items = owed(begun())
    assert set(items) == {*(p.value for p in Preparation), "document-passport"}
    assert items["voluntariness"].waits_on is Mover.CLIENT
    assert items["assessment"].waits_on is items["document-passport"].waits_on is Mover.PARTNER
    assert items["escort"].waits_on is Mover.US
    assert items["voluntariness"].clockwork.deadline.due_on == date(2026, 3, 16)
    assert items["document-passport"].kind is ObligationKind.RETURN_DOCUMENT
    assert {o.owner.staff for o in items.values()} == {MILA}


def test_an_inbound_return_needs_the_documents_of_its_direction() -> None:
    """A visa besides the passport."""
    inbound = BeginReturn(direction=ReturnDirection.INBOUND, country="MD")
    given = careful().on(return_pathway()).having(inbound)
    assert {"document-passport", "document-visa"} <= set(owed(given))


def test_a_pathway_without_the_section_knows_no_returns() -> None:
    """Which is said, not ignored."""
    plain = return_pathway().model_copy(update={"returning": None})
    careful().on(plain).when(OUT).then_refused(RefusalCode.NOT_IN_PATHWAY)


def test_one_return_at_a_time() -> None:
    """Two would be prepared past each other."""
    begun().when(OUT).then_refused(RefusalCode.RETURN_UNFINISHED, part="return:1")


def test_the_client_says_that_they_wish_it() -> None:
    """In a language in which they were told what it means; said again, nothing happens."""
    given = begun()
    command = DeclareVoluntariness(number=1, language="ro")
    event = VoluntarinessDeclared(number=1, giver=ConsentGiver.CLIENT, language="ro")
    after = given.when(command).then(event)
    assert "voluntariness" not in owed(after)
    after.when(command).then_nothing()


def test_a_guardian_speaks_for_a_child_only() -> None:
    """An adult's wish is their own (as their consent is)."""
    guardian = DeclareVoluntariness(number=1, giver=ConsentGiver.GUARDIAN)
    begun().when(guardian).then_refused(RefusalCode.OWN_CONSENT_REQUIRED)
    child = begun().having(RecordComingOfAge(adult_on=date(2027, 3, 2)))
    (event,) = child.when(guardian).events
    assert isinstance(event, VoluntarinessDeclared)


def test_the_risk_is_looked_at_before_both_sides_say_what_they_hold() -> None:
    """Without an assessment by the form of returns there is nothing to hold."""
    begun().when(joint()).then_refused(
        RefusalCode.ASSESSMENT_OUTDATED, part="assessment:return-risk", allowed=("return-risk",)
    )
    given = begun().having(looked_at())
    (event,) = given.when(joint(theirs=Finding.SAFE_WITH_MEASURES)).events
    assert isinstance(event, ReturnAssessed)
    assert (event.verdict, event.overall, event.partner) == (Verdict.CLEAR, Level.LOW, PARTNER)
    assert "assessment" not in owed(given.and_then(event))


@pytest.mark.parametrize(
    ("level", "ours", "theirs"),
    [
        (Level.LOW, Finding.NOT_SAFE, Finding.SAFE),
        (Level.LOW, Finding.SAFE, Finding.NOT_SAFE),
        (Level.HIGH, Finding.SAFE, Finding.SAFE),
        (Level.EXTREME, Finding.SAFE_WITH_MEASURES, Finding.SAFE),
    ],
)
def test_the_stricter_finding_counts(level: Level, ours: Finding, theirs: Finding) -> None:
    """Neither side is outvoted, and from the level of the pathway on nobody leaves. It stays owed, with a new day."""
    given = begun().having(looked_at(way=level)).later(days=2)
    (event,) = given.when(joint(ours, theirs)).events
    assert isinstance(event, ReturnAssessed)
    assert event.verdict is Verdict.BLOCKED
    after = given.and_then(event)
    assert after.state.returns[1].assessment is not None
    assert owed(after)["assessment"].clockwork.deadline == event.timers[0].deadline
    assert ("return", "assessment") in missing(after)


def test_an_assessment_from_before_the_return_does_not_count() -> None:
    """It was about something else."""
    early = careful().on(return_pathway()).at(NOON).having(looked_at(), OUT)
    early.when(joint()).then_refused(RefusalCode.ASSESSMENT_OUTDATED)


def test_a_document_is_applied_for_at_the_consulate_and_watched_once_it_is_there() -> None:
    """Applied for, it stays owed on its day; ready, its last day is."""
    applied = passport(DocumentStatus.APPLIED, consulate=CONSULATE, on=NOON.date())
    given = begun()
    due = owed(given)["document-passport"].clockwork.deadline
    after = given.when(applied).then(
        ReturnDocumentSettled(
            number=1,
            document="passport",
            status=DocumentStatus.APPLIED,
            on=NOON.date(),
            consulate=CONSULATE,
        )
    )
    assert owed(after)["document-passport"].clockwork.deadline == due
    there = after.later(days=3).having(passport(valid_until=date(2026, 9, 1)))
    assert returned(there).documents["passport"].consulate == CONSULATE
    assert owed(there)["document-passport"].clockwork.deadline.due_on == date(2026, 9, 1)
    assert next(rung for rung, _ in rungs(there, "document-passport")) == "before-30-calendar-days"
    again = there.having(passport(DocumentStatus.APPLIED))
    assert owed(again)["document-passport"].clockwork.deadline.due_on < date(2026, 9, 1)


def test_a_document_that_lasts_for_ever_is_owed_no_more() -> None:
    """And neither is one that this client does not need."""
    for command in (passport(), passport(DocumentStatus.NOT_NEEDED)):
        assert "document-passport" not in owed(begun().having(command))


def test_a_document_that_is_refused_is_told_at_once() -> None:
    """To the supervisor and the team that would have driven."""
    after = begun().having(passport(DocumentStatus.REFUSED))
    assert rungs(after, "document-passport")[0] == ("told", (Role.SUPERVISOR, Role.MOBILE_TEAM))


def test_what_does_not_fit_a_document_is_refused() -> None:
    """A document nobody needs, a day ahead, one that has run out, an old form."""
    given = begun()
    other = SettleReturnDocument(number=1, document="licence", status=DocumentStatus.READY)
    given.when(other).then_refused(RefusalCode.UNKNOWN_DOCUMENT, allowed=("passport", "visa"))
    given.when(passport(on=date(2026, 3, 3))).then_refused(RefusalCode.DATE_IN_THE_FUTURE)
    given.when(passport(valid_until=date(2026, 3, 1))).then_refused(RefusalCode.DATE_IN_THE_PAST)
    version = returned(after := given.having(passport())).documents["passport"].version
    after.when(passport(seen=version - 1)).then_refused(
        RefusalCode.PART_CHANGED, part="return:1:document-passport", part_version=version
    )
    after.having(passport(DocumentStatus.REFUSED, seen=version))


def test_an_organisation_receives_with_consent_only() -> None:
    """Asked without a name; agreed once the client agrees that they learn it."""
    agreed = AnswerReceiver(number=1, answer=ReceiverAnswer.AGREED)
    begun().when(agreed).then_refused(RefusalCode.NO_RECEIVER_ASKED)
    asked = begun().having(AskReceiver(number=1, provider=RECEIVER))
    assert isinstance(asked.history[-1].event, ReceiverAsked)
    asked.when(agreed).then_refused(RefusalCode.NO_CONSENT_IN_FORCE, other=RECEIVER)
    ourselves = asked.having(GiveConsent(purpose=ConsentPurpose.REPATRIATION))
    ourselves.when(agreed).then_refused(RefusalCode.NO_CONSENT_IN_FORCE, other=RECEIVER)
    after = (
        asked.having(CONSENT)
        .when(agreed)
        .then(ReceiverAnswered(number=1, provider=RECEIVER, answer=ReceiverAnswer.AGREED))
    )
    assert returned(after).agreed_receiver == RECEIVER
    assert "receiver" not in owed(after)


def test_an_organisation_that_refuses_is_to_be_replaced() -> None:
    """With a new day, and another may be asked."""
    asked = begun().having(AskReceiver(number=1, provider=RECEIVER)).later(days=4)
    after = asked.having(AnswerReceiver(number=1, answer=ReceiverAnswer.REFUSED))
    receiver = returned(after).receiver
    assert receiver is not None
    assert receiver.status is ReceiverStatus.REFUSED
    assert owed(after)["receiver"].due_at > owed(asked)["receiver"].due_at
    assert returned(after.having(AskReceiver(number=1, provider=PARTNER))).receiver is not None


def test_somebody_travels_along_or_nobody_as_the_client_wishes() -> None:
    """One of us by name, a partner by its id."""
    arranged = ArrangeEscort(number=1, escort=EscortKind.OURS, staff=MILA)
    after = begun().when(arranged).then(EscortArranged(number=1, kind=EscortKind.OURS, staff=MILA))
    assert "escort" not in owed(after)
    for body in ({"escort": "ours"}, {"escort": "medical"}):
        with pytest.raises(CommandInvalid, match="names who"):
            parse("arrange-escort", {"number": 1, **body})


def test_once_there_is_a_day_what_is_missing_is_due_before_it() -> None:
    """Three working days before they leave; with a later day, what was due earlier stays."""
    soon = ROUTE.model_copy(update={"departs_at": NOON + timedelta(days=14), "arrives_at": NOON + timedelta(days=15)})
    after = begun().having(soon)
    event = after.history[-1].event
    assert isinstance(event, RoutePlanned)
    pulled = {"voluntariness", "assessment", "receiver", "escort", "document-passport"}
    assert {t.item for t in event.timers} == {*pulled, "departure"}
    for item in pulled:
        assert owed(after)[item].clockwork.deadline.due_on == date(2026, 3, 11)
    assert owed(after)["departure"].appointment == soon.departs_at
    assert "route" not in owed(after)
    late = begun().having(ROUTE).history[-1].event
    assert isinstance(late, RoutePlanned)
    assert {t.item for t in late.timers} == {"departure"}


def test_a_route_leads_forward() -> None:
    """It arrives after it leaves, and leaves after now."""
    given = begun()
    given.when(ROUTE.model_copy(update={"arrives_at": LEAVES})).then_refused(RefusalCode.DATES_OUT_OF_ORDER)
    given.when(ROUTE.model_copy(update={"departs_at": NOON})).then_refused(RefusalCode.DATE_IN_THE_PAST)


@pytest.mark.parametrize("name", STEPS)
def test_nobody_leaves_while_anything_is_missing(name: str) -> None:
    """Each of them alone keeps everybody here, and is named."""
    given = ready(without=name)
    kind = ("return-document", "passport") if name.startswith("document") else ("return", name)
    assert missing(given) == {kind}


def test_nothing_is_missing_when_everything_is_there() -> None:
    """The control of the one before."""
    assert missing(ready()) == set()
    assert set(owed(ready())) == {"departure"}


def test_a_passport_that_runs_out_on_the_way_keeps_them_here() -> None:
    """On the day of arrival it must still be valid."""
    given = ready(without="document-passport")
    assert missing(given.having(passport(valid_until=LEAVES.date() - timedelta(days=1)))) == {
        ("return-document", "passport")
    }
    assert missing(given.having(passport(valid_until=LEAVES.date()))) == set()


def test_a_form_that_shows_an_old_return_is_refused() -> None:
    """What changed under it is named."""
    given = begun()
    old = returned(given).version
    newer = given.having(ArrangeEscort(number=1, escort=EscortKind.UNESCORTED))
    newer.when(ROUTE.model_copy(update={"seen": old})).then_refused(
        RefusalCode.PART_CHANGED, part="return:1", part_version=returned(newer).version
    )


def test_a_return_that_is_not_there() -> None:
    """Whatever is said of it."""
    given: Given = begun()
    given.when(DeclareVoluntariness(number=7)).then_refused(RefusalCode.NO_SUCH_RETURN, part="return:7")
    assert UUID(int=0) not in returned(given).partners


def test_another_part_may_have_a_say(monkeypatch: pytest.MonkeyPatch) -> None:
    """What it registers is missing like anything else, and nobody leaves."""
    registered: list[departing.Requirement] = [*departing.REQUIRED]
    monkeypatch.setattr(departing, "REQUIRED", registered)

    @departing.required_to_depart
    def somebody_else(leaving: departing.Leaving) -> tuple[Unmet, ...]:
        return (Unmet(kind="role", name="supervisor", wants="assigned"),) if leaving.state.escort else ()

    assert somebody_else in registered
    assert missing(ready()) == {("role", "supervisor")}
    ready().at(LEAVES).when(DepartOnReturn(number=1)).then_refused(RefusalCode.RETURN_NOT_READY)
