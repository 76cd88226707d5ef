"""The catalogue holds every row that it must, and what it gives can stand in an event."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pytest
from pydantic import ValidationError

from domain.event import forbidden_fields
from domain.law import (
    ADJUDICATED,
    DAMAGES,
    HEARING_TITLES,
    LIMITATION_RULES,
    PROSECUTION,
    REASONS,
    TERM_RULES,
    TRAPS,
    TRIGGERS,
    Bite,
    CountedReading,
    Crime,
    Direction,
    Duty,
    HearingKind,
    Interruption,
    Limitation,
    LimitationReading,
    Proceedings,
    Reason,
    Severity,
    StatutoryDeadline,
    Suspension,
    TermRule,
    Trigger,
    Verification,
    Weight,
    traps_of,
)
from domain.law.spans import days, months, years
from domain.values import Value

WANTED = {
    # Article: the lengths that it gives, in days or months, in any reading or cap.
    "ZKP 51": {days(8), days(15), months(3)},
    "ZKP 52": {days(0), days(8), months(3)},
    "ZKP 227": {days(8), months(3)},
    "ZKP 254": {days(0)},
    "ZKP 331": {days(8), days(15), days(45), months(3)},
    "ZKP 336": {days(8)},
    "ZKP 346": {days(30), days(60)},
    "ZKP 353": {days(30), days(60)},
    "ZKP 360": {days(30)},
    "ZKP 386": {days(15)},
    "ZKP 425": {days(0), days(3), days(8)},
    "ZKP 427": {days(15), days(30)},
    "ZKP 432": {days(15), days(30)},
    "ZPP 108": set(),
    "ZPP 110": {days(8), days(60)},
    "ZPP 269": {days(60)},
    "ZPP 296": {days(15)},
    "ZPP 297": {days(30)},
    "ZPP 301": {days(30)},
    "ZPP 303": {days(8), days(9)},
    "ZPP 309": {days(30)},
    "ZPP 367": {days(15)},
    "ZPP 403": {days(30)},
    "ZOO 390": {months(3)},
    "ZUP 145": {days(30), days(60)},
    "ZUP 153": {days(15), years(1)},
    "ZUP 174": {days(60)},
    "ZUS 18": {days(30)},
    "ZUS 19": {days(7)},
    "ZS 41": {days(0)},
    "ZS 45": {days(15)},
    "ZS 61": {months(6), years(1)},
    "ZS 62": {days(90)},
    "ZS 63": {years(1)},
}


def _terms(rule: TermRule) -> Iterator[tuple[str, object]]:
    for reading in rule.readings:
        if reading.weight is Weight.ARGUABLE and hasattr(reading.within, "unit"):
            yield reading.article or rule.article, reading.within
    if rule.cap is not None:
        yield rule.cap.article, rule.cap.within


def test_every_article_has_its_terms_and_no_other() -> None:
    """The table of the statutory clock, written down a second time."""
    found: dict[str, set[object]] = {" ".join(rule.article.split()[:2]): set() for rule in TERM_RULES.values()}
    for rule in TERM_RULES.values():
        for article, span in _terms(rule):
            found[" ".join(article.split()[:2])].add(span)
    assert found == WANTED


def test_limitation_by_the_obligations_act_and_the_criminal_code() -> None:
    """3 and 5 years, 10 years, and the six steps of KZ 103 with twice as much."""
    assert (DAMAGES.term, DAMAGES.absolute) == (years(3), years(5))
    assert (ADJUDICATED.term, ADJUDICATED.absolute) == (years(10), None)
    steps = [rule for code, rule in LIMITATION_RULES.items() if code.startswith("kz-103-")]
    assert [rule.term for rule in steps] == [years(n) for n in (20, 15, 10, 5, 3, 2)]
    assert [rule.absolute for rule in steps] == [years(2 * n) for n in (20, 15, 10, 5, 3, 2)]


def test_every_form_of_trafficking_has_its_limitation() -> None:
    """Basic form 15 years, aggravated ones without a maximum 20, and inferred."""
    assert set(PROSECUTION) == set(Crime)
    assert PROSECUTION[Crime.TRAFFICKING][0].term == years(15)
    assert PROSECUTION[Crime.DEATH][0].term == years(20)
    assert PROSECUTION[Crime.DEATH][0].verification is Verification.INFERRED
    for crime, (_, article) in PROSECUTION.items():
        law, number, paragraph = crime.value.split("-")[:3]
        assert article == f"{law.upper()} {number} ({paragraph})"


def test_a_code_names_its_article() -> None:
    """So that whoever reads an event finds the law."""
    named = [(code, rule.rule, rule.article) for code, rule in TERM_RULES.items()]
    named += [(code, limit.rule, limit.article) for code, limit in LIMITATION_RULES.items()]
    for code, rule, article in named:
        law, number = article.split()[:2]
        assert code.startswith(f"{law.lower()}-{number}-"), code
        assert code == rule


def test_a_missed_term_of_our_client_is_severe() -> None:
    """What the client has to do in time is what ends a right; what others owe is not."""
    for rule in TERM_RULES.values():
        assert (rule.severity is Severity.ENDS_A_RIGHT) is (rule.duty is Duty.CLIENT), rule.rule


def test_readings_of_one_rule_can_be_told_apart() -> None:
    """By reason and event: a lawyer rules out by reason."""
    for rule in TERM_RULES.values():
        told = [(reading.reason, reading.runs_from) for reading in rule.readings]
        assert len(set(told)) == len(told), rule.rule
        assert rule.readings[0].weight is Weight.ARGUABLE


def test_what_the_articles_leave_open_is_not_presented_as_certain() -> None:
    """Where the start or the reach of a term is ours, the rule says so."""
    assert TERM_RULES["zpp-269-expert-opinion"].verification is Verification.UNVERIFIED
    inferred = {code for code, rule in TERM_RULES.items() if rule.verification is Verification.INFERRED}
    assert inferred == {
        "zkp-254-property-claim",
        "zpp-108-postponement",
        "zoo-390-claim-again",
        "zs-61-humanitarian",
        "zs-62-presumed-victim",
        "zs-63-victim",
    }


@pytest.mark.parametrize(
    "value", [StatutoryDeadline, CountedReading, Limitation, LimitationReading, Suspension, Interruption]
)
def test_answers_may_stand_in_an_event(value: type[Value]) -> None:
    """No field could hold free text."""
    assert forbidden_fields(value) == []


def test_an_alarm_later_than_its_earliest_reading_is_refused() -> None:
    """Neither a program nor a stored event can move it."""
    on = date(2026, 6, 10)
    reading = CountedReading(
        reasons=(Reason.TEXT,),
        weight=Weight.ARGUABLE,
        article="ZKP 432 (1)",
        runs_from=Trigger.JUDGMENT_SERVED,
        from_on=date(2026, 5, 26),
        last_day=on,
        due_on=on,
    )
    with pytest.raises(ValidationError):
        StatutoryDeadline(
            rule="zkp-432-appeal",
            article="ZKP 432 (1)",
            calendar="rs-0.109",
            due_on=date(2026, 6, 11),
            readings=(reading,),
        )
    ends = LimitationReading(
        reasons=(Reason.TEXT,), article="KZ 103", relative_on=on, absolute_on=None, ends_on=on, bites=Bite.RELATIVE
    )
    with pytest.raises(ValidationError):
        Limitation(
            rule="kz-103-over-10",
            article="KZ 103",
            calendar="rs-0.109",
            ends_on=date(2026, 6, 11),
            bites=Bite.RELATIVE,
            readings=(ends,),
        )


def test_only_days_are_counted_back() -> None:
    """A month before is another count, which no article of ours asks for."""
    wrong = TERM_RULES["zkp-227-restoration"].model_dump() | {"direction": Direction.BEFORE}
    with pytest.raises(ValidationError, match="counted back"):
        TermRule.model_validate(wrong)


def test_there_are_words_for_every_trigger_and_reason() -> None:
    """Each its own, in Cyrillic; the abbreviation of a law stays Latin, as in every citation."""
    for words, codes in ((TRIGGERS.values(), Trigger), (REASONS.values(), Reason)):
        assert len({title.sr for title in words}) == len({title.en for title in words}) == len(codes)
        assert not any(re.search("[a-z]", title.sr) for title in words)


def test_the_traps_of_a_hearing() -> None:
    """An absent claimant loses a civil claim at the preparatory hearing; an absent victim the prosecution."""
    assert [t.trap for t in traps_of(HearingKind.PREPARATORY, Proceedings.CIVIL)] == ["zpp-304-absent"]
    assert [t.trap for t in traps_of(HearingKind.CIVIL_MAIN, Proceedings.CIVIL)] == ["zpp-311-absent"]
    for kind in (HearingKind.PREPARATORY, HearingKind.CRIMINAL_TRIAL):
        assert [t.trap for t in traps_of(kind, Proceedings.CRIMINAL)] == ["zkp-52-absent"]
    assert traps_of(HearingKind.EXPERT, Proceedings.CIVIL) == ()
    assert all(trap.severity is Severity.ENDS_A_RIGHT for trap in TRAPS)
    assert set(HEARING_TITLES) == set(HearingKind)
