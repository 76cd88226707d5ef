"""Part: links to the journeys of family members and guardians, with their roles. Both journeys record the tie."""

from __future__ import annotations

from uuid import UUID

from domain.codes import Relation
from domain.command import Command
from domain.copying import replace
from domain.event import Event, Recorded
from domain.journey.deciding import Decision, Surroundings, decides
from domain.journey.folding import evolves
from domain.journey.state import Journey, LinkState, LinkStatus
from domain.refusal import RefusalCode, Refused
from domain.stream.dispatching import dispatch_id, with_dispatch


class JourneyLinked(Event, topic="journey.linked"):
    """Asked from this side: the other journey's person is this client's `relation`."""

    other: UUID
    relation: Relation


class LinkMirrored(Event, topic="journey.link-mirrored"):
    """Asked from the other side, and recorded here."""

    other: UUID
    relation: Relation


class JourneyUnlinked(Event, topic="journey.unlinked"):
    """The tie was a mistake or is over; asked from this side."""

    other: UUID


class UnlinkMirrored(Event, topic="journey.unlink-mirrored"):
    """The tie was ended from the other side."""

    other: UUID


class LinkJourney(Command, kind="link-journey"):
    """Ties two journeys: the other's person is this client's `relation`."""

    other: UUID
    relation: Relation


class UnlinkJourney(Command, kind="unlink-journey"):
    """Ends a tie."""

    other: UUID


class MirrorLink(Command, kind="mirror-link"):
    """What the other journey's workflow asks for after `LinkJourney`."""

    other: UUID
    relation: Relation


class MirrorUnlink(Command, kind="mirror-unlink"):
    """What the other journey's workflow asks for after `UnlinkJourney`."""

    other: UUID


def link_part(other: UUID) -> str:
    """The part key of a link."""
    return f"link:{other}"


@decides(LinkJourney, in_every_phase=True)
def _link(journey: Journey, command: LinkJourney, _: Surroundings) -> Decision:
    if command.other == journey.id:
        return Refused(code=RefusalCode.LINK_TO_ITSELF)
    link = journey.links.get(command.other)
    if link is not None and link.status is not LinkStatus.REFUSED:
        return Refused(code=RefusalCode.ALREADY_LINKED, part=link_part(link.other), part_version=link.version)
    return (JourneyLinked(other=command.other, relation=command.relation),)


@decides(MirrorLink, in_every_phase=True)
def _mirror(journey: Journey, command: MirrorLink, _: Surroundings) -> Decision:
    link = journey.links.get(command.other)
    if link is not None and link.status is LinkStatus.AGREED and link.relation is command.relation:
        return ()
    return (LinkMirrored(other=command.other, relation=command.relation),)


@decides(UnlinkJourney, in_every_phase=True)
def _unlink(journey: Journey, command: UnlinkJourney, _: Surroundings) -> Decision:
    if command.other not in journey.links:
        return Refused(code=RefusalCode.NOT_LINKED)
    return (JourneyUnlinked(other=command.other),)


@decides(MirrorUnlink, in_every_phase=True)
def _mirror_unlink(journey: Journey, command: MirrorUnlink, _: Surroundings) -> Decision:
    return (UnlinkMirrored(other=command.other),) if command.other in journey.links else ()


@evolves(JourneyLinked)
def _linked(journey: Journey, recorded: Recorded[JourneyLinked]) -> Journey:
    event = recorded.event
    link = LinkState(
        event.other,
        event.relation,
        LinkStatus.UNDER_WAY,
        recorded.version,
        dispatch=dispatch_id(recorded, event.other, MirrorLink),
    )
    linked = replace(journey, links={**journey.links, link.other: link})
    mirror = MirrorLink(other=journey.id, relation=event.relation.mirror)
    return with_dispatch(linked, recorded, event.other, mirror)


@evolves(LinkMirrored)
def _mirrored(journey: Journey, recorded: Recorded[LinkMirrored]) -> Journey:
    event = recorded.event
    link = LinkState(event.other, event.relation, LinkStatus.AGREED, recorded.version)
    return replace(journey, links={**journey.links, link.other: link})


@evolves(JourneyUnlinked)
def _unlinked(journey: Journey, recorded: Recorded[JourneyUnlinked]) -> Journey:
    event = recorded.event
    return with_dispatch(_without(journey, event.other), recorded, event.other, MirrorUnlink(other=journey.id))


@evolves(UnlinkMirrored)
def _unlink_mirrored(journey: Journey, recorded: Recorded[UnlinkMirrored]) -> Journey:
    return _without(journey, recorded.event.other)


def _without(journey: Journey, other: UUID) -> Journey:
    return replace(journey, links={key: link for key, link in journey.links.items() if key != other})
