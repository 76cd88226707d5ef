"""Health for machines: alive, ready, metrics. Static files too."""

from __future__ import annotations

from fastapi import APIRouter, Request
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response

from domain.errors import PutokazError, Unavailable
from projections.audits import AuditFault, counts, last_audit
from projections.freshness import letters
from projections.status import status
from staff import assets
from staff.parts import Parts
from staff.ports import Probe

router = APIRouter(include_in_schema=False)


@router.get("/livez")
async def livez() -> Response:
    """The process answers."""
    return JSONResponse({"status": "alive"})


@router.get("/readyz")
async def readyz(request: Request) -> Response:
    """Whether every part is ready, each by name."""
    parts: Parts = request.app.state.parts
    found = {name: await run_in_threadpool(_ready, probe) for name, probe in parts.probes.items()}
    ready = all(found.values())
    return JSONResponse({"status": "ready" if ready else "not ready", "parts": found}, 200 if ready else 503)


def _ready(probe: Probe) -> bool:
    try:
        return probe()
    except PutokazError:
        return False


@router.get("/metrics")
async def metrics(request: Request) -> Response:
    """For Prometheus. Where the database is away, what can be said without it."""
    parts: Parts = request.app.state.parts
    return Response(await run_in_threadpool(_metrics, parts), media_type=CONTENT_TYPE_LATEST)


def _metrics(parts: Parts) -> bytes:
    counters = parts.counters
    try:
        for model in status(parts.reader):
            counters.lag.labels(model.name.value).set(model.lag_seconds)
            counters.parked.labels(model.name.value).set(model.parked)
        _count_audits(parts)
        found = letters(parts.reader)
        counters.letters.set(found.waiting)
        for cause, count in found.doubles.items():
            counters.doubles.labels(cause).set(count)
    except Unavailable:  # an old figure would say that all is well
        counters.lag.clear()
        counters.audit_age.set(float("nan"))
    return generate_latest(counters.registry)


def _count_audits(parts: Parts) -> None:
    last, found = last_audit(parts.reader), counts(parts.reader)
    parts.counters.audit_age.set(last.age.total_seconds() if last else float("nan"))
    for fault in AuditFault:
        for healed in (True, False):
            labels = (fault.value, "yes" if healed else "no")
            parts.counters.audit_findings.labels(*labels).set(found.get((fault, healed), 0))


@router.get("/static/{version}/{name}")
async def static(version: str, name: str) -> Response:
    """A file of ours under the hash of all of them."""
    return assets.serve(version, name)


@router.get("/favicon.ico")
async def favicon() -> Response:
    """Old browsers ask for it by this name."""
    return assets.serve("", "favicon.svg")
