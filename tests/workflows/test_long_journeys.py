"""Years of a journey on Temporal's time-skipping server, with the log's clock in step."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from temporalio.api.enums.v1 import IndexedValueType
from temporalio.api.operatorservice.v1 import AddSearchAttributesRequest
from temporalio.testing import WorkflowEnvironment

from activities.delivering import Deliverer
from activities.pathway_files import PathwayStore
from activities.permitting import NO_RIGHTS_ASKED
from activities.recording import Recorder
from domain.codes import StepOutcome, StepReason
from domain.command import Command
from domain.event import Event, Recorded
from domain.journey.advancing import AdvanceStep
from domain.journey.opening import OpenJourney
from domain.journey.review import ReviewScheduled
from domain.journey.state import journey_stream
from domain.stream.firing import RungsFired
from eventlog.log import EventLog
from tests.fix_engine import MILA, Bench
from tests.fix_mail import Everyone, MailSink, Member
from tests.workflows.clock_in_step import ClockInStep
from worker.codec import data_converter
from worker.engine import engine
from worker.keyring import create_keyring
from worker.road import Road
from workflows.messages import Answer, AnswerKind

STAFF = Everyone(
    [
        Member(MILA, "mila@example.org", frozenset({"caseworker"})),
        Member(uuid4(), "sanja@example.org", frozenset({"supervisor"})),
        Member(uuid4(), "vera@example.org", frozenset({"on-call"}), "en"),
    ]
)


async def skipping(program: Path, keyring: Path, clock: ClockInStep) -> WorkflowEnvironment:
    """The time-skipping server with our codec and search attributes."""
    environment = await WorkflowEnvironment.start_time_skipping(
        test_server_existing_path=str(program),
        data_converter=data_converter(create_keyring(keyring)),
        interceptors=[clock],
    )
    await environment.client.operator_service.add_search_attributes(
        AddSearchAttributesRequest(
            namespace=environment.client.namespace,
            search_attributes={
                "StreamVersion": IndexedValueType.INDEXED_VALUE_TYPE_INT,
                "NextWake": IndexedValueType.INDEXED_VALUE_TYPE_DATETIME,
            },
        )
    )
    return environment


@dataclass(frozen=True)
class LongLife:
    """A journey on the skipping server, with its clocks in step."""

    bench: Bench
    environment: WorkflowEnvironment
    clock: ClockInStep
    road: Road
    log: EventLog
    journey: UUID

    async def take(self, command: Command) -> Answer:
        """A person decides now."""
        self.clock.follow(await self.environment.get_current_time())
        return (await self.road.take(self.bench.order(self.journey, command))).answer

    async def days(self, count: int) -> None:
        """Days pass."""
        await self.environment.sleep(timedelta(days=count))

    def history(self) -> tuple[Recorded[Event], ...]:
        return self.log.load(journey_stream(self.journey)).history

    def fired(self) -> list[RungsFired]:
        return [r.event for r in self.history() if isinstance(r.event, RungsFired)]


@pytest.fixture
async def life(
    bench: Bench, time_skipping_server: Path, mail_sink: MailSink, tmp_path: Path
) -> AsyncIterator[LongLife]:
    """A journey opened today, with its workflow and a real mail server."""
    queue = f"q-{uuid4()}"
    with EventLog(bench.dsn, size=8) as log:
        clock = ClockInStep(log)
        recorder = Recorder(log, PathwayStore(bench.pathways), "test", rights=NO_RIGHTS_ASKED)
        deliverer = Deliverer(log, STAFF, mail_sink.postbox, lambda code: f"http://127.0.0.1/j/{code}")
        async with (
            await skipping(time_skipping_server, tmp_path / "keyring.json", clock) as environment,
            engine(environment.client, recorder, deliverer, task_queue=queue),
        ):
            road = Road(environment.client, recorder, task_queue=queue)
            life = LongLife(bench, environment, clock, road, log, uuid4())
            await life.take(OpenJourney(pin=bench.pin, caseworker=MILA))
            yield life


async def test_five_years_pass_in_seconds(life: LongLife, mail_sink: MailSink) -> None:
    """Five years of follow-up that is postponed each time: every reminder once, on time, and in the post."""
    started = time.monotonic()
    await life.take(AdvanceStep(step="contact", outcome=StepOutcome.DONE))
    await life.take(AdvanceStep(step="plan", outcome=StepOutcome.DONE))
    for _ in range(30):
        await life.days(56 if life.fired() else 28)
        later = (life.log.now() + timedelta(days=61)).date()
        postponed = AdvanceStep(
            step="follow-up", outcome=StepOutcome.POSTPONED, reason=StepReason.CLIENT_ASKED, next_on=later
        )
        assert (await life.take(postponed)).kind is AnswerKind.RECORDED
    await life.days(5 * 365 + 2 - 28 - 29 * 56)
    seconds = time.monotonic() - started
    history, fired = life.history(), life.fired()
    assert history[-1].recorded_at - history[0].recorded_at > timedelta(days=5 * 365 - 40)
    reminders = [event for event in fired if event.rungs == ("before-7-calendar-days",)]
    assert [event.date_version for event in reminders] == list(range(1, 32))
    assert not any(event.late for event in fired)
    assert len({mail["Message-ID"] for mail in mail_sink.mails}) == len(mail_sink.mails)
    assert len(mail_sink.mails) >= sum(len(event.addressees) for event in fired) - 2, "the last may be under way"
    assert seconds < 30, "ten on a quick machine"


async def test_a_journey_that_nobody_touches_never_falls_silent(life: LongLife) -> None:
    """For two years nobody acts: it is escalated and reviewed all the time."""
    await life.days(2 * 365)
    history = life.history()
    assert sum(isinstance(r.event, ReviewScheduled) for r in history) >= 18, "a review every five weeks or so"
    gaps = [b.recorded_at - a.recorded_at for a, b in pairwise(history)]
    assert max(gaps) < timedelta(days=32), "never silent for longer than a review's term"
    assert not any(event.late for event in life.fired())
