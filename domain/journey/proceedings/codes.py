"""The closed lists of legal proceedings. A value is never renamed or reused: it stands in the log."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from domain.law import Standing
from domain.pathway.hearings import Matter


class ProceedingsStage(StrEnum):
    """Where proceedings stand. They need not go through each, and may go back: a judgment is set aside."""

    PREPARATION = "preparation"
    REPORTED = "reported"
    INVESTIGATION = "investigation"
    CHARGED = "charged"
    FILED = "filed"
    PREPARATORY = "preparatory"
    MAIN_HEARING = "main-hearing"
    JUDGED = "judged"
    ON_APPEAL = "on-appeal"
    FINAL = "final"
    EXTRAORDINARY = "extraordinary"
    """An extraordinary remedy was sought."""
    ENFORCEMENT = "enforcement"


JUDGED = frozenset(
    {
        ProceedingsStage.JUDGED,
        ProceedingsStage.ON_APPEAL,
        ProceedingsStage.FINAL,
        ProceedingsStage.EXTRAORDINARY,
        ProceedingsStage.ENFORCEMENT,
    }
)
"""A judgment was announced."""


class ProceedingsOutcome(StrEnum):
    """How proceedings ended."""

    CONVICTED = "convicted"
    ACQUITTED = "acquitted"
    DISCONTINUED = "discontinued"
    DISMISSED = "dismissed"
    CLAIM_ALLOWED = "claim-allowed"
    CLAIM_PARTLY_ALLOWED = "claim-partly-allowed"
    CLAIM_REJECTED = "claim-rejected"
    WITHDRAWN = "withdrawn"
    DEEMED_WITHDRAWN = "deemed-withdrawn"
    SETTLED = "settled"
    ENTERED_BY_MISTAKE = "entered-by-mistake"
    OTHER = "other"


class Protection(StrEnum):
    """A status of the witness that the court grants."""

    ESPECIALLY_SENSITIVE = "especially-sensitive"
    PROTECTED = "protected"


class ProtectionStatus(StrEnum):
    """What became of it. Nothing is owed for it here: the step of the pathway is."""

    REQUESTED = "requested"
    GRANTED = "granted"
    REFUSED = "refused"
    ENDED = "ended"


class PropertyClaimStatus(StrEnum):
    """What became of the property claim in criminal proceedings. Referred: to civil ones, for what was not awarded."""

    FILED = "filed"
    AWARDED = "awarded"
    PARTLY_AWARDED = "partly-awarded"
    REFERRED = "referred"
    WITHDRAWN = "withdrawn"


CLAIM_AFTER: Mapping[PropertyClaimStatus | None, frozenset[PropertyClaimStatus]] = MappingProxyType(
    {
        None: frozenset({PropertyClaimStatus.FILED}),
        PropertyClaimStatus.FILED: frozenset(PropertyClaimStatus) - {PropertyClaimStatus.FILED},
        PropertyClaimStatus.AWARDED: frozenset({PropertyClaimStatus.PARTLY_AWARDED, PropertyClaimStatus.REFERRED}),
        PropertyClaimStatus.PARTLY_AWARDED: frozenset({PropertyClaimStatus.AWARDED, PropertyClaimStatus.REFERRED}),
        PropertyClaimStatus.REFERRED: frozenset({PropertyClaimStatus.AWARDED, PropertyClaimStatus.PARTLY_AWARDED}),
        PropertyClaimStatus.WITHDRAWN: frozenset(),
    }
)
"""What may follow: a claim that was withdrawn is not filed again here, an appeal may change what was decided on one."""


class HolderKind(StrEnum):
    """Whose id the holder of a power of attorney is."""

    STAFF = "staff"
    PROVIDER = "provider"


class PowerEnd(StrEnum):
    """Why a power of attorney holds no longer."""

    CLIENT_REVOKED = "client-revoked"
    ATTORNEY_RESIGNED = "attorney-resigned"
    ATTORNEY_UNAVAILABLE = "attorney-unavailable"
    CONFLICT_OF_INTEREST = "conflict-of-interest"
    ENTERED_BY_MISTAKE = "entered-by-mistake"


class PowerForgoing(StrEnum):
    """Why no new power of attorney is needed."""

    CLIENT_DECIDED = "client-decided"
    REPRESENTED_BY_OTHERS = "represented-by-others"
    NOTHING_LEFT_TO_DO = "nothing-left-to-do"


class PowerUrgency(StrEnum):
    """Whether something lies ahead at which somebody must act for the client."""

    ORDINARY = "ordinary"
    HIGHEST = "highest"


class FeeKind(StrEnum):
    """What a court fee, or an advance, is for."""

    CLAIM = "claim"
    PROPERTY_CLAIM = "property-claim"
    JUDGMENT = "judgment"
    APPEAL = "appeal"
    EXPERT = "expert"
    ENFORCEMENT = "enforcement"
    OTHER = "other"


class FeeOutcome(StrEnum):
    """How a fee was settled. Waived: the court freed the client of it."""

    PAID = "paid"
    WAIVED = "waived"
    ENTERED_BY_MISTAKE = "entered-by-mistake"


class TermStatus(StrEnum):
    """Whether a lawyer has answered for the date. Unconfirmed: it follows the earliest arguable reading."""

    UNCONFIRMED = "unconfirmed"
    CONFIRMED = "confirmed"
    OVERRIDDEN = "overridden"


class TermOutcome(StrEnum):
    """How a term ended. Restored: it was missed, and the court allowed the act after all."""

    MET = "met"
    WAIVED = "waived"
    MISSED = "missed"
    RESTORED = "restored"


class TermOverrideReason(StrEnum):
    """Why a lawyer holds another day right than every reading."""

    SET_BY_COURT = "set-by-court"
    EXTENDED = "extended"
    SERVICE_NOT_VALID = "service-not-valid"
    LAW_CHANGED = "law-changed"
    CAUTION = "caution"
    OTHER = "other"


class WaiverReason(StrEnum):
    """Why a term is let pass."""

    CLIENT_DECIDED = "client-decided"
    NOT_NEEDED = "not-needed"
    ACTED_BY_OTHERS = "acted-by-others"
    PROCEEDINGS_ENDED = "proceedings-ended"
    ENTERED_BY_MISTAKE = "entered-by-mistake"


class RecountReason(StrEnum):
    """Why a term was counted again."""

    CORRECTED = "corrected"
    INTERRUPTED = "interrupted"
    SUSPENDED = "suspended"


class Limits(StrEnum):
    """What a limitation ends: the prosecution, a claim for damages, one for damage by crime, an adjudicated claim."""

    PROSECUTION = "prosecution"
    DAMAGES = "damages"
    DAMAGE_BY_CRIME = "damage-by-crime"
    ADJUDICATED = "adjudicated"


class Interrupted(StrEnum):
    """What an act interrupts. Of the prosecution: of a claim for damage by crime too, in the longer reading."""

    CLAIM = "claim"
    PROSECUTION = "prosecution"


_COMMON = (
    ProceedingsStage.PREPARATION,
    ProceedingsStage.PREPARATORY,
    ProceedingsStage.MAIN_HEARING,
    ProceedingsStage.JUDGED,
    ProceedingsStage.ON_APPEAL,
    ProceedingsStage.FINAL,
    ProceedingsStage.EXTRAORDINARY,
    ProceedingsStage.ENFORCEMENT,
)
STAGES: Mapping[Matter, frozenset[ProceedingsStage]] = MappingProxyType(
    {
        Matter.CRIMINAL: frozenset(
            {*_COMMON, ProceedingsStage.REPORTED, ProceedingsStage.INVESTIGATION, ProceedingsStage.CHARGED}
        ),
        Matter.CIVIL: frozenset({*_COMMON, ProceedingsStage.FILED}),
    }
)
STANDINGS: Mapping[Matter, frozenset[Standing]] = MappingProxyType(
    {
        Matter.CRIMINAL: frozenset({Standing.INJURED_PARTY, Standing.WITNESS}),
        Matter.CIVIL: frozenset({Standing.PLAINTIFF, Standing.WITNESS}),
    }
)
"""What a client may be in proceedings of a sort."""
