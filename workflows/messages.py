"""What passes between client, workflow and activities: ids, codes and sealed text inside opaque commands, no rules.

Workflow code imports this module and nothing else of ours. All instants are aware and of the log's clock; all lengths
of sleep are real seconds.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from pydantic import BaseModel, ConfigDict

TASK_QUEUE = "putokaz"
DECIDE = "decide"
HEAD_MOVED = "head-moved"
LOOK_AGAIN = "look-again"
AUDIT_WORKFLOW = "audit"
AUDIT_SCHEDULE = "audit"
MAX_COMMAND_BYTES = 128 * 1024
STAFF_PATIENCE = timedelta(seconds=4)
"""How long a person waits before hearing that nothing is lost and the command may be sent again."""


def letters_queue(task_queue: str) -> str:
    """The queue of the letters that belongs to this one: a mail server that hangs is to hold up nothing else."""
    return f"{task_queue}-letters"


class Activity(StrEnum):
    """The activities by name: workflow code imports none of them."""

    LOAD = "load"
    RECORD = "record"
    FIRE = "fire"
    DELIVER = "deliver"
    RELAY = "relay"
    AUDIT = "audit"


class WorkflowType(StrEnum):
    """The workflows that accompany a stream, by the first word of its name; a kind that owes nothing has none."""

    JOURNEY = "journey"
    CONTACT = "contact"
    MISSION = "mission"
    STAFF = "staff"
    HANDOVER = "handover"


_BY_WORD = {each.value: each for each in WorkflowType}


def workflow_of(stream: str) -> WorkflowType | None:
    """The type of the workflow that accompanies `stream`, which has its name."""
    return _BY_WORD.get(stream.partition("-")[0])


OF_STREAMS = "WorkflowType IN (" + ", ".join(f"'{each.value}'" for each in WorkflowType) + ")"
"""What Temporal's list is asked for to find them all."""


class Message(BaseModel):
    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)


class AnswerKind(StrEnum):
    """How a command was answered. `nothing`: it was true already."""

    RECORDED = "recorded"
    REFUSED = "refused"
    NOTHING = "nothing"


class FaultCode(StrEnum):
    """The type of every error that leaves a workflow or an activity: a code, never a text with content."""

    UNAVAILABLE = "unavailable"
    COMMAND_TOO_LONG = "command-too-long"
    COMMAND_INVALID = "command-invalid"
    DRAINING = "draining"
    PATHWAY_MISSING = "pathway-missing"
    EVENT_UNREADABLE = "event-unreadable"
    NOT_DELIVERED = "not-delivered"
    INTERNAL = "internal"


class Order(Message):
    """One command on its way: `command` is its JSON (`domain.command.to_wire`), which the workflow does not open."""

    stream: str
    command_id: UUID
    actor: UUID
    command: str


class Answer(Message):
    """What became of a command. `position` is what a read model must have reached to show it; `refusal` is JSON."""

    kind: AnswerKind
    version: int
    position: int | None = None
    refusal: str | None = None


class Wake(Message):
    """The next moment of one obligation. Stale once its date has another version."""

    key: str
    rung: str
    at: datetime
    date_version: int


class Phase(StrEnum):
    """All that a workflow needs to know of where its stream stands."""

    ABSENT = "absent"
    OPEN = "open"
    ENDED = "ended"


class Letter(Message):
    """A message that a rung asked for, and the version of the event that says so.

    Letters of one `line` keep their order and do not wait for those of another.
    """

    message: UUID
    version: int
    line: str = ""


class Agenda(Message):
    """All that the workflow ever learns: how far the stream goes, and its next moment.

    `sleep`: real seconds from now until that moment by the log's clock. `deliveries` are messages to hand over,
    `relays` commands for other streams; both are repeatable and may be named more than once.
    """

    version: int
    phase: Phase
    wake: Wake | None = None
    sleep: float | None = None
    deliveries: tuple[Letter, ...] = ()
    relays: tuple[UUID, ...] = ()


class Recorded(Message):
    """The answer of `record` and `fire`: to the person who asked, and to the workflow."""

    answer: Answer
    agenda: Agenda


class Start(Message):
    """With what a run begins; everything else it reads from the log."""

    stream: str


class Firing(Message):
    """A timer of this stream has run out."""

    stream: str
    wake: Wake


class Delivery(Message):
    """A message to deliver, and the stream that asked for it."""

    stream: str
    letter: Letter


class Relay(Message):
    """A command that `stream` has for another stream."""

    stream: str
    dispatch: UUID
