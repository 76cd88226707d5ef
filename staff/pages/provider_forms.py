"""Sheets of the directory: take a provider in, change the entry, take it out, take it up again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response

from domain.codes import StreamName
from domain.pathway.services import Keeps
from domain.provider.codes import InactiveReason, ProviderKind
from domain.provider.listing import ChangeProvider, DeactivateProvider, ListProvider, ReactivateProvider
from domain.rights.actions import Action
from staff.forms.action import Fields
from staff.forms.entry import Entry
from staff.forms.field import Choice, Field, FieldKind, choices
from staff.forms.sheet import Sheet
from staff.office import ProviderEntry
from staff.pages.filling import empty, filled
from staff.pages.places import countries, language, languages
from staff.pages.providers import card, parted, titles_now
from staff.pages.telling import Now, telling
from staff.typing_in import Typed
from staff.visit import Here, Visit

router = APIRouter()
_NOTHING = "–"
"""What is said where a text is taken back: an empty one would leave it as it was."""


@router.get("/providers/{provider}/{word}")
async def form(provider: UUID, word: str, visit: Here) -> Response:
    """The empty sheet."""
    return empty(await run_in_threadpool(_sheet, visit, provider, word))


@router.post("/providers/{provider}/{word}")
async def act(provider: UUID, word: str, texts: Typed, visit: Here) -> Response:
    """Checks, previews or saves."""
    return await filled(await run_in_threadpool(_sheet, visit, provider, word), texts)


def _sheet(visit: Visit, provider: UUID, word: str) -> Sheet:
    visit.require(Action.LIST_PROVIDERS)
    entry = visit.parts.office.providers.find(provider)
    make = _SHEETS.get(word)
    if make is None or (entry is None and make is not _list):
        raise HTTPException(404)
    return make(visit, provider, entry)


def _list(visit: Visit, provider: UUID, _: ProviderEntry | None) -> Sheet:
    words, fields = visit.words, _fields(visit, None)
    pin = next(pin for pin, pathway in visit.parts.desk.pathways() if pathway == titles_now(visit).pathway)

    def body(entry: Entry) -> Mapping[str, Any] | None:
        read = _read(entry, fields)
        return None if entry.faults else {"pin": pin.model_dump(mode="json"), **read}

    foresee, save = telling(
        visit,
        StreamName.PROVIDER,
        provider,
        ListProvider.kind,
        body,
        there=f"/providers/{provider}",
        says=lambda entry: [words("providers.will-list", name=entry.line("name") or "")],
    )
    defaults = {"country": "RS", "languages-sr": "on"}
    title = words("providers.list-title")
    return Sheet(visit, title, "/providers", words("providers.title"), fields, foresee, save, defaults)


def _change(visit: Visit, provider: UUID, entry: ProviderEntry | None) -> Sheet:
    assert entry is not None
    words, shown, state = visit.words, card(entry, titles_now(visit)), entry.state
    fields = _fields(visit, entry)
    name, reach = parted(entry.identity or "")
    was = {"name": name, "reach": reach, "capacity": entry.capacity or "", "kind": state.kind.value}
    was |= {"country": state.country}
    was |= {f"languages-{each}": "on" for each in state.languages}
    was |= {f"services-{each}": "on" for each in state.services}

    def body(typed: Entry) -> Mapping[str, Any] | None:
        read = _read(typed, fields)
        if typed.faults:
            return None
        capacity = (entry.capacity or "").strip()
        if parted(read["identity"]) == parted(entry.identity or ""):
            del read["identity"]
        if read["capacity"] == capacity:
            del read["capacity"]
        elif not read["capacity"]:
            read["capacity"] = _NOTHING
        return read

    def now() -> tuple[tuple[str, ...], str]:
        found = visit.parts.office.providers.find(provider)
        assert found is not None
        lines = _lines(found, visit)
        return lines, str(found.state.version)

    return _sheet_of(
        visit,
        entry,
        ChangeProvider.kind,
        words("providers.change-title", name=shown.name or shown.code),
        fields,
        body,
        lambda _: [words("providers.will-change")],
        defaults=was,
        seen=str(state.version),
        now=now,
    )


def _deactivate(visit: Visit, provider: UUID, entry: ProviderEntry | None) -> Sheet:
    assert entry is not None
    words, shown = visit.words, card(entry, titles_now(visit))
    reason = Field("reason", FieldKind.RADIOS, words("providers.why-out"), choices=choices(list(InactiveReason), words))

    def body(typed: Entry) -> Mapping[str, Any] | None:
        given = typed.code("reason", InactiveReason)
        typed.need("reason", given)
        return {"reason": given.value} if given and not typed.faults else None

    title = words("providers.deactivate-title", name=shown.name or shown.code)
    return _sheet_of(
        visit,
        entry,
        DeactivateProvider.kind,
        title,
        (reason,),
        body,
        lambda _: [words("providers.will-deactivate")],
    )


def _reactivate(visit: Visit, provider: UUID, entry: ProviderEntry | None) -> Sheet:
    assert entry is not None
    words, shown = visit.words, card(entry, titles_now(visit))
    title = words("providers.reactivate-title", name=shown.name or shown.code)
    return _sheet_of(
        visit,
        entry,
        ReactivateProvider.kind,
        title,
        (),
        lambda _: {},
        lambda _: [words("providers.will-reactivate")],
        save_text=words("providers.reactivate"),
    )


def _sheet_of(
    visit: Visit,
    entry: ProviderEntry,
    kind: str,
    title: str,
    fields: Fields,
    body: Callable[[Entry], Mapping[str, Any] | None],
    says: Callable[[Entry], list[str]],
    *,
    defaults: Mapping[str, str] | None = None,
    seen: str = "",
    now: Now | None = None,
    save_text: str | None = None,
) -> Sheet:
    there, shown = f"/providers/{entry.id}", card(entry, titles_now(visit))
    foresee, save = telling(visit, StreamName.PROVIDER, entry.id, kind, body, there=there, says=says, now=now)
    return Sheet(
        visit,
        title,
        there,
        shown.name or shown.code,
        fields,
        foresee,
        save,
        defaults or {},
        seen,
        save_text=save_text,
    )


def _fields(visit: Visit, entry: ProviderEntry | None) -> Fields:
    words, titles = visit.words, titles_now(visit)
    state = entry.state if entry else None
    catalogue = titles.pathway.services
    services = tuple(
        Choice(kind.service, titles.service(kind.service))
        for kind in (catalogue.kinds if catalogue else ())
        if kind.keeps is Keeps.RECORD
    )
    return (
        Field("name", FieldKind.LINE, words("providers.name")),
        Field("kind", FieldKind.SELECT, words("providers.kind"), choices=choices(list(ProviderKind), words)),
        Field("country", FieldKind.SELECT, words("providers.country"), choices=countries(words)),
        Field("reach", FieldKind.NOTE, words("providers.reach"), words("providers.reach-hint"), optional=True),
        Field(
            "languages",
            FieldKind.CHECKS,
            words("providers.languages"),
            choices=languages(words, state.languages if state else ()),
        ),
        Field("services", FieldKind.CHECKS, words("providers.services"), words("providers.services-hint"), services),
        Field("capacity", FieldKind.NOTE, words("providers.capacity"), words("providers.capacity-hint"), optional=True),
    )


def _read(entry: Entry, fields: Fields) -> dict[str, Any]:
    by_name = {field.name: field for field in fields}
    name, kind, place = entry.line("name"), entry.code("kind", ProviderKind), entry.text("country")
    entry.need("name", name, "form.fault.name")
    entry.need("kind", kind)
    if place not in {choice.value for choice in by_name["country"].choices}:
        entry.faults["country"] = "form.fault.missing" if not place else "form.fault.choice"
    reach, capacity = entry.note("reach"), entry.note("capacity")
    if entry.faults or kind is None:
        return {}
    return {
        "identity": f"{name}\n{(reach or '').strip()}",
        "provider_kind": kind.value,
        "country": place,
        "languages": list(entry.checked("languages", by_name["languages"].values)),
        "services": list(entry.checked("services", by_name["services"].values)),
        "capacity": (capacity or "").strip(),
    }


def _lines(entry: ProviderEntry, visit: Visit) -> tuple[str, ...]:
    """What the entry says now, for somebody who was not first."""
    words, shown = visit.words, card(entry, titles_now(visit))
    said = {
        "providers.name": shown.name,
        "providers.kind": words.label(shown.kind),
        "providers.country": shown.country,
        "providers.reach": shown.reach,
        "providers.languages": ", ".join(language(each, words) for each in entry.state.languages),
        "providers.services": ", ".join(shown.services),
        "providers.capacity": entry.capacity,
    }
    return tuple(f"{words(key)}: {text}" for key, text in said.items() if text)


_SHEETS: dict[str, Callable[[Visit, UUID, ProviderEntry | None], Sheet]] = {
    "list": _list,
    "change": _change,
    "deactivate": _deactivate,
    "reactivate": _reactivate,
}
