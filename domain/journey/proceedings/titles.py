"""The titles of terms and limitations: the legal calendar has them, for every pathway the same."""

from __future__ import annotations

from domain.codes import ObligationKind
from domain.law import DAMAGE_BY_CRIME, DAMAGES, LIMITATION_RULES, TERM_RULES
from domain.pathway.model import Pathway, Title
from domain.pathway.titles import titled_by


@titled_by(ObligationKind.TERM, ObligationKind.TERM_CONFIRMATION, ObligationKind.LIMITATION)
def title_of_rule(_: Pathway, rule: str) -> Title | None:
    """The title of a rule of the legal calendar."""
    if rule == DAMAGE_BY_CRIME:
        return DAMAGES.title
    found = TERM_RULES.get(rule) or LIMITATION_RULES.get(rule)
    return found.title if found else None
