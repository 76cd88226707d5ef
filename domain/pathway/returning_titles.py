"""The titles of what is owed of returns: a preparation, a document, a check."""

from __future__ import annotations

from domain.codes import ObligationKind
from domain.pathway.model import Pathway, Title
from domain.pathway.titles import titled_by


@titled_by(ObligationKind.RETURN_PREPARATION)
def _preparation(pathway: Pathway, what: str) -> Title | None:
    rules = pathway.returning.preparations if pathway.returning else ()
    return next((rule.title for rule in rules if rule.preparation.value == what), None)


@titled_by(ObligationKind.RETURN_DOCUMENT)
def _document(pathway: Pathway, what: str) -> Title | None:
    found = pathway.returning.find_document(what) if pathway.returning else None
    return found.title if found else None


@titled_by(ObligationKind.RETURN_CHECK)
def _check(pathway: Pathway, what: str) -> Title | None:
    found = pathway.returning.find_check(what) if pathway.returning else None
    return found.title if found else None
