"""What the deciders of services ask first: the catalogue, the occurrence, whether a form is current, a consent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.codes import ConsentPurpose
from domain.journey.deciding import Surroundings
from domain.journey.service.state import ServiceState
from domain.journey.standing import ConsentKey, stands
from domain.journey.state import Journey
from domain.pathway.services import Keeps, ServiceKind, Services
from domain.refusal import RefusalCode, Refused
from domain.values import ProviderId


@dataclass(frozen=True, slots=True)
class Found:
    """An occurrence with its definition."""

    state: ServiceState
    kind: ServiceKind
    services: Services


def find_kind(service: str, surroundings: Surroundings) -> tuple[ServiceKind, Services] | Refused:
    """A service that keeps a record. One that keeps its use only has no occurrences, for any command."""
    services = surroundings.pathway.services
    if services is None:
        return Refused(code=RefusalCode.NO_SERVICES)
    kind = services.find(service)
    if kind is None:
        known = tuple(k.service for k in services.kinds if k.keeps is Keeps.RECORD)
        return Refused(code=RefusalCode.UNKNOWN_SERVICE, allowed=known)
    if kind.keeps is Keeps.USE_ONLY:
        return Refused(code=RefusalCode.SERVICE_KEEPS_USE_ONLY)
    return kind, services


def find_service(
    journey: Journey, service: str, occurrence: int | None, surroundings: Surroundings, *, seen: int | None = None
) -> Found | Refused:
    """The occurrence, the latest where none is named; refuses a form that shows an old one."""
    found = find_kind(service, surroundings)
    if isinstance(found, Refused):
        return found
    kind, services = found
    all_of_it = journey.services.occurrences(service)
    state = next((s for s in reversed(all_of_it) if occurrence in (None, s.occurrence)), None)
    if state is None:
        return Refused(code=RefusalCode.NO_SUCH_SERVICE)
    if seen is not None and seen != state.version:
        return Refused(code=RefusalCode.PART_CHANGED, part=state.key, part_version=state.version)
    return Found(state, kind, services)


def consents_to(
    journey: Journey, purpose: ConsentPurpose, recipient: ProviderId | None = None, *, at: datetime | None = None
) -> bool:
    """Whether the client has consented to this purpose and not withdrawn it; with `at`, whether it also stands then.

    What was said about a recipient goes before what was said to ourselves. A consent that only ran out stops nothing by
    itself: its renewal is owed.
    """
    keys = (ConsentKey(purpose, recipient), ConsentKey(purpose)) if recipient else (ConsentKey(purpose),)
    known = next((consent for key in keys if (consent := journey.consents.get(key)) is not None), None)
    if known is None or known.withdrawn_at is not None:
        return False
    return at is None or stands(known, journey.minority, at)


def lacking(purpose: ConsentPurpose, part: str | None = None) -> Refused:
    """The refusal that names the consent which is missing."""
    return Refused(code=RefusalCode.CONSENT_REQUIRED, part=part, allowed=(purpose.value,))
