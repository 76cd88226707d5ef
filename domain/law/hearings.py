"""Kinds of hearing, and the traps: absences and omissions that end a right. They are alarmed at the highest level.

Kinds as a Serbian lawyers' calendar lists them. *Pretres* is criminal, *rasprava* civil.
"""

from __future__ import annotations

from enum import StrEnum

from domain.law.codes import Proceedings, Severity, Standing, Verification
from domain.pathway.model import Title
from domain.values import Article, Code, Value


class HearingKind(StrEnum):
    """What a court, or an authority, summons to."""

    PREPARATORY = "preparatory"
    CIVIL_MAIN = "civil-main"
    CRIMINAL_TRIAL = "criminal-trial"
    PLEA = "plea"
    WITNESS = "witness"
    EXPERT = "expert"
    SETTLEMENT = "settlement"
    ANNOUNCEMENT = "announcement"
    ADMINISTRATIVE = "administrative"
    MISDEMEANOUR = "misdemeanour"
    ENFORCEMENT = "enforcement"
    PUBLIC_SALE = "public-sale"
    SECOND_INSTANCE = "second-instance"
    OTHER = "other"


HEARING_TITLES: dict[HearingKind, Title] = {
    HearingKind.PREPARATORY: Title(sr="Припремно рочиште", en="Preparatory hearing"),
    HearingKind.CIVIL_MAIN: Title(sr="Рочиште за главну расправу", en="Main hearing (civil)"),
    HearingKind.CRIMINAL_TRIAL: Title(sr="Главни претрес", en="Main hearing (criminal)"),
    HearingKind.PLEA: Title(sr="Рочиште за изјашњење о кривици", en="Plea hearing"),
    HearingKind.WITNESS: Title(sr="Рочиште за саслушање сведока", en="Witness hearing"),
    HearingKind.EXPERT: Title(sr="Рочиште за вештачење", en="Expert hearing"),
    HearingKind.SETTLEMENT: Title(sr="Рочиште за поравнање", en="Settlement hearing"),
    HearingKind.ANNOUNCEMENT: Title(sr="Рочиште за објављивање пресуде", en="Announcement of the judgment"),
    HearingKind.ADMINISTRATIVE: Title(sr="Усмена расправа у управном спору", en="Oral hearing (administrative)"),
    HearingKind.MISDEMEANOUR: Title(sr="Рочиште у прекршајном поступку", en="Misdemeanour hearing"),
    HearingKind.ENFORCEMENT: Title(sr="Рочиште у извршном поступку", en="Enforcement hearing"),
    HearingKind.PUBLIC_SALE: Title(sr="Рочиште за јавну продају", en="Public sale"),
    HearingKind.SECOND_INSTANCE: Title(sr="Рочиште пред другостепеним судом", en="Second-instance hearing"),
    HearingKind.OTHER: Title(sr="Остало", en="Other"),
}


class Omission(StrEnum):
    """What somebody does not do."""

    CLAIMANT_ABSENT = "claimant-absent"
    BOTH_PARTIES_ABSENT = "both-parties-absent"
    VICTIM_ABSENT = "victim-absent"
    NO_AGENT_FOR_SERVICE = "no-agent-for-service"
    ADDRESS_CHANGE_UNREPORTED = "address-change-unreported"


class Consequence(StrEnum):
    """What the law makes of it."""

    CLAIM_WITHDRAWN = "claim-withdrawn"
    CLAIM_DISMISSED = "claim-dismissed"
    PROSECUTION_NOT_CONTINUED = "prosecution-not-continued"
    SERVED_ON_THE_BOARD = "served-on-the-board"
    """The court's notice board counts as service: terms run without anybody knowing."""


class Trap(Value):
    """An omission that costs our client a right. `kinds` are the hearings at which it threatens; none: at any time."""

    trap: Code
    proceedings: Proceedings
    article: Article
    omission: Omission
    consequence: Consequence
    kinds: tuple[HearingKind, ...] = ()
    severity: Severity = Severity.ENDS_A_RIGHT
    verification: Verification = Verification.READ_IN_COPY


TRAPS = (
    Trap(
        trap="zkp-52-absent",
        proceedings=Proceedings.CRIMINAL,
        article="ZKP 52 (4)",
        omission=Omission.VICTIM_ABSENT,
        consequence=Consequence.PROSECUTION_NOT_CONTINUED,
        kinds=(HearingKind.PREPARATORY, HearingKind.CRIMINAL_TRIAL),
    ),
    Trap(
        trap="zpp-144-address",
        proceedings=Proceedings.CIVIL,
        article="ZPP 144",
        omission=Omission.ADDRESS_CHANGE_UNREPORTED,
        consequence=Consequence.SERVED_ON_THE_BOARD,
    ),
    Trap(
        trap="zpp-192-agent",
        proceedings=Proceedings.CIVIL,
        article="ZPP 192 (2)",
        omission=Omission.NO_AGENT_FOR_SERVICE,
        consequence=Consequence.CLAIM_DISMISSED,
    ),
    Trap(
        trap="zpp-304-absent",
        proceedings=Proceedings.CIVIL,
        article="ZPP 304",
        omission=Omission.CLAIMANT_ABSENT,
        consequence=Consequence.CLAIM_WITHDRAWN,
        kinds=(HearingKind.PREPARATORY,),
    ),
    Trap(
        trap="zpp-311-absent",
        proceedings=Proceedings.CIVIL,
        article="ZPP 311 (2)",
        omission=Omission.BOTH_PARTIES_ABSENT,
        consequence=Consequence.CLAIM_WITHDRAWN,
        kinds=(HearingKind.CIVIL_MAIN,),
    ),
)


def traps_of(kind: HearingKind, proceedings: Proceedings) -> tuple[Trap, ...]:
    """The traps at a hearing of this kind in such proceedings."""
    return tuple(trap for trap in TRAPS if kind in trap.kinds and trap.proceedings is proceedings)


def traps_for(kind: HearingKind | None, standing: Standing) -> tuple[Trap, ...]:
    """The traps that threaten a client who is this in proceedings: at a hearing of `kind`; without one, at any time.

    A mere witness has no right here to lose by staying away.
    """
    threatened = {Standing.INJURED_PARTY: Proceedings.CRIMINAL, Standing.PLAINTIFF: Proceedings.CIVIL}.get(standing)
    return tuple(
        trap
        for trap in TRAPS
        if trap.proceedings is threatened and (kind in trap.kinds if kind is not None else not trap.kinds)
    )
