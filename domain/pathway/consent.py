"""Section `consent`: how long consents and guardians' words hold, who is told, and what the law lets be disclosed.

Source of the defaults: Law on Personal Data Protection 87/2018, art. 15. Articles of a law stand in the pathway only.
"""

from __future__ import annotations

from enum import StrEnum

from domain.pathway.common import Span, Unit
from domain.pathway.ladder import Ladder, days_before
from domain.values import Article, Value


class LegalGround(StrEnum):
    """What lets, or makes, an organisation disclose without a consent."""

    DUTY_TO_REPORT = "duty-to-report"
    DANGER_TO_LIFE = "danger-to-life"
    COURT_ORDER = "court-order"
    LEGAL_CLAIM = "legal-claim"


class Ground(Value):
    """A ground with the article that says so, as lawyers cite it."""

    ground: LegalGround
    article: Article


class ConsentRules(Value):
    """`guardian_grace`: so long after coming of age a guardian's consent still covers a new disclosure."""

    renewal: Ladder = Ladder(within=Span(count=0), remind=days_before(14, 3))
    """Before a consent that was given until a day ends."""
    own: Ladder = Ladder(within=Span(count=0), remind=days_before(60, 14))
    """Before the day on which the client comes of age."""
    withdrawal: Ladder = Ladder(within=Span(count=1))
    """After a withdrawal, until the recipient has been told."""
    guardian_grace: Span = Span(count=0, unit=Unit.CALENDAR_DAYS)
    grounds: tuple[Ground, ...] = ()

    def ground(self, ground: LegalGround) -> Ground | None:
        """The ground as this pathway knows it."""
        return next((g for g in self.grounds if g.ground is ground), None)
