"""Years of a journey on Temporal's time-skipping server, with the log's clock in step."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from uuid import UUID, uuid4

from temporalio import activity
from temporalio.api.enums.v1 import IndexedValueType
from temporalio.api.operatorservice.v1 import AddSearchAttributesRequest
from temporalio.testing import WorkflowEnvironment

from activities.delivering import Deliverer
from activities.pathway_files import PathwayStore
from activities.recording import Recorder
from domain.codes import StepOutcome
from domain.journey.advancing import AdvanceStep
from domain.journey.firing import RungsFired
from domain.journey.opening import OpenJourney
from domain.journey.review import ReviewScheduled
from domain.journey.state import journey_stream
from eventlog.decision import Loaded
from eventlog.log import EventLog
from tests.fix_engine import MILA, Bench
from tests.fix_mail import Everyone, MailSink, Member
from worker.codec import data_converter
from worker.engine import engine
from worker.keyring import create_keyring
from worker.road import Road

STAFF = Everyone(
    [
        Member(MILA, "mila@example.org", frozenset({"caseworker"})),
        Member(uuid4(), "sanja@example.org", frozenset({"supervisor"})),
        Member(uuid4(), "vera@example.org", frozenset({"on-call"}), "en"),
    ]
)


class FollowingLog(EventLog):
    """A log whose clock follows Temporal's skipped time, as each activity was scheduled."""

    def __init__(self, dsn: str) -> None:
        super().__init__(dsn, size=8)
        self._following = threading.Lock()
        self._reached = datetime.min.replace(tzinfo=UTC)

    def load(self, stream: str, command_id: UUID | None = None) -> Loaded:
        if activity.in_activity():
            with self._following:
                now = activity.info().current_attempt_scheduled_time
                if now > self._reached:
                    self._reached = now
                    self.set_clock(now)
        return super().load(stream, command_id)


async def skipping(program: Path, keyring: Path) -> WorkflowEnvironment:
    """The time-skipping server with our codec and search attributes."""
    environment = await WorkflowEnvironment.start_time_skipping(
        test_server_existing_path=str(program), data_converter=data_converter(create_keyring(keyring))
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


async def test_five_years_pass_in_under_ten_seconds(
    bench: Bench, time_skipping_server: Path, mail_sink: MailSink, tmp_path: Path
) -> None:
    """Nobody touches an open journey for five years: it is escalated and reviewed, and never falls silent."""
    queue, journey = f"q-{uuid4()}", uuid4()
    with FollowingLog(bench.dsn) as log:
        recorder = Recorder(log, PathwayStore(bench.pathways), "test")
        deliverer = Deliverer(log, STAFF, mail_sink.postbox, lambda code: f"http://127.0.0.1/j/{code}")
        async with (
            await skipping(time_skipping_server, tmp_path / "keyring.json") as environment,
            engine(environment.client, recorder, deliverer, task_queue=queue),
        ):
            road = Road(environment.client, recorder, task_queue=queue)
            started = time.monotonic()
            await road.take(bench.order(journey, OpenJourney(pin=bench.pin, caseworker=MILA)))
            await environment.sleep(timedelta(days=365))
            log.set_clock(await environment.get_current_time())
            await road.take(bench.order(journey, AdvanceStep(step="contact", outcome=StepOutcome.DONE)))
            await environment.sleep(timedelta(days=4 * 365 + 1))
            seconds = time.monotonic() - started
        history = log.load(journey_stream(journey)).history
    span = history[-1].recorded_at - history[0].recorded_at
    reviews = [r for r in history if isinstance(r.event, ReviewScheduled)]
    fired = [r.event for r in history if isinstance(r.event, RungsFired)]
    assert span > timedelta(days=5 * 365 - 40)
    assert len(reviews) > 40, "an engine's review every five weeks or so"
    assert not any(event.late for event in fired)
    assert len(mail_sink.mails) == len({mail["Message-ID"] for mail in mail_sink.mails}) >= len(fired) - 2
    gaps = [b.recorded_at - a.recorded_at for a, b in pairwise(history)]
    assert max(gaps) < timedelta(days=32), "never silent for longer than a review's term"
    assert seconds < 10
