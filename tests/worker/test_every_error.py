"""Whatever error of ours ends a command is one line with an exit code; whatever fails in an activity is a code.

No error outside the two trees: `domain/errors.py` and the vault's own.
"""

from __future__ import annotations

import asyncio
import importlib
import inspect
import pkgutil
from collections.abc import Mapping
from io import StringIO
from typing import Any, cast

import pytest
import typer
from rich.console import Console
from structlog.testing import capture_logs
from temporalio.client import WorkflowUpdateFailedError
from temporalio.exceptions import ApplicationError
from temporalio.testing import ActivityEnvironment

from activities.auditing import AuditActivity
from activities.delivering import Deliverer
from activities.postbox import InDoubt, NotHanded, Waits
from activities.recording import Recorder
from activities.temporal import JourneyActivities, fault_of
from domain.command import CommandInvalid
from domain.errors import DecisionBroke, EventUnreadable, PathwayMissing, PutokazError, Unavailable
from domain.message import Doubt
from tests.architecture.sources import ROOMS, ROOT
from tests.error_tree import WORDS, error_classes, made
from vault.errors import VaultError
from worker.cli import output
from worker.cli.output import Exit, plainly
from worker.development.errors import DevelopmentError
from worker.road import Road
from workflows.messages import Activity, Answer, AnswerKind, FaultCode, Order

OUTSIDE: Mapping[str, str] = {
    "activities.delivering._Withdrawn": "leaves a function of the same module, never that",
    "activities.pathway_yaml.YamlInvalid": "becomes the faults of a reading, in the same room",
    "activities.postbox.NotHanded": "`not-delivered`: tried again until it goes out or is given up by an event",
    "activities.postbox.Waits": "no fault: its hour has not come",
    "activities.postbox.InDoubt": "tried again; the receipt says that there may be two",
    "activities.resending.NotWanted": "`LetterRefused` to whoever asked",
    "vault.staff_register._NothingToDo": "rolls a line back and leaves a function of the same module",
    "staff.forms.scene.NothingHere": "a page that says that there is no such thing",
    "projections.reading.PositionMoved": "no fault: another projector was faster",
}
"""Exceptions of ours outside the trees, which end within their rooms."""
UNFORESEEN = (*map(made, error_classes()), KeyError(WORDS), RuntimeError(WORDS))
LATER = (NotHanded(WORDS), InDoubt(Doubt.REPLY_LOST))


def test_no_error_stands_outside_the_trees() -> None:
    """A caller finds each under one of two roots; what runs at a terminal only has its own (`DevelopmentError`)."""
    names = (m.name for room in ROOMS for m in pkgutil.walk_packages([str(ROOT / room)], f"{room}."))
    modules = (importlib.import_module(name) for name in names if not name.endswith("__main__"))
    of_ours = (
        cls
        for module in modules
        for cls in vars(module).values()
        if inspect.isclass(cls) and issubclass(cls, BaseException) and cls.__module__ == module.__name__
    )
    outside = (cls for cls in of_ours if not issubclass(cls, PutokazError | VaultError | DevelopmentError))
    assert {f"{cls.__module__}.{cls.__name__}" for cls in outside} == set(OUTSIDE)


@pytest.mark.parametrize("cls", error_classes(), ids=lambda cls: str(cls.__name__))
def test_a_command_ends_with_a_line_and_a_code(cls: type[Exception], monkeypatch: pytest.MonkeyPatch) -> None:
    """At a terminal the error's own words are read: they are written for that."""
    said = StringIO()
    monkeypatch.setattr(output, "err", Console(file=said, highlight=False, soft_wrap=True))
    error = made(cls)

    @plainly
    def command() -> None:
        raise error

    with pytest.raises(typer.Exit) as ended:
        command()
    assert Exit(ended.value.exit_code) is not Exit.DONE
    assert said.getvalue().startswith("putokaz: ")
    assert str(error) in said.getvalue()


