"""The events of a return from the departure on: on the way, received, looked after."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import Field

from domain.event import Event
from domain.journey.returning.codes import CheckOutcome, Receipt, Trouble, WayHomeAnswer
from domain.journey.returning.events import Note
from domain.journey.returning.values import Timers
from domain.values import Code, Count, ProviderId


class ReturnDeparted(Event, topic="journey.return-departed"):
    """They left. `timers`: by when somebody has to confirm that they were received."""

    number: Count
    timers: Timers
    note: Note = None


class HandoverTroubled(Event, topic="journey.handover-troubled"):
    """Something goes wrong on the way: people are told now."""

    number: Count
    trouble: Trouble
    timers: Timers
    note: Note = None


class HandoverConfirmed(Event, topic="journey.handover-confirmed"):
    """They arrived and were received. `document`: the receipt in the vault; `timers`: the checks, or the way home."""

    number: Count
    received_by: ProviderId
    receipt: Receipt
    document: UUID | None = None
    timers: Timers
    note: Note = None


class ReturnTakenBack(Event, topic="journey.return-taken-back"):
    """That they left, or were received, was a mistake; `corrects` is the version of that event."""

    number: Count
    corrects: Count
    note: Note = None


class ReturnChecked(Event, topic="journey.return-checked"):
    """Somebody asked how it is. Where nobody was reached, `timers` say when it is tried again."""

    number: Count
    check: Code
    outcome: CheckOutcome
    timers: Timers = ()
    note: Note = None


class ReturnChecksDropped(Event, topic="journey.return-checks-dropped"):
    """Nobody holds them any more: their days passed while the journey was closed, or a later return has its own."""

    number: Count
    checks: Annotated[tuple[Code, ...], Field(min_length=1, max_length=60)]


class WayHomeOwed(Event, topic="journey.way-home-owed"):
    """The way home of a visit was stopped: another one is to be found."""

    number: Count
    timers: Timers


class WayHomeSettled(Event, topic="journey.way-home-settled"):
    """No way home is needed from us."""

    number: Count
    answer: WayHomeAnswer
    note: Note = None
