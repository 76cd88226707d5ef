"""The gate: today's workflow code replays every history that was ever recorded, in its sandbox.

Where this fails, a workflow that runs now would stand still after the release. Put the change under
`workflow.patched` (docs/running.md, "Releases"), and record the new way beside the old ones.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from temporalio.api.enums.v1 import EventType
from temporalio.worker import Replayer
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner

from tests.histories.files import WORTHLESS_RING, Stored, store, stored
from tests.histories.scenarios import SCENARIOS
from worker.codec import data_converter
from workflows.attendance import AttendanceWorkflow
from workflows.contact import ContactWorkflow
from workflows.errands import Errands
from workflows.handover import HandoverWorkflow
from workflows.journey import JourneyWorkflow
from workflows.loop import StreamLoop
from workflows.mission import MissionWorkflow

HISTORIES = stored()
MOST_BYTES = 1_000_000


async def replay(history: Stored) -> None:
    """Raises where today's code takes another way."""
    replayer = Replayer(
        workflows=[JourneyWorkflow, ContactWorkflow, MissionWorkflow, AttendanceWorkflow, HandoverWorkflow],
        data_converter=data_converter(WORTHLESS_RING),
        workflow_runner=SandboxedWorkflowRunner(),
    )
    await replayer.replay_workflow(history.history)


@pytest.mark.parametrize("history", HISTORIES, ids=lambda history: history.name)
async def test_todays_code_replays_it(history: Stored) -> None:
    """Every run of every recording."""
    await replay(history)


def test_every_scenario_is_recorded() -> None:
    """A scenario without a history guards nothing, and a history without a scenario cannot be made again."""
    wanted = {scenario.__name__.replace("_", "-") for scenario in SCENARIOS}
    assert {history.scenario for history in HISTORIES} == wanted


def test_the_recordings_hold_what_workflow_code_does() -> None:
    """The kinds of events that our loop can cause; and together they stay small."""
    kinds = {EventType.Name(e.event_type).removeprefix("EVENT_TYPE_") for h in HISTORIES for e in h.history.events}
    assert kinds >= {
        "WORKFLOW_EXECUTION_UPDATE_ACCEPTED",
        "WORKFLOW_EXECUTION_UPDATE_COMPLETED",
        "WORKFLOW_EXECUTION_SIGNALED",
        "WORKFLOW_EXECUTION_CONTINUED_AS_NEW",
        "WORKFLOW_EXECUTION_COMPLETED",
        "WORKFLOW_EXECUTION_TERMINATED",
        "UPSERT_WORKFLOW_SEARCH_ATTRIBUTES",
        "MARKER_RECORDED",
        "ACTIVITY_TASK_SCHEDULED",
        "ACTIVITY_TASK_COMPLETED",
        "ACTIVITY_TASK_CANCEL_REQUESTED",
        "ACTIVITY_TASK_CANCELED",
        "TIMER_STARTED",
        "TIMER_FIRED",
        "TIMER_CANCELED",
    }
    assert sum(history.path.stat().st_size for history in HISTORIES) < MOST_BYTES


def test_a_history_is_never_replaced(tmp_path: Path) -> None:
    """A workflow of the release that wrote it may still be running."""
    store(tmp_path, "drained", 1, HISTORIES[0].history)
    with pytest.raises(FileExistsError):
        store(tmp_path, "drained", 1, HISTORIES[1].history)


@contextmanager
def changed(name: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Workflow code as somebody might change it without a thought of what is running."""
    if name == "a timer before the first load":
        load = StreamLoop._load

        async def later(self: StreamLoop) -> None:
            await asyncio.sleep(1)
            await load(self)

        monkeypatch.setattr(StreamLoop, "_load", later)
    elif name == "no search attributes":
        monkeypatch.setattr("temporalio.workflow.upsert_search_attributes", lambda attributes: None)
    elif name == "errands no longer done":
        monkeypatch.setattr(Errands, "run", lambda self: None)
    elif name == "runs never handed over":
        monkeypatch.setattr(StreamLoop, "_is_long", lambda self: False)
    else:
        raise AssertionError(name)
    yield
    monkeypatch.undo()


@pytest.mark.parametrize(
    ("change", "scenario"),
    [
        ("a timer before the first load", "opening-and-decisions"),
        ("no search attributes", "opening-and-decisions"),
        ("errands no longer done", "ladder-with-letters"),
        ("runs never handed over", "continued-as-new"),
    ],
)
async def test_the_gate_bites(change: str, scenario: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A careless change fails on the stored histories."""
    histories = [history for history in HISTORIES if history.scenario == scenario]
    with changed(change, monkeypatch):
        results = await asyncio.gather(*map(replay, histories), return_exceptions=True)
    assert any(isinstance(result, BaseException) and "[TMPRL1100]" in str(result) for result in results), results
