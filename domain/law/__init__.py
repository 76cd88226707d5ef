"""The legal calendar of Serbia: terms, limitation, hearings and their traps. Besides `pathways/astra/` the only place
that knows Serbian institutions.

    from domain.law import TERM_RULES, count_term, limitation, limitation_of_damages

Pure: dates in, values for events out. A Serbian lawyer must confirm every article against the law in force; that is
recorded case by case by whoever uses this (`docs/legal-calendar.md`).
"""

from domain.law.catalogue import LIMITATION_RULES, RESTORATION, TERM_RULES
from domain.law.codes import (
    Bite,
    Direction,
    Duty,
    Proceedings,
    Reason,
    Severity,
    Standing,
    Trigger,
    Verification,
    Weight,
)
from domain.law.counting import count_hours, count_term
from domain.law.crimes import PROSECUTION, PROSECUTION_RULES, Crime
from domain.law.hearings import HEARING_TITLES, TRAPS, HearingKind, Trap, traps_for, traps_of
from domain.law.limitation import (
    ADJUDICATED,
    DAMAGE_BY_CRIME,
    DAMAGES,
    LIMITATION_STOPS,
    limitation,
    limitation_of_damages,
)
from domain.law.limitation_model import Interruption, InterruptionGround, Limitation, LimitationReading, LimitationRule
from domain.law.model import CountedReading, StatutoryDeadline, TermRule
from domain.law.suspension import EMERGENCY_2020, SUSPENSIONS, Suspension, SuspensionGround
from domain.law.wording import REASONS, TRIGGERS

__all__ = [
    "ADJUDICATED",
    "DAMAGES",
    "DAMAGE_BY_CRIME",
    "EMERGENCY_2020",
    "HEARING_TITLES",
    "LIMITATION_RULES",
    "LIMITATION_STOPS",
    "PROSECUTION",
    "PROSECUTION_RULES",
    "REASONS",
    "RESTORATION",
    "SUSPENSIONS",
    "TERM_RULES",
    "TRAPS",
    "TRIGGERS",
    "Bite",
    "CountedReading",
    "Crime",
    "Direction",
    "Duty",
    "HearingKind",
    "Interruption",
    "InterruptionGround",
    "Limitation",
    "LimitationReading",
    "LimitationRule",
    "Proceedings",
    "Reason",
    "Severity",
    "Standing",
    "StatutoryDeadline",
    "Suspension",
    "SuspensionGround",
    "TermRule",
    "Trap",
    "Trigger",
    "Verification",
    "Weight",
    "count_hours",
    "count_term",
    "limitation",
    "limitation_of_damages",
    "traps_for",
    "traps_of",
]
