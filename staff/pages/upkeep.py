"""Health of the system for people: what `putokaz doctor` and `/readyz` know, in plain words, with what to do next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from domain.codes import Role
from domain.errors import PutokazError
from domain.rights.actions import Action
from projections.audits import last_audit
from projections.freshness import letters, silent_partners
from projections.status import Parked, parked, status
from staff.rendering import page
from staff.visit import Here, Visit
from vault.errors import VaultError

router = APIRouter()
LAG_SECONDS = 30.0
"""A read model or the relay further behind than this is worth a look; as `putokaz doctor` has it."""
LETTER_AGE = timedelta(hours=1)
SIGNATURE_AGE = timedelta(minutes=15)
PARKED_SHOWN = 20
COMMANDS = ("putokaz doctor", "putokaz projections parked", "putokaz audit", "putokaz log verify")
"""For whoever stands at the server."""


class State(StrEnum):
    """How a part is. UNKNOWN: it could not be asked, or nothing is recorded of it."""

    WELL = "well"
    ILL = "ill"
    UNKNOWN = "unknown"


_URGENT = (State.ILL, State.UNKNOWN, State.WELL)


@dataclass(frozen=True, slots=True)
class Check:
    """One part: how it is, and what to do where it is not well."""

    part: str
    state: State
    says: str
    do: str = ""


@router.get("/admin/health")
async def health(visit: Here) -> Response:
    """Every part, what is ill first."""
    await run_in_threadpool(visit.require, Action.READ_ADMINISTRATION)
    running = await visit.parts.office.upkeep.temporal()
    return await run_in_threadpool(_page, visit, running)


def checks(visit: Visit, running: int | None) -> list[Check]:
    """Every part, in the order in which they depend on each other; one that cannot be asked is unknown, not well."""
    asked: list[tuple[str, Callable[[Visit], Check]]] = [
        ("log", _log),
        ("vault", _vault),
        ("changes", _changes),
        ("models", _models),
        ("audit", _audit),
        ("relay", _relay),
        ("letters", _letters),
        ("partners", _partners),
        ("signed", _signed),
        ("backup", _backup),
    ]
    found = [_asked(visit, part, ask) for part, ask in asked]
    found.insert(3, _temporal(visit, running))
    return found


def _page(visit: Visit, running: int | None) -> Response:
    found = checks(visit, running)
    return page(
        visit,
        "upkeep.html",
        checks=sorted(found, key=lambda check: _URGENT.index(check.state)),
        ill=sum(check.state is State.ILL for check in found),
        parked=_parked(visit),
        parked_shown=PARKED_SHOWN,
        commands=COMMANDS,
    )


def _asked(visit: Visit, part: str, ask: Callable[[Visit], Check]) -> Check:
    try:
        return ask(visit)
    except (PutokazError, VaultError):
        return _check(visit, part, State.UNKNOWN, "away")


def _check(visit: Visit, part: str, state: State, key: str, count: int | None = None, **values: object) -> Check:
    words = visit.words
    name = f"upkeep.{part}.{key}"
    says = words.count(name, count, **values) if count is not None else words(name, **values)
    do = words(f"upkeep.{part}.{key}-do") if state is not State.WELL else ""
    return Check(words(f"upkeep.{part}.title"), state, says, do)


def _log(visit: Visit) -> Check:
    probe = visit.parts.probes.get("log")
    well = probe is not None and probe()
    return _check(visit, "log", State.WELL, "well") if well else _check(visit, "log", State.ILL, "away")


def _vault(visit: Visit) -> Check:
    members = visit.parts.office.people.listed()
    if not any(Role.ON_CALL.value in member.roles for member in members):
        return _check(visit, "vault", State.ILL, "nobody")
    return _check(visit, "vault", State.WELL, "well", len(members))


def _changes(visit: Visit) -> Check:
    whole = visit.parts.office.people.changes_are_whole()
    return _check(visit, "changes", State.WELL, "well") if whole else _check(visit, "changes", State.ILL, "altered")


def _temporal(visit: Visit, running: int | None) -> Check:
    if running is None:
        return _check(visit, "temporal", State.ILL, "away")
    return _check(visit, "temporal", State.WELL, "well", running)


def _models(visit: Visit) -> Check:
    models = status(visit.parts.reader)
    behind = [m for m in models if m.lag_seconds > LAG_SECONDS and m.lag_events]
    if behind:
        worst = max(behind, key=lambda m: m.lag_events)
        return _check(visit, "models", State.ILL, "behind", worst.lag_events)
    held = max((m.parked for m in models), default=0)
    if held:
        return _check(visit, "models", State.ILL, "parked", held)
    return _check(visit, "models", State.WELL, "well")


def _audit(visit: Visit) -> Check:
    last = last_audit(visit.parts.reader)
    if last is None:
        return _check(visit, "audit", State.ILL, "never")
    minutes = max(int(last.age.total_seconds() // 60), 1)
    if last.audit.unmended:
        return _check(visit, "audit", State.ILL, "unmended", len(last.audit.unmended))
    if last.is_overdue:
        return _check(visit, "audit", State.ILL, "overdue", span=visit.words.count("timers.minutes", minutes))
    return _check(visit, "audit", State.WELL, "well", span=visit.words.count("timers.minutes", minutes))


def _relay(visit: Visit) -> Check:
    lag = visit.parts.office.upkeep.relay()
    if lag.events and (lag.still is None or lag.still > LAG_SECONDS):
        return _check(visit, "relay", State.ILL, "behind", lag.events)
    return _check(visit, "relay", State.WELL, "well")


def _letters(visit: Visit) -> Check:
    found = letters(visit.parts.reader)
    if not visit.parts.office.upkeep.sends_mail():
        return _check(visit, "letters", State.ILL, "none")
    if found.oldest is not None and visit.now - found.oldest > LETTER_AGE:
        since = visit.words.near_moment(found.oldest, visit.now)
        return _check(visit, "letters", State.ILL, "stuck", found.waiting, since=since)
    return _check(visit, "letters", State.WELL, "well", found.waiting)


def _partners(visit: Visit) -> Check:
    silent = silent_partners(visit.parts.reader)
    if silent.since is not None:
        return _check(visit, "partners", State.ILL, "silent", silent.count)
    return _check(visit, "partners", State.WELL, "well")


def _signed(visit: Visit) -> Check:
    signed = visit.parts.office.upkeep.signed()
    if signed is None:
        return _check(visit, "signed", State.UNKNOWN, "none")
    if not signed.holds:
        return _check(visit, "signed", State.ILL, "broken")
    if signed.seconds > SIGNATURE_AGE.total_seconds():
        return _check(visit, "signed", State.ILL, "late", signed.beyond)
    return _check(visit, "signed", State.WELL, "well")


def _backup(visit: Visit) -> Check:
    """Backups lie outside of the reach of the pages, on purpose: nothing here knows them."""
    return _check(visit, "backup", State.UNKNOWN, "elsewhere")


def _parked(visit: Visit) -> Sequence[Parked]:
    """Streams that a read model cannot follow: position and fault, never whose they are."""
    try:
        return parked(visit.parts.reader)
    except PutokazError:
        return ()
