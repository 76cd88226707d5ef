"""The closed lists of the legal calendar. A value is never renamed or reused: it stands in the log."""

from __future__ import annotations

from enum import StrEnum


class Proceedings(StrEnum):
    """Whose rules of counting hold: ZKP 224, ZPP 103, ZUP 80; a residence is a validity and rolls nowhere."""

    CRIMINAL = "criminal"
    CIVIL = "civil"
    ADMINISTRATIVE = "administrative"
    RESIDENCE = "residence"


class Duty(StrEnum):
    """Who has to act within the term. Prosecutor is the public prosecutor (javni tužilac), never the plaintiff."""

    CLIENT = "client"
    OPPOSING_PARTY = "opposing-party"
    COURT = "court"
    PROSECUTOR = "prosecutor"
    EXPERT = "expert"
    AUTHORITY = "authority"


class Standing(StrEnum):
    """What our client is in proceedings: injured party (oštećeni), witness, plaintiff (tužilac in civil ones)."""

    INJURED_PARTY = "injured-party"
    WITNESS = "witness"
    PLAINTIFF = "plaintiff"


class Severity(StrEnum):
    """What a missed term costs our client."""

    ORDINARY = "ordinary"
    ENDS_A_RIGHT = "ends-a-right"


class Verification(StrEnum):
    """How far a rule was checked. None was confirmed by a Serbian lawyer: that is recorded case by case, not here."""

    READ_IN_COPY = "read-in-copy"
    """The article says so in a consolidated copy of the statute; whether that is the law in force was not checked."""
    INFERRED = "inferred"
    """Follows from an article by our reading of it."""
    UNVERIFIED = "unverified"
    """The article leaves open what is needed to count, or the source is secondary."""


class Direction(StrEnum):
    """Whether a term runs forward from its trigger or ends so long before it."""

    AFTER = "after"
    BEFORE = "before"


class Weight(StrEnum):
    """What a reading may do: move the alarm, or only explain why somebody else's date differs."""

    ARGUABLE = "arguable"
    REJECTED = "rejected"


class Bite(StrEnum):
    """Which end of a limitation comes first."""

    RELATIVE = "relative"
    ABSOLUTE = "absolute"


class Trigger(StrEnum):
    """The event that a term runs from. The day on which it falls is never counted in criminal and civil terms."""

    NOTICE_OF_DISMISSAL = "notice-of-dismissal"
    """The victim received notice and instruction that the prosecutor dismissed, stopped or gave up."""
    DISMISSAL_DECIDED = "dismissal-decided"
    OBJECTION_RECEIVED = "objection-received"
    ASKED_IN_COURT = "asked-in-court"
    """The victim was present when the prosecutor dropped the charges, and was asked."""
    NOTICE_OF_WITHDRAWAL = "notice-of-withdrawal"
    CHARGES_WITHDRAWN = "charges-withdrawn"
    INVESTIGATION_ENDED = "investigation-ended"
    INDICTMENT_TERM_EXPIRED = "indictment-term-expired"
    INDICTMENT_SERVED = "indictment-served"
    INDICTMENT_RECEIVED = "indictment-received"
    """The confirmed indictment reached the court."""
    TRIAL_START_SET = "trial-start-set"
    """The day for which the main hearing had been set."""
    TRIAL_INTERRUPTED = "trial-interrupted"
    TRIAL_ENDED = "trial-ended"
    JUDGMENT_ANNOUNCED = "judgment-announced"
    JUDGMENT_SERVED = "judgment-served"
    JUDGMENT_FINAL = "judgment-final"
    OBSTACLE_ENDED = "obstacle-ended"
    LEARNED_OF_MISSING = "learned-of-missing"
    MISSED = "missed"
    """The hearing or the last day that was missed."""
    CLAIM_FILED = "claim-filed"
    CLAIM_SERVED = "claim-served"
    REPLY_RECEIVED = "reply-received"
    REPLY_TERM_EXPIRED = "reply-term-expired"
    PREPARATORY_HEARING_HELD = "preparatory-hearing-held"
    HEARING_DAY = "hearing-day"
    HEARING_POSTPONED = "hearing-postponed"
    EXPERT_ORDERED = "expert-ordered"
    REQUEST_FILED = "request-filed"
    DECISION_SERVED = "decision-served"
    DECISION_TERM_EXPIRED = "decision-term-expired"
    APPEAL_FILED = "appeal-filed"
    REMINDER_FILED = "reminder-filed"
    """The second request after an authority stayed silent."""
    RESIDENCE_GRANTED = "residence-granted"
    RESIDENCE_EXPIRES = "residence-expires"
    CRIME_COMMITTED = "crime-committed"
    """The crime, or its consequence where that came later (KZ 104 (1))."""
    DAMAGE_KNOWN = "damage-known"
    """The victim knew of the damage and of the person who did it: the later of both."""
    DAMAGE_SUFFERED = "damage-suffered"


class Reason(StrEnum):
    """Why a reading differs from another. `domain.law.wording` has words for each."""

    TEXT = "text"
    """As the article says, with nothing to choose."""

    TOLD = "told"
    NOT_TOLD = "not-told"
    AT_ONCE = "at-once"
    WITHIN_EIGHT_DAYS = "within-eight-days"
    EXTENDED = "extended"
    """A longer term that somebody has to grant."""
    PARTICULARLY_COMPLEX = "particularly-complex"
    SPECIAL_PROSECUTION = "special-prosecution"
    DETAINED = "detained"
    AT_LIBERTY = "at-liberty"
    SAME_DAY = "same-day"
    POSTPONED = "postponed"
    LEARNED_LATER = "learned-later"
    NO_REPLY = "no-reply"
    NO_PREPARATORY_HEARING = "no-preparatory-hearing"
    DIRECT_DECISION = "direct-decision"
    EXAMINATION = "examination"
    SHORTEST_GRANT = "shortest-grant"
    LONGEST_GRANT = "longest-grant"
    CLEAR_DAYS = "clear-days"
    """Both ends left out: so many full days lie between."""
    RIVAL_WORKING_DAYS = "rival-working-days"
    """A published system counts this term in working days, against ZPP 103."""
    RIVAL_SHORTER_TERM = "rival-shorter-term"
    """A published system gives a shorter term than the article."""

    NUMBER_OF_EVENT_DAY = "number-of-event-day"
    """Months end on the day with the number of the event's day."""
    NUMBER_OF_FIRST_DAY = "number-of-first-day"
    """Months end on the day with the number of the first counted day (ZKP 224 (4) 'the day on which it began')."""
    FIRST_DAY_COUNTS = "first-day-counts"
    FIRST_DAY_EXCLUDED = "first-day-excluded"
    SATURDAY_WORKS = "saturday-works"
    """Saturday is not named as a free day, so a last day on it stands."""
    SATURDAY_FREE = "saturday-free"
    SUSPENDED = "suspended"
    CAPPED = "capped"

    ORDINARY_DAMAGES = "ordinary-damages"
    DAMAGE_BY_CRIME = "damage-by-crime"
    KNOWLEDGE_NOT_SHOWN = "knowledge-not-shown"
    """Nobody said when the victim knew: counted as if from the damage."""
    INTERRUPTION_PENDING = "interruption-pending"
    """A claim is pending: counted as if it failed, since a withdrawn or rejected one interrupts nothing (ZOO 389)."""
    INTERRUPTION_TOO_LATE = "interruption-too-late"
    ABSOLUTE_STANDS = "absolute-stands"
    ABSOLUTE_MOVES = "absolute-moves"
    """The absolute term as well is stopped or begins anew."""
