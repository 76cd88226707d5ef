"""What leaves the house holds nothing but what is allowed: a code, a date, a time, a zone, a neutral word, a link."""

from __future__ import annotations

import re
from dataclasses import fields
from string import Formatter

import pytest

from activities.wording import ALLOWED, WORDS, Tongue, tongue_of

TEXTS = [
    (tongue, field.name, str(getattr(words, field.name))) for tongue, words in WORDS.items() for field in fields(words)
]
TELLING = re.compile(
    r"astra|trgovin|traffick|žrtv|victim|sud|суд|court|hearing|ročišt|рочишт|pretres|претрес|lawyer|advok|адвок|police"
    r"|polic|полиц|shelter|kuć|кућ|client|klijent|клијент|case\b|slučaj|случај|help|pomoć|помоћ|ngo",
    re.IGNORECASE,
)


@pytest.mark.parametrize(("tongue", "name", "text"), TEXTS)
def test_a_text_has_no_field_outside_the_allow_list(tongue: Tongue, name: str, text: str) -> None:
    """And no attribute, index or conversion through which one could reach further."""
    for _, field, specification, conversion in Formatter().parse(text):
        assert field is None or field in ALLOWED, (tongue, name)
        assert not specification
        assert conversion is None


def test_the_allow_list_would_catch_a_field() -> None:
    """The control: a name, or something reached through a code, is seen."""
    found = {field for _, field, _, _ in Formatter().parse("{client} {code.obligation}")}
    assert not found & ALLOWED


@pytest.mark.parametrize(("tongue", "name", "text"), TEXTS)
def test_a_text_has_no_word_that_tells_something(tongue: Tongue, name: str, text: str) -> None:
    """Whoever reads it over a shoulder learns that somebody has an appointment."""
    assert not TELLING.search(text), (tongue, name)


@pytest.mark.parametrize(("tongue", "name", "text"), TEXTS)
def test_a_text_is_of_one_script(tongue: Tongue, name: str, text: str) -> None:
    """No Cyrillic in Latin, no Latin in Cyrillic but the names of fields and zones."""
    bare = re.sub(r"\{\w+\}", "", text) if name != "babel" else ""
    assert not re.search(r"[A-Za-z]" if tongue is Tongue.SERBIAN_CYRILLIC else r"[Ѐ-ӿ]", bare), text


@pytest.mark.parametrize(
    ("locale", "tongue"),
    [
        ("sr", Tongue.SERBIAN_LATIN),
        ("sr-Latn", Tongue.SERBIAN_LATIN),
        ("sr-Cyrl", Tongue.SERBIAN_CYRILLIC),
        ("en", Tongue.ENGLISH),
        ("en-GB", Tongue.ENGLISH),
        ("fr", Tongue.SERBIAN_LATIN),
    ],
)
def test_the_tongue_of_a_person(locale: str, tongue: Tongue) -> None:
    """What nobody here writes falls back to what everybody here reads."""
    assert tongue_of(locale) is tongue
