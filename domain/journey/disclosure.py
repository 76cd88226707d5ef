"""Part: disclosures. What left the house, to whom, for what, and the consent that covered it at that second.

Without a consent in force it is refused, unless the law lets or makes us disclose: then the ground stands there with
its article, in an event of another kind, so that the two are never taken for each other.
"""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import Field

from domain.codes import ConsentPurpose
from domain.command import Command
from domain.copying import replace
from domain.event import Event, Recorded
from domain.journey.deciding import Decision, Surroundings, decides
from domain.journey.folding import evolves
from domain.journey.standing import ConsentKey, DataCategory, Disclosure
from domain.journey.state import Journey
from domain.journey.timing import Instant, misdated
from domain.pathway.consent import LegalGround
from domain.refusal import RefusalCode, Refused, Unmet
from domain.sealed import Notes, Sealed
from domain.values import Article, Count, ObligationKey

Categories = Annotated[tuple[DataCategory, ...], Field(min_length=1, max_length=len(DataCategory))]


class Disclosed(Event, topic="journey.disclosed"):
    """Data went to the recipient under the consent that was in force: its part, and the version that gave it."""

    categories: Categories
    recipient: UUID
    purpose: ConsentPurpose
    consent: ObligationKey
    consent_version: Count
    note: Sealed[Notes] | None = None


class DisclosedByLaw(Event, topic="journey.disclosed-by-law"):
    """Data went to the recipient on a ground of law, whatever the client agreed to."""

    categories: Categories
    recipient: UUID
    purpose: ConsentPurpose
    ground: LegalGround
    article: Article
    note: Sealed[Notes] | None = None


class Disclose(Command, kind="disclose"):
    """Records a disclosure; with `ground`, one that the law lets or makes us do. Taken in every phase."""

    categories: Categories
    recipient: UUID
    purpose: ConsentPurpose
    ground: LegalGround | None = None
    note: Sealed[Notes] | None = None
    occurred_at: Instant | None = None


@decides(Disclose, in_every_phase=True)
def _disclose(journey: Journey, command: Disclose, surroundings: Surroundings) -> Decision:
    if refused := misdated(journey, command.occurred_at, surroundings):
        return refused
    if command.ground is not None:
        return _by_law(command, command.ground, surroundings)
    at = command.occurred_at or surroundings.now
    consent = journey.consent(command.purpose, command.recipient, at=at)
    if consent is None:
        return _uncovered(journey, command)
    return (
        Disclosed(
            categories=command.categories,
            recipient=command.recipient,
            purpose=command.purpose,
            consent=consent.key.part,
            consent_version=consent.given_version,
            note=command.note,
            occurred_at=command.occurred_at,
        ),
    )


def _by_law(command: Disclose, ground: LegalGround, surroundings: Surroundings) -> Decision:
    rules = surroundings.pathway.consent
    found = rules.ground(ground)
    if found is None:
        return Refused(code=RefusalCode.NOT_IN_PATHWAY, allowed=tuple(g.ground.value for g in rules.grounds))
    return (
        DisclosedByLaw(
            categories=command.categories,
            recipient=command.recipient,
            purpose=command.purpose,
            ground=ground,
            article=found.article,
            note=command.note,
            occurred_at=command.occurred_at,
        ),
    )


def _uncovered(journey: Journey, command: Disclose) -> Refused:
    """Names the consent that is missing, lapsed or withdrawn. One for ourselves covers nobody else."""
    key = ConsentKey(command.purpose, command.recipient)
    known = journey.consents.get(key)
    return Refused(
        code=RefusalCode.NO_CONSENT_IN_FORCE,
        part=key.part,
        part_version=known.version if known else None,
        unmet=(Unmet(kind="consent", name=command.purpose.value, wants="given"),),
        other=command.recipient,
    )


@evolves(Disclosed)
def _disclosed(journey: Journey, recorded: Recorded[Disclosed]) -> Journey:
    event = recorded.event
    one = Disclosure(
        event.recipient,
        event.purpose,
        recorded.occurred_at,
        recorded.version,
        event.categories,
        consent=event.consent,
        consent_version=event.consent_version,
    )
    return replace(journey, disclosures=(*journey.disclosures, one))


@evolves(DisclosedByLaw)
def _by_law_disclosed(journey: Journey, recorded: Recorded[DisclosedByLaw]) -> Journey:
    event = recorded.event
    one = Disclosure(
        event.recipient,
        event.purpose,
        recorded.occurred_at,
        recorded.version,
        event.categories,
        ground=event.ground,
        article=event.article,
    )
    return replace(journey, disclosures=(*journey.disclosures, one))
