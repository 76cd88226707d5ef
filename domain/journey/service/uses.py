"""Part: anonymous services, testing above all. That counselling was offered or used, with consent, and nothing else.

No test, code, place, date or result can be recorded: no command or event has a field for one, such a service has no
occurrence and so no record, referral, cost, feedback, appointment or provider, and not even a note. The date of the
entry in the log is when somebody typed it, never when the client went anywhere: `occurred_at` cannot be set. Where the
consent ends, the file forgets it.
"""

from __future__ import annotations

from domain.codes import ConsentPurpose
from domain.command import Command
from domain.copying import replace
from domain.event import Event, Recorded
from domain.journey.deciding import Decision, Surroundings, decides
from domain.journey.folding import evolves
from domain.journey.service.codes import UseOfService
from domain.journey.service.finding import consents_to, lacking
from domain.journey.service.state import Use
from domain.journey.state import Journey
from domain.pathway.services import Keeps
from domain.refusal import RefusalCode, Refused
from domain.values import Code


class CounsellingNoted(Event, topic="journey.counselling-noted"):
    """Counselling of an anonymous service was offered, or used. It never says when."""

    occurred_at: None = None
    service: Code
    use: UseOfService
    consent: ConsentPurpose


class CounsellingForgotten(Event, topic="journey.counselling-forgotten"):
    """The consent has ended: the file no longer says that it was offered or used."""

    occurred_at: None = None
    service: Code


class NoteCounselling(Command, kind="note-counselling"):
    """Notes that counselling was offered or used. That it was used is not taken back to offered."""

    service: Code
    use: UseOfService


@decides(NoteCounselling)
def _note(journey: Journey, command: NoteCounselling, surroundings: Surroundings) -> Decision:
    services = surroundings.pathway.services
    if services is None:
        return Refused(code=RefusalCode.NO_SERVICES)
    kind = services.find(command.service)
    if kind is None or kind.keeps is not Keeps.USE_ONLY or kind.consent is None:
        known = tuple(k.service for k in services.kinds if k.keeps is Keeps.USE_ONLY)
        return Refused(code=RefusalCode.UNKNOWN_SERVICE, allowed=known)
    if not consents_to(journey, kind.consent):
        return lacking(kind.consent)
    known_use = journey.services.uses.get(kind.service)
    if known_use is not None and known_use.use in (command.use, UseOfService.COUNSELLING_USED):
        return ()
    return (CounsellingNoted(service=kind.service, use=command.use, consent=kind.consent),)


@evolves(CounsellingNoted)
def _noted(journey: Journey, recorded: Recorded[CounsellingNoted]) -> Journey:
    event = recorded.event
    use = Use(event.use, event.consent, recorded.version)
    services = journey.services
    return replace(journey, services=replace(services, uses={**services.uses, event.service: use}))


@evolves(CounsellingForgotten)
def _forgotten(journey: Journey, recorded: Recorded[CounsellingForgotten]) -> Journey:
    uses = {service: use for service, use in journey.services.uses.items() if service != recorded.event.service}
    return replace(journey, services=replace(journey.services, uses=uses))
