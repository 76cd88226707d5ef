"""Only the legal calendar and the pathways of the organisation know Serbian law: the engine stays general."""

from __future__ import annotations

import re

from tests.architecture.sources import ROOMS, sources

ARTICLE = re.compile(r"\b(ZKP|ZPP|ZOO|KZ|ZS|ZUP|ZUS) ?[0-9]{1,3}\b")
LAW = "domain.law"


def test_no_other_module_holds_an_article() -> None:
    """In a string that the program works with; a docstring may say where a rule comes from."""
    found = [
        f"{source.place}:{line}: {text}"
        for source in sources(*ROOMS)
        if not source.name.startswith(LAW)
        for line, text in source.quoted
        if ARTICLE.search(text)
    ]
    assert found == []


def test_the_legal_calendar_holds_some() -> None:
    """The control: what is looked for is found where it belongs."""
    texts = [text for source in sources("domain") if source.name.startswith(LAW) for _, text in source.quoted]
    assert sum(bool(ARTICLE.search(text)) for text in texts) > 40


def test_the_legal_calendar_stands_on_little() -> None:
    """It knows values, spans and working days: no journey, event or command. So it can be counted with anywhere."""
    may = {"domain.calendar", "domain.errors", "domain.values", "domain.pathway.model"}
    imported = {
        name
        for source in sources("domain")
        if source.name.startswith(LAW)
        for name in source.imports
        if name.startswith("domain") and not name.startswith(LAW)
    }
    assert imported <= may
