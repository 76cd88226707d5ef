"""Every term that we know, by its code. Whoever adds one reads the article, and names it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TypeVar

from domain.errors import DefinitionError
from domain.law.administrative import ADMINISTRATIVE_RULES
from domain.law.civil import CIVIL_RULES
from domain.law.codes import Proceedings
from domain.law.crimes import PROSECUTION_RULES
from domain.law.criminal import CRIMINAL_RULES
from domain.law.limitation import ADJUDICATED, DAMAGES
from domain.law.limitation_model import LimitationRule
from domain.law.model import TermRule
from domain.law.residence import RESIDENCE_RULES
from domain.values import Code

R = TypeVar("R", TermRule, LimitationRule)


def _by_code(*groups: tuple[R, ...]) -> Mapping[Code, R]:
    found: dict[Code, R] = {}
    for rule in (rule for group in groups for rule in group):
        if rule.rule in found:
            raise DefinitionError(f"two rules are called {rule.rule}")
        found[rule.rule] = rule
    return MappingProxyType(found)


TERM_RULES = _by_code(CRIMINAL_RULES, CIVIL_RULES, ADMINISTRATIVE_RULES, RESIDENCE_RULES)
LIMITATION_RULES = _by_code((DAMAGES, ADJUDICATED), PROSECUTION_RULES)

RESTORATION: Mapping[Proceedings, Code] = MappingProxyType(
    {Proceedings.CRIMINAL: "zkp-227-restoration", Proceedings.CIVIL: "zpp-110-restoration"}
)
"""The term within which restoration to the former position may be asked for, once something was missed."""
