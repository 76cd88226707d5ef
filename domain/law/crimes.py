"""When prosecution is limited: by the longest prison term that the law threatens (KZ 103), twice that at most (KZ 104).

Criminal Code (KZ), consolidated copy to Sl. glasnik RS 94/2024. Where a form of trafficking has no stated maximum, the
general one of twenty years holds (KZ 45): that is our reading, and it decides between 15 and 20 years.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from domain.law.codes import Duty, Trigger, Verification
from domain.law.limitation_model import Branch, LimitationRule
from domain.law.spans import years
from domain.pathway.model import Title
from domain.values import Article, Code


class Crime(StrEnum):
    """A form of the crimes that our clients suffer. The code names the paragraph."""

    TRAFFICKING = "kz-388-1"
    TRAFFICKING_OF_A_CHILD = "kz-388-3"
    GRIEVOUS_INJURY = "kz-388-4"
    GRIEVOUS_INJURY_OF_A_CHILD = "kz-388-4-child"
    DEATH = "kz-388-5"
    BY_A_GROUP = "kz-388-6"
    BY_AN_ORGANISED_GROUP = "kz-388-7"
    USING_A_VICTIM = "kz-388-8"
    USING_A_CHILD = "kz-388-9"
    ADOPTION = "kz-389-1"
    ADOPTION_BY_A_GROUP = "kz-389-2"
    ADOPTION_BY_AN_ORGANISED_GROUP = "kz-389-3"


def _prosecution(code: Code, prison: Title, term: int, verification: Verification) -> LimitationRule:
    return LimitationRule(
        rule=f"kz-103-{code}",
        branch=Branch.CRIMINAL,
        article="KZ 103",
        absolute_article="KZ 104 (6)",
        title=Title(sr=f"Застарелост гоњења, затвор {prison.sr}", en=f"Limitation of prosecution, prison {prison.en}"),
        duty=Duty.PROSECUTOR,
        term=years(term),
        absolute=years(2 * term),
        runs_from=Trigger.CRIME_COMMITTED,
        absolute_from=Trigger.CRIME_COMMITTED,
        verification=verification,
    )


_READ = Verification.READ_IN_COPY
OVER_15 = _prosecution("over-15", Title(sr="преко 15 година", en="over 15 years"), 20, Verification.INFERRED)
OVER_10 = _prosecution("over-10", Title(sr="преко 10 година", en="over 10 years"), 15, _READ)
OVER_5 = _prosecution("over-5", Title(sr="преко 5 година", en="over 5 years"), 10, _READ)
OVER_3 = _prosecution("over-3", Title(sr="преко 3 године", en="over 3 years"), 5, _READ)
OVER_1 = _prosecution("over-1", Title(sr="преко 1 године", en="over 1 year"), 3, _READ)
UP_TO_1 = _prosecution("up-to-1", Title(sr="до 1 године или новчана казна", en="up to 1 year, or a fine"), 2, _READ)
PROSECUTION_RULES = (OVER_15, OVER_10, OVER_5, OVER_3, OVER_1, UP_TO_1)

PROSECUTION: Mapping[Crime, tuple[LimitationRule, Article]] = MappingProxyType(
    {
        Crime.TRAFFICKING: (OVER_10, "KZ 388 (1)"),
        Crime.TRAFFICKING_OF_A_CHILD: (OVER_15, "KZ 388 (3)"),
        Crime.GRIEVOUS_INJURY: (OVER_10, "KZ 388 (4)"),
        Crime.GRIEVOUS_INJURY_OF_A_CHILD: (OVER_15, "KZ 388 (4)"),
        Crime.DEATH: (OVER_15, "KZ 388 (5)"),
        Crime.BY_A_GROUP: (OVER_15, "KZ 388 (6)"),
        Crime.BY_AN_ORGANISED_GROUP: (OVER_15, "KZ 388 (7)"),
        Crime.USING_A_VICTIM: (OVER_3, "KZ 388 (8)"),
        Crime.USING_A_CHILD: (OVER_5, "KZ 388 (9)"),
        Crime.ADOPTION: (OVER_3, "KZ 389 (1)"),
        Crime.ADOPTION_BY_A_GROUP: (OVER_15, "KZ 389 (2)"),
        Crime.ADOPTION_BY_AN_ORGANISED_GROUP: (OVER_15, "KZ 389 (3)"),
    }
)
"""The limitation of each form, and the article that threatens the prison term. A re-qualified charge changes it."""
