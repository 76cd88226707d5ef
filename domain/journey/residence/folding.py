"""How the events of residence fold."""

from __future__ import annotations

from datetime import datetime
from typing import TypeVar

from domain.copying import replace
from domain.deadline import Deadline
from domain.event import Recorded
from domain.journey.folding import evolves
from domain.journey.residence.codes import PermitStatus
from domain.journey.residence.events import (
    ApplicationSettled,
    ExtensionApplied,
    ResidenceAlarmRepeated,
    ResidenceCorrected,
    ResidenceEnded,
    ResidenceExpired,
    ResidenceExtended,
    ResidenceGranted,
    ResidenceReinstated,
    ResidenceRevoked,
)
from domain.journey.residence.finding import watched
from domain.journey.residence.state import Application, PermitState
from domain.journey.state import Journey
from domain.stream.obligation import Clockwork

ByTheClock = TypeVar("ByTheClock", ResidenceExpired, ResidenceAlarmRepeated)


def _with(journey: Journey, *permits: PermitState) -> Journey:
    return replace(journey, permits={**journey.permits, **{p.number: p for p in permits}})


def _dated(permit: PermitState, deadline: Deadline, stalled_at: datetime | None = None) -> PermitState:
    """The permit with a date that a person entered: letters about the ones before are not wanted any more."""
    clockwork = replace(permit.clockwork.moved(deadline), stalled_at=stalled_at)
    return replace(permit, clockwork=clockwork, wanted_since=clockwork.date_version)


@evolves(ResidenceGranted)
def _granted(journey: Journey, recorded: Recorded[ResidenceGranted]) -> Journey:
    event, before = recorded.event, watched(journey)
    permit = PermitState(
        number=event.number,
        kind=event.kind,
        ground=event.ground,
        valid_from=event.valid_from,
        valid_until=event.valid_until,
        role=event.role,
        status=PermitStatus.VALID,
        version=recorded.version,
        clockwork=Clockwork(event.deadline),
        document=event.document,
        follows=before.number if before else None,
    )
    if before is None:
        return _with(journey, permit)
    # Nothing was said of it: its version stays, so that a correction names one permit by it.
    followed = replace(before, status=PermitStatus.FOLLOWED, before=before.status, application=None)
    return _with(journey, followed, permit)


@evolves(ExtensionApplied)
def _applied(journey: Journey, recorded: Recorded[ExtensionApplied]) -> Journey:
    event = recorded.event
    application = Application(event.applied_on, event.document)
    return _with(journey, replace(journey.permits[event.number], application=application, version=recorded.version))


@evolves(ApplicationSettled)
def _settled(journey: Journey, recorded: Recorded[ApplicationSettled]) -> Journey:
    permit = journey.permits[recorded.event.number]
    return _with(journey, replace(permit, application=None, version=recorded.version))


@evolves(ResidenceExtended)
def _extended(journey: Journey, recorded: Recorded[ResidenceExtended]) -> Journey:
    event = recorded.event
    permit = _dated(journey.permits[event.number], event.deadline)
    extended = replace(
        permit,
        status=PermitStatus.VALID,
        valid_until=event.valid_until,
        ends=(*permit.ends, permit.valid_until),
        application=None,
        document=event.document or permit.document,
        version=recorded.version,
    )
    return _with(journey, extended)


@evolves(ResidenceRevoked)
def _revoked(journey: Journey, recorded: Recorded[ResidenceRevoked]) -> Journey:
    event = recorded.event
    permit = _dated(journey.permits[event.number], event.deadline, stalled_at=recorded.recorded_at)
    return _with(
        journey,
        replace(permit, status=PermitStatus.REVOKED, revoked_for=event.ground, version=recorded.version),
    )


@evolves(ResidenceEnded)
def _ended(journey: Journey, recorded: Recorded[ResidenceEnded]) -> Journey:
    permit = journey.permits[recorded.event.number]
    return _with(journey, replace(permit, status=PermitStatus.ENDED, application=None, version=recorded.version))


@evolves(ResidenceExpired)
def _expired(journey: Journey, recorded: Recorded[ResidenceExpired]) -> Journey:
    permit = _by_the_clock(journey, recorded, stalled_at=recorded.recorded_at)
    return _with(journey, replace(permit, status=PermitStatus.EXPIRED))


@evolves(ResidenceAlarmRepeated)
def _repeated(journey: Journey, recorded: Recorded[ResidenceAlarmRepeated]) -> Journey:
    stalled_at = journey.permits[recorded.event.number].clockwork.stalled_at
    return _with(journey, _by_the_clock(journey, recorded, stalled_at=stalled_at))


def _by_the_clock(journey: Journey, recorded: Recorded[ByTheClock], stalled_at: datetime | None) -> PermitState:
    """A form that somebody filled in while the clock struck is no conflict: the version of the permit stays."""
    permit = journey.permits[recorded.event.number]
    return replace(permit, clockwork=replace(permit.clockwork.moved(recorded.event.deadline), stalled_at=stalled_at))


@evolves(ResidenceReinstated)
def _reinstated(journey: Journey, recorded: Recorded[ResidenceReinstated]) -> Journey:
    permit = journey.permits[recorded.event.number]
    is_revoked = permit.before is PermitStatus.REVOKED
    again = _dated(permit, recorded.event.deadline, stalled_at=recorded.recorded_at if is_revoked else None)
    status = PermitStatus.REVOKED if is_revoked else PermitStatus.VALID
    return _with(journey, replace(again, status=status, before=None, version=recorded.version))


@evolves(ResidenceCorrected)
def _corrected(journey: Journey, recorded: Recorded[ResidenceCorrected]) -> Journey:
    event = recorded.event
    permit = journey.permits[event.number]
    if not (event.kind and event.ground and event.valid_from and event.valid_until and event.deadline):
        return _with(journey, replace(permit, status=PermitStatus.VOID, application=None, version=recorded.version))
    other = watched(journey)
    stands = other is None or other.number == permit.number
    right = replace(
        _dated(permit, event.deadline),
        kind=event.kind,
        ground=event.ground,
        valid_from=event.valid_from,
        valid_until=event.valid_until,
        status=PermitStatus.VALID if stands else permit.status,
        before=None if stands else PermitStatus.VALID,
        revoked_for=None,
        version=recorded.version,
    )
    return _with(journey, right)
