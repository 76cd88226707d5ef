"""A pulse: heartbeats as long as the work lasts, and what is under way comes to its end unless the worker stops."""

from __future__ import annotations

import asyncio

import pytest
from temporalio.activity import ActivityCancellationDetails
from temporalio.testing import ActivityEnvironment

from activities.pulse import with_pulse


async def _slow(seconds: float = 0.3) -> str:
    await asyncio.sleep(seconds)
    return "done"


async def _pulsed(seconds: float = 0.3) -> str:
    return await with_pulse(_slow(seconds), 0.1)


async def test_it_beats_until_the_work_is_done() -> None:
    """Three tenths of a second at a beat each tenth; none afterwards."""
    beats: list[object] = []
    environment = ActivityEnvironment()
    environment.on_heartbeat = lambda *details: beats.append(details)
    assert await environment.run(_pulsed) == "done"
    counted = len(beats)
    assert 2 <= counted <= 4
    await asyncio.sleep(0.25)
    assert len(beats) == counted


async def test_an_error_of_the_work_is_its_own() -> None:
    """It arrives as it was raised."""

    async def fails() -> None:
        raise ValueError("no")

    async def pulsed() -> None:
        await with_pulse(fails(), 0.1)

    with pytest.raises(ValueError, match="no"):
        await ActivityEnvironment().run(pulsed)


async def test_who_asks_it_to_end_waits_for_its_end() -> None:
    """A workflow that hands over cancels its letters; the one under way is sent and has its receipt."""
    environment = ActivityEnvironment()
    running = asyncio.ensure_future(environment.run(_pulsed))
    await asyncio.sleep(0.1)
    environment.cancel(cancellation_details=ActivityCancellationDetails(cancel_requested=True))
    assert await running == "done"


async def test_a_worker_that_stops_ends_it() -> None:
    """It would hold up the stop for as long as a mail server hangs."""
    environment = ActivityEnvironment()
    running = asyncio.ensure_future(environment.run(_pulsed, 60.0))
    await asyncio.sleep(0.1)
    environment.cancel(cancellation_details=ActivityCancellationDetails(worker_shutdown=True))
    with pytest.raises(asyncio.CancelledError):
        await running


async def test_a_worker_that_stops_ends_it_also_after_it_was_asked_to_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """Temporal cancels once: that the worker stops is heard all the same, and what is under way has its time."""
    monkeypatch.setattr("activities.pulse.TO_ITS_END", 0.2)
    environment = ActivityEnvironment()
    running = asyncio.ensure_future(environment.run(_pulsed, 60.0))
    await asyncio.sleep(0.1)
    environment.cancel(cancellation_details=ActivityCancellationDetails(timed_out=True))
    await asyncio.sleep(0.1)
    assert not running.done()
    environment.worker_shutdown()
    with pytest.raises(asyncio.CancelledError):
        await asyncio.wait_for(running, 5)
