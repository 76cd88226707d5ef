"""A tale that was told by hand, done by plain hands: the same acts, timers and letters without workflows.

The log, the letters and the mail server are real. The clock stands until the next moment: of an act, of a timer, or of
another attempt at a letter, made when its activity would be made again.
"""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

from activities.pathway_files import PathwayStore
from activities.permitting import NO_RIGHTS_ASKED
from activities.postbox import NotHanded, Waits
from activities.recording import Recorder
from domain.command import to_wire
from domain.event import Event, Recorded
from domain.journey.opening import OpenJourney
from eventlog.log import EventLog
from tests.domain.given import Act
from tests.fix_engine import write_pathway
from tests.fix_mail import MailSink
from tests.journeys.patient import PatientDeliverer
from tests.journeys.tale import Tale
from workflows.errands import FIRST_PAUSE, LONGEST_PAUSE
from workflows.messages import Agenda, AnswerKind, Delivery, Firing, Order, Wake

_STILL = 1e-6
"""The log's clock goes on when it is told to, and no seconds pass meanwhile."""


@dataclass
class _Waiting:
    """A letter, and when it is to be tried."""

    delivery: Delivery
    at: datetime
    pause: timedelta = FIRST_PAUSE

    def failed(self, why: NotHanded) -> None:
        """It is tried again, each time after twice as long, or when it says."""
        self.at += timedelta(seconds=why.seconds) if isinstance(why, Waits) else self.pause
        self.pause = min(2 * self.pause, LONGEST_PAUSE)


class PlainHands:
    """Whoever does them all."""

    def __init__(self, tale: Tale, log: EventLog, folder: Path, sink: MailSink) -> None:
        self._tale = tale
        self._log = log
        self._pin = write_pathway(folder, tale.pathway)
        self._recorder = Recorder(log, PathwayStore(folder), "test", rights=NO_RIGHTS_ASKED)
        self._post = PatientDeliverer(log, tale, sink)
        self._wake: Wake | None = None
        self._letters: dict[UUID, _Waiting] = {}
        self._switches = deque(
            switch
            for outage in tale.outages
            for switch in ((outage.begins, sink.go_away), (outage.ends, sink.come_back))
        )

    async def live(self) -> tuple[Recorded[Event], ...]:
        """Every act in its time, to the end of the tale; the history that came of it."""
        self._log.set_clock(self._tale.begins, _STILL)
        for act in self._tale.by_people():
            await self._until(act.at)
            self._do(act)
            await self._until(self._log.now())
        await self._until(self._tale.until)
        return self._log.load(self._tale.stream).history

    def _do(self, act: Act) -> None:
        command = act.what
        assert not isinstance(command, tuple), "a tale of commands only"
        if isinstance(command, OpenJourney):
            command = command.model_copy(update={"pin": self._pin})
        self._set_clock(act.at)
        order = Order(stream=self._tale.stream, command_id=uuid4(), actor=act.actor, command=to_wire(command))
        recorded = self._recorder.record(order)
        assert recorded.answer.kind is AnswerKind.RECORDED, (command, recorded.answer)
        self._take(recorded.agenda, act.at)

    def _take(self, agenda: Agenda, at: datetime) -> None:
        self._wake = agenda.wake
        for letter in agenda.deliveries:
            delivery = Delivery(stream=self._tale.stream, letter=letter)
            self._letters.setdefault(letter.message, _Waiting(delivery, at))

    async def _until(self, moment: datetime) -> None:
        """In order of time: the mail server goes or comes, a timer runs out, a letter is tried."""
        while True:
            wake = self._wake
            letter = min(self._letters.values(), key=lambda each: each.at, default=None)
            at = min([moment, *(each.at for each in (wake, letter) if each is not None)])
            while self._switches and self._switches[0][0] <= at:
                await asyncio.to_thread(self._switches.popleft()[1])
            if wake is not None and wake.at <= at:
                self._fire(wake)
            elif letter is not None and letter.at <= at:
                await self._try(letter)
            else:
                return

    def _fire(self, wake: Wake) -> None:
        self._set_clock(wake.at)
        recorded = self._recorder.fire(Firing(stream=self._tale.stream, wake=wake))
        assert recorded.answer.kind is AnswerKind.RECORDED, wake
        self._take(recorded.agenda, wake.at)

    async def _try(self, letter: _Waiting) -> None:
        self._set_clock(letter.at)
        try:
            await self._post.deliver(letter.delivery)
        except NotHanded as why:
            letter.failed(why)
        else:
            del self._letters[letter.delivery.letter.message]

    def _set_clock(self, at: datetime) -> None:
        self._log.set_clock(max(at, self._log.now()), _STILL)
