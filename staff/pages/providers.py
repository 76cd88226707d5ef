"""The directory of providers: who gives what, where, in which languages, and how they are reached."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from domain.event import Event, Recorded
from domain.provider.codes import ProviderKind, ProviderStatus
from domain.provider.listing import ProviderChanged, ProviderDeactivated, ProviderListed
from domain.provider.state import provider_stream
from domain.rights.actions import Action
from staff.forms.field import Choice
from staff.office import ProviderEntry
from staff.pages import flash
from staff.pages.asking import code
from staff.pages.places import country, language
from staff.rendering import page
from staff.titles import Titles
from staff.visit import Here, Visit

router = APIRouter()
ALL = "all"


@dataclass(frozen=True, slots=True)
class Card:
    """An entry as pages show it; `name` and `reach` None where they were erased or do not open."""

    id: UUID
    code: str
    name: str | None
    reach: str | None
    kind: ProviderKind
    country: str
    languages: tuple[str, ...]
    services: tuple[str, ...]
    active: bool
    inactive: str | None


@dataclass(frozen=True, slots=True)
class Step:
    """One line of an entry's history."""

    text: str
    recorded: Recorded[Event]


def parted(identity: str) -> tuple[str, str]:
    """Name, and how they are reached: the first line and the rest; of one line what stands before its first comma."""
    name, line_end, rest = identity.strip().partition("\n")
    if not line_end:
        name, _, rest = name.partition(",")
    return name.strip(), rest.strip()


def card(entry: ProviderEntry, titles: Titles) -> Card:
    """The entry in the language of the page."""
    state, words = entry.state, titles.words
    name, reach = parted(entry.identity) if entry.identity else ("", "")
    return Card(
        id=entry.id,
        code=entry.code,
        name=name or None,
        reach=reach or None,
        kind=state.kind,
        country=country(state.country, words),
        languages=tuple(language(each, words) for each in state.languages),
        services=tuple(titles.service(each) for each in state.services),
        active=state.status is ProviderStatus.ACTIVE,
        inactive=words.label(state.inactive) if state.inactive else None,
    )


def titles_now(visit: Visit) -> Titles:
    """The titles of the newest pathway that has a catalogue of services."""
    pathways = [pathway for _, pathway in visit.parts.desk.pathways()]
    return Titles(next((p for p in pathways if p.services is not None), pathways[0]), visit.words)


@router.get("/providers")
async def providers(visit: Here) -> Response:
    """The list, filtered as the address says."""
    return await run_in_threadpool(_list, visit)


@router.get("/providers/new")
async def new() -> Response:
    """An entry gets its id with the form, so that taking it in twice by accident takes it in once."""
    return RedirectResponse(f"/providers/{uuid4()}/list", 303)


@router.get("/providers/{provider}")
async def provider(provider: UUID, visit: Here) -> Response:
    """One entry with its history."""
    return await run_in_threadpool(_one, visit, provider)


def _list(visit: Visit) -> Response:
    visit.require(Action.READ_PROVIDERS)
    query, titles = visit.request.query_params, titles_now(visit)
    entries = visit.parts.office.providers.listed()
    service, where, speaks = query.get("service", ""), query.get("country", ""), query.get("language", "")
    kind, everybody = code(query, "kind", ProviderKind), query.get("status") == ALL
    found = [
        entry
        for entry in entries
        if (everybody or entry.state.status is ProviderStatus.ACTIVE)
        and (not service or service in entry.state.services)
        and (not where or where == entry.state.country)
        and (not speaks or speaks in entry.state.languages)
        and (kind is None or kind is entry.state.kind)
    ]
    cards = sorted((card(entry, titles) for entry in found), key=lambda each: (not each.active, each.name or "~"))
    return page(
        visit,
        "providers.html",
        flash=flash.read(visit),
        cards=cards,
        inactive=sum(entry.state.status is ProviderStatus.INACTIVE for entry in entries),
        asked={"service": service, "country": where, "language": speaks, "kind": kind and kind.value, "all": everybody},
        services=_offered(entries, titles),
        countries=_choices((e.state.country for e in entries), lambda each: country(each, visit.words)),
        languages=_choices(
            (each for e in entries for each in e.state.languages), lambda each: language(each, visit.words)
        ),
        kinds=_choices((e.state.kind.value for e in entries), lambda each: visit.words.label(ProviderKind(each))),
        may_list=visit.may(Action.LIST_PROVIDERS),
    )


def _one(visit: Visit, provider: UUID) -> Response:
    visit.require(Action.READ_PROVIDERS)
    entry = visit.parts.office.providers.find(provider)
    if entry is None:
        raise HTTPException(404)
    return page(
        visit,
        "provider.html",
        flash=flash.read(visit),
        card=card(entry, titles_now(visit)),
        entry=entry,
        history=[_step(recorded, visit) for recorded in reversed(entry.history)],
        may_list=visit.may(Action.LIST_PROVIDERS, provider_stream(provider)),
    )


def _step(recorded: Recorded[Event], visit: Visit) -> Step:
    words = visit.words
    match recorded.event:
        case ProviderListed():
            text = words("providers.was-listed")
        case ProviderChanged():
            text = words("providers.was-changed")
        case ProviderDeactivated(reason=reason):
            text = words("providers.was-deactivated", reason=words.label(reason))
        case _:
            text = words("providers.was-reactivated")
    return Step(text, recorded)


def _offered(entries: Sequence[ProviderEntry], titles: Titles) -> list[Choice]:
    return _choices((each for entry in entries for each in entry.state.services), titles.service)


def _choices(codes: Iterable[str], name: Callable[[str], str]) -> list[Choice]:
    return sorted((Choice(each, name(each)) for each in set(codes)), key=lambda choice: choice.text)
