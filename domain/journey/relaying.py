"""Part: what this journey has asked another stream to record, and the answer, by which a link is agreed."""

from __future__ import annotations

from domain.codes import Phase
from domain.copying import replace
from domain.event import Recorded
from domain.journey.deciding import Decision, Surroundings, decides
from domain.journey.folding import evolves
from domain.journey.state import Journey, LinkStatus
from domain.stream.dispatching import AcknowledgeRelay, CommandRelayed, acknowledged, without_dispatch
from domain.stream.facts import asks_who_left

# The refusal of a merge opens the journey again.
asks_who_left(AcknowledgeRelay, lambda state, _: state.assigned.values() if _is_merged(state) else ())


def _is_merged(state: object) -> bool:
    return isinstance(state, Journey) and state.phase is Phase.MERGED


@decides(AcknowledgeRelay, in_every_phase=True)
def _acknowledge(journey: Journey, command: AcknowledgeRelay, _: Surroundings) -> Decision:
    return acknowledged(journey, command)


@evolves(CommandRelayed)
def _relayed(journey: Journey, recorded: Recorded[CommandRelayed]) -> Journey:
    event, relayed = recorded.event, without_dispatch(journey, recorded)
    link = journey.links.get(event.target)
    if link is None or link.dispatch != event.dispatch or link.status is not LinkStatus.UNDER_WAY:
        return relayed
    status = LinkStatus.REFUSED if event.refused else LinkStatus.AGREED
    links = {**journey.links, event.target: replace(link, status=status, version=recorded.version)}
    return replace(relayed, links=links)