class Failing:
    """A recorder, a deliverer, an audit: whatever is asked of it fails."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def __getattr__(self, name: str) -> Any:
        if name in {"deliver", "audit"}:
            return self._later
        return self._at_once

    def _at_once(self, *_: object) -> None:
        raise self.error

    async def _later(self, *_: object) -> None:
        raise self.error


def activities(error: Exception) -> dict[str, Any]:
    """Every activity by its name, over parts that fail."""
    failing = Failing(error)
    found = JourneyActivities(cast(Recorder, failing), cast(Deliverer, failing)).all()
    found.append(AuditActivity(failing.audit).audit)
    return {cast(Any, each).__temporal_activity_definition.name: each for each in found}


def failure(error: Exception, name: str) -> tuple[ApplicationError, list[Any]]:
    """With what the activity fails, and what it logs."""
    work, environment = activities(error)[name], ActivityEnvironment()
    arguments = () if name == Activity.AUDIT else (None,)

    async def run() -> None:
        done = environment.run(work, *arguments)
        if inspect.isawaitable(done):
            await done

    with capture_logs() as logs, pytest.raises(ApplicationError) as failed:
        asyncio.run(run())
    return failed.value, logs


def test_every_activity_is_tried_here() -> None:
    """One that is new comes into `activities`."""
    assert set(activities(KeyError())) == {each.value for each in Activity}


@pytest.mark.parametrize("name", Activity)
@pytest.mark.parametrize("error", [*UNFORESEEN, *LATER], ids=lambda e: type(e).__name__)
def test_an_activity_fails_with_a_code_and_is_logged_without_words(name: Activity, error: Exception) -> None:
    """Temporal shows the code; the log says what it was. Neither says whom it was about."""
    failed, logs = failure(error, name)
    assert failed.type in set(FaultCode)
    assert failed.message == failed.type
    assert failed.details == ()
    assert failed.__cause__ is None
    assert [(each["log_level"], each["fault"], each["kind"]) for each in logs] == [
        ("warning", failed.type, type(error).__name__)
    ]
    assert WORDS not in f"{failed!r} {failed.__context__ and failed.__suppress_context__} {logs}"
    assert not failed.non_retryable or isinstance(error, CommandInvalid), "nothing else is given up without a person"


def test_a_letter_that_waits_for_its_hour_is_no_failure() -> None:
    """Told to Temporal as benign, with when to come back; nothing is logged."""
    failed, logs = failure(Waits(60.0), Activity.DELIVER)
    assert (failed.type, logs) == (FaultCode.NOT_DELIVERED, [])
    assert failed.next_retry_delay is not None


SAID: Mapping[FaultCode, type[Exception]] = {
    FaultCode.UNAVAILABLE: Unavailable,
    FaultCode.COMMAND_TOO_LONG: CommandInvalid,
    FaultCode.COMMAND_INVALID: CommandInvalid,
    FaultCode.PATHWAY_MISSING: PathwayMissing,
    FaultCode.EVENT_UNREADABLE: EventUnreadable,
    FaultCode.NOT_DELIVERED: Unavailable,
    FaultCode.INTERNAL: DecisionBroke,
}
"""What the person at the form hears of each code of a workflow: whether sending it again helps."""


@pytest.mark.parametrize("code", FaultCode)
async def test_every_code_of_a_workflow_is_an_error_with_a_page(
    code: FaultCode, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run that is being handed over is waited for; everything else is said at once."""
    answers = [WorkflowUpdateFailedError(ApplicationError(code.value, type=code.value))]
    taken = Answer(kind=AnswerKind.NOTHING, version=1)

    async def update(_: Order) -> Answer:
        if answers:
            raise answers.pop()
        return taken

    road = Road(cast(Any, None), cast(Any, None))
    monkeypatch.setattr(road, "_update", update)
    order = cast(Order, None)
    if code is FaultCode.DRAINING:
        assert await road._through_workflow(order) is taken
        return
    with pytest.raises(SAID[code]) as said:
        await road._through_workflow(order)
    assert type(said.value) in error_classes()


async def test_a_workflow_that_ended_first_is_no_mistake_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    """Temporal says so with a type of its own: the command may be sent again."""
    ended = WorkflowUpdateFailedError(ApplicationError("", type="AcceptedUpdateCompletedWorkflow"))

    async def update(_: Order) -> Answer:
        raise ended

    road = Road(cast(Any, None), cast(Any, None))
    monkeypatch.setattr(road, "_update", update)
    with pytest.raises(Unavailable):
        await road._through_workflow(cast(Order, None))


def test_every_error_has_a_code() -> None:
    """Of the workflow's own; what no code is for is `internal`, which is logged with its kind."""
    assert {fault_of(made(cls)) for cls in error_classes()} <= set(FaultCode)
