"""Part: alerts. Caseworker and supervisor are told at once, and the ladder climbs until somebody answers."""

from __future__ import annotations

from collections.abc import Iterator

from domain.codes import ObligationKind, Role
from domain.command import Command
from domain.copying import replace
from domain.deadline import Deadline, alert_deadline
from domain.event import Event, Recorded
from domain.journey.deciding import Decision, Surroundings, decides
from domain.journey.folding import evolves
from domain.journey.obligation import Turn, owes, owner
from domain.journey.safety.state import AlertReason, AlertState
from domain.journey.state import Journey
from domain.pathway.assessment import Level
from domain.refusal import RefusalCode, Refused
from domain.sealed import Notes, Sealed
from domain.stream.obligation import Clockwork, Obligation
from domain.values import Count


class AlertRaised(Event, topic="journey.alert-raised"):
    """People are told at once, and somebody has to answer. `level` where a level was raised."""

    number: Count
    reason: AlertReason
    deadline: Deadline
    level: Level | None = None

    @property
    def part(self) -> str:
        return f"alert:{self.number}"


class AlertAcknowledged(Event, topic="journey.alert-acknowledged"):
    """Somebody has it in hand."""

    number: Count
    note: Sealed[Notes] | None = None


class AcknowledgeAlert(Command, kind="acknowledge-alert"):
    """Says that somebody has the alert in hand; what they do about it goes into the note."""

    number: Count
    note: Sealed[Notes] | None = None


def alert(journey: Journey, reason: AlertReason, surroundings: Surroundings, level: Level | None = None) -> AlertRaised:
    """The event that raises the next alert of this journey, now."""
    deadline = alert_deadline(surroundings.pathway.safety.alert, surroundings.pathway, now=surroundings.now)
    return AlertRaised(number=len(journey.alerts) + 1, reason=reason, deadline=deadline, level=level)


@decides(AcknowledgeAlert, in_every_phase=True)
def _acknowledge(journey: Journey, command: AcknowledgeAlert, _: Surroundings) -> Decision:
    known = journey.alerts.get(f"alert:{command.number}")
    if known is None:
        return Refused(code=RefusalCode.NO_SUCH_ALERT)
    if known.acknowledged_at is not None:
        return ()
    return (AlertAcknowledged(number=command.number, note=command.note),)


def _wind(journey: Journey, key: str, turn: Turn) -> Journey:
    known = journey.alerts.get(key)
    return journey if known is None else _with(journey, replace(known, clockwork=turn(known.clockwork)))


@owes(ObligationKind.ALERT, winding=_wind)
def _owed(journey: Journey) -> Iterator[Obligation]:
    for known in journey.alerts.values():
        if known.acknowledged_at is None:
            yield Obligation(
                known.key,
                ObligationKind.ALERT,
                known.clockwork.deadline.due_at,
                owner(journey, Role.CASEWORKER),
                known.clockwork,
                version=known.version,
                what=known.reason.value,
            )


@evolves(AlertRaised)
def _raised(journey: Journey, recorded: Recorded[AlertRaised]) -> Journey:
    event = recorded.event
    raised = AlertState(
        event.number,
        event.reason,
        recorded.recorded_at,
        recorded.version,
        Clockwork(event.deadline, date_version=recorded.version),
        event.level,
    )
    return _with(journey, raised)


@evolves(AlertAcknowledged)
def _acknowledged(journey: Journey, recorded: Recorded[AlertAcknowledged]) -> Journey:
    known = journey.alerts[f"alert:{recorded.event.number}"]
    return _with(journey, replace(known, acknowledged_at=recorded.recorded_at, version=recorded.version))


def _with(journey: Journey, known: AlertState) -> Journey:
    return replace(journey, alerts={**journey.alerts, known.key: known})
