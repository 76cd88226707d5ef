"""Events, commands and deciders of the directory: list a provider, change it, take it out, take it up again."""

from __future__ import annotations

from pydantic import Field

from domain.command import Command
from domain.copying import replace
from domain.event import Event, Recorded
from domain.pathway.model import Pin
from domain.pathway.services import Keeps
from domain.provider.codes import InactiveReason, ProviderKind, ProviderStatus
from domain.provider.state import Provider
from domain.refusal import RefusalCode, Refused
from domain.sealed import Identity, Notes, Sealed
from domain.stream.deciding import Deciders, Decision, Surroundings
from domain.stream.folding import Folding
from domain.values import Code, Count, CountryCode, Language

DECIDERS: Deciders[Provider] = Deciders()
FOLDING: Folding[Provider] = Folding("provider")


class ProviderListed(Event, topic="provider.listed"):
    """Somebody who gives services was taken into the directory."""

    pin: Pin
    provider_kind: ProviderKind
    country: CountryCode
    languages: tuple[Language, ...] = ()
    services: tuple[Code, ...] = ()
    identity: Sealed[Identity] | None = None
    capacity: Sealed[Notes] | None = None


class ProviderChanged(Event, topic="provider.changed"):
    """The entry says this now. What is left out stays as it was."""

    provider_kind: ProviderKind | None = None
    country: CountryCode | None = None
    languages: tuple[Language, ...] | None = None
    services: tuple[Code, ...] | None = None
    identity: Sealed[Identity] | None = None
    capacity: Sealed[Notes] | None = None


class ProviderDeactivated(Event, topic="provider.deactivated"):
    """Nobody is referred to it any more; what was, stays."""

    reason: InactiveReason


class ProviderReactivated(Event, topic="provider.reactivated"):
    """Clients may be referred to it again."""


class ListProvider(Command, kind="list-provider"):
    """Takes a provider into the directory. `pin` names the pathway whose catalogue the services are of."""

    pin: Pin
    provider_kind: ProviderKind
    country: CountryCode
    languages: tuple[Language, ...] = Field(default=(), max_length=40)
    services: tuple[Code, ...] = Field(default=(), max_length=80)
    identity: Sealed[Identity] | None = None
    capacity: Sealed[Notes] | None = None


class ChangeProvider(Command, kind="change-provider"):
    """Changes an entry. `seen` is its version on the form; what is left out stays as it was."""

    provider_kind: ProviderKind | None = None
    country: CountryCode | None = None
    languages: tuple[Language, ...] | None = Field(default=None, max_length=40)
    services: tuple[Code, ...] | None = Field(default=None, max_length=80)
    identity: Sealed[Identity] | None = None
    capacity: Sealed[Notes] | None = None
    seen: Count | None = None


class DeactivateProvider(Command, kind="deactivate-provider"):
    """Takes a provider out of what is offered."""

    reason: InactiveReason


class ReactivateProvider(Command, kind="reactivate-provider"):
    """Takes it up again."""


@DECIDERS.opens(ListProvider)
def _list(command: ListProvider, surroundings: Surroundings) -> Decision:
    if refused := _unknown(command.services, surroundings):
        return refused
    return (ProviderListed(**_fields(command)),)


@DECIDERS.decides(ChangeProvider)
def _change(provider: Provider, command: ChangeProvider, surroundings: Surroundings) -> Decision:
    if command.seen is not None and command.seen != provider.version:
        return Refused(code=RefusalCode.PART_CHANGED, part_version=provider.version)
    if refused := _unknown(command.services or (), surroundings):
        return refused
    changed = ProviderChanged(**_fields(command))
    return (changed,) if _changed(provider, changed) != provider else ()


@DECIDERS.decides(DeactivateProvider)
def _deactivate(provider: Provider, command: DeactivateProvider, _: Surroundings) -> Decision:
    return () if provider.inactive is command.reason else (ProviderDeactivated(reason=command.reason),)


@DECIDERS.decides(ReactivateProvider)
def _reactivate(provider: Provider, _: ReactivateProvider, __: Surroundings) -> Decision:
    return (ProviderReactivated(),) if provider.status is ProviderStatus.INACTIVE else ()


def _fields(command: Command) -> dict[str, object]:
    """The fields of an event that has the same ones; sealed texts are passed on as they are."""
    return {name: getattr(command, name) for name in type(command).model_fields if name != "seen"}


def _unknown(services: tuple[str, ...], surroundings: Surroundings) -> Refused | None:
    """Services of the catalogue only, and none of which no record may exist: an address there would be a trace."""
    catalogue = surroundings.pathway.services
    if catalogue is None:
        return Refused(code=RefusalCode.NO_SERVICES) if services else None
    known = tuple(k.service for k in catalogue.kinds if k.keeps is Keeps.RECORD)
    if set(services) <= set(known):
        return None
    return Refused(code=RefusalCode.UNKNOWN_SERVICE, allowed=known)


@FOLDING.begins(ProviderListed)
def _listed(recorded: Recorded[ProviderListed]) -> Provider:
    event = recorded.event
    return Provider(
        stream=recorded.stream,
        version=recorded.version,
        pin=event.pin,
        listed_at=recorded.occurred_at,
        changed_at=recorded.recorded_at,
        kind=event.provider_kind,
        country=event.country,
        languages=event.languages,
        services=event.services,
        identity=event.identity,
        capacity=event.capacity,
    )


@FOLDING.evolves(ProviderChanged)
def _folded(provider: Provider, recorded: Recorded[ProviderChanged]) -> Provider:
    return _changed(provider, recorded.event)


def _changed(provider: Provider, event: ProviderChanged) -> Provider:
    return replace(
        provider,
        kind=event.provider_kind or provider.kind,
        country=event.country or provider.country,
        languages=provider.languages if event.languages is None else event.languages,
        services=provider.services if event.services is None else event.services,
        identity=event.identity or provider.identity,
        capacity=event.capacity or provider.capacity,
    )


@FOLDING.evolves(ProviderDeactivated)
def _deactivated(provider: Provider, recorded: Recorded[ProviderDeactivated]) -> Provider:
    return replace(provider, status=ProviderStatus.INACTIVE, inactive=recorded.event.reason)


@FOLDING.evolves(ProviderReactivated)
def _reactivated(provider: Provider, _: Recorded[ProviderReactivated]) -> Provider:
    return replace(provider, status=ProviderStatus.ACTIVE, inactive=None)
