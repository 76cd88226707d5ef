"""The provider as a kind of stream."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from domain.codes import NOBODY, StreamName
from domain.command import Command
from domain.pathway.model import Pathway
from domain.provider.listing import DECIDERS, FOLDING
from domain.provider.state import Provider
from domain.refusal import RefusalCode, Refused
from domain.stream.deciding import Decision, Surroundings
from domain.stream.facts import NO_FACTS, Facts
from domain.stream.kind import StreamKind, register
from domain.stream.obligation import Obligation


def decide(
    provider: Provider | None,
    command: Command,
    pathway: Pathway,
    now: datetime,
    /,
    *,
    stream: str = "",
    actor: UUID = NOBODY,
    facts: Facts = NO_FACTS,
) -> Decision:
    """The events that `command` causes now, or why it is refused. No events and no refusal: it is true already."""
    surroundings = Surroundings(pathway, now, actor, facts, stream)
    if opener := DECIDERS.openers.get(type(command)):
        return opener(command, surroundings) if provider is None else Refused(code=RefusalCode.ALREADY_OPENED)
    decider = DECIDERS.of.get(type(command))
    if decider is None:
        return Refused(code=RefusalCode.UNKNOWN_COMMAND)
    if provider is None:
        return Refused(code=RefusalCode.UNKNOWN_PROVIDER)
    return decider(provider, command, surroundings)


def _nothing(_: Provider) -> list[Obligation]:
    """An entry of a directory owes nothing."""
    return []


def _never(_: Provider, __: str, ___: int) -> bool:
    return False


PROVIDER: StreamKind[Provider] = register(
    StreamKind(
        name=StreamName.PROVIDER,
        deciders=DECIDERS,
        folding=FOLDING,
        decide=decide,
        obligations=_nothing,
        is_wanted=_never,
    )
)
