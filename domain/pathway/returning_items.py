"""The items of a return: what one may owe, by names that pathways and the log use alike.

An item of a preparation has the name of it; a document and a check have a word before theirs.
"""

from __future__ import annotations

from collections.abc import Iterator

from domain.pathway.returning import ReturningRules

DOCUMENT, CHECK = "document-", "check-"
DEPARTURE, HANDOVER, STOP, WAY_HOME = "departure", "handover", "stop", "way-home"


def document_item(document: str) -> str:
    """That a document is there: `document-visa`."""
    return DOCUMENT + document


def check_item(check: str) -> str:
    """A look after somebody who was received: `check-after-3-months`."""
    return CHECK + check


def items_of(rules: ReturningRules) -> Iterator[str]:
    """Everything that a return may owe, but for telling that it is off."""
    yield from (rule.preparation.value for rule in rules.preparations)
    yield from (document_item(rule.document) for rule in rules.documents)
    yield from (DEPARTURE, HANDOVER, WAY_HOME)
    yield from (check_item(rule.check) for rule in rules.checks)
