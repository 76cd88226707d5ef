"""What consents add up to, and the one question that conditions, disclosures and pages ask: does it stand then?

Source: Law on Personal Data Protection 87/2018, art. 15: provable, withdrawn as easily as given, not retroactively.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from domain.codes import ConsentGiver, ConsentPurpose
from domain.pathway.consent import LegalGround
from domain.stream.obligation import Clockwork


class DataCategory(StrEnum):
    """What kind of data was disclosed; never the data."""

    IDENTITY = "identity"
    CONTACT = "contact"
    WHEREABOUTS = "whereabouts"
    FAMILY = "family"
    HEALTH = "health"
    PSYCHOLOGICAL = "psychological"
    LEGAL = "legal"
    EXPERIENCE = "experience"
    NEEDS = "needs"
    RISK = "risk"
    HELP_GIVEN = "help-given"


class ConsentKey(NamedTuple):
    """For what, and towards whom: a provider or organisation by its id, or ourselves where there is none."""

    purpose: ConsentPurpose
    recipient: UUID | None = None

    @property
    def part(self) -> str:
        """The part, and the obligation to renew it: `consent:medical`, `consent:referral:<uuid>`."""
        return self._part("consent")

    @property
    def withdrawal(self) -> str:
        """The obligation to tell the recipient that it was withdrawn."""
        return self._part("withdrawal")

    def _part(self, word: str) -> str:
        return f"{word}:{self.purpose.value}" + (f":{self.recipient}" if self.recipient else "")


@dataclass(frozen=True)
class ConsentState:
    """The latest consent of its key. `given_version` stays when it is withdrawn: a disclosure names it.

    `guardian` is the linked journey of who gave it for a child. `clockwork` is the renewal, where it ends by itself.
    """

    key: ConsentKey
    giver: ConsentGiver
    given_at: datetime
    given_version: int
    version: int
    guardian: UUID | None = None
    valid_until: datetime | None = None
    withdrawn_at: datetime | None = None
    clockwork: Clockwork | None = None


@dataclass(frozen=True)
class Minority:
    """That the client is, or was, a child. `guardian_until`: until then a guardian's consent stands."""

    adult_on: date
    adult_at: datetime
    guardian_until: datetime
    version: int
    clockwork: Clockwork


@dataclass(frozen=True)
class Untold:
    """That a recipient is still to be told of a withdrawal."""

    key: ConsentKey
    version: int
    clockwork: Clockwork


@dataclass(frozen=True, slots=True)
class Disclosure:
    """Something that left the house. `consent` is the part that covered it; none where a law did."""

    recipient: UUID
    purpose: ConsentPurpose
    at: datetime
    version: int
    categories: tuple[DataCategory, ...]
    consent: str | None = None
    consent_version: int | None = None
    ground: LegalGround | None = None
    article: str | None = None


def ends_at(consent: ConsentState, minority: Minority | None) -> datetime | None:
    """The first instant at which a consent stands no longer, as far as that is known; none where it is open-ended."""
    ends = [consent.withdrawn_at, consent.valid_until]
    if minority is not None and consent.giver is ConsentGiver.GUARDIAN:
        ends.append(minority.guardian_until)
    return min((at for at in ends if at is not None), default=None)


def stands(consent: ConsentState, minority: Minority | None, at: datetime) -> bool:
    """Whether the consent was in force at that instant."""
    end = ends_at(consent, minority)
    return consent.given_at <= at and (end is None or at < end)
