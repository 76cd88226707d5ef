"""Which faults come, in what order and how long after each other: all of it from the seed.

The seed fixes the plan. When within a fault a process is at which instruction is the machine's business: so a second
run with the same seed is another run of the same plan, not the same run.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from random import Random


class Part(StrEnum):
    """What can be killed."""

    WEB = "web"
    WORKER = "worker"
    PROJECTIONS = "projections"
    RELAY = "relay"
    TEMPORAL = "temporal"
    POSTGRES = "postgres"


OURS = (Part.WEB, Part.WORKER, Part.PROJECTIONS, Part.RELAY)


class Checkpoint(StrEnum):
    """Moments that are recognised on the wire; the victim dies before the bytes go on."""

    APPEND_SENT = "append sent, not yet at the database"
    APPEND_ANSWERED = "appended, answer not yet read"
    UPDATE_SENT = "command on its way to Temporal"
    TASK_COMPLETING = "decided and recorded, workflow task not yet completed"
    WORKFLOW_TOLD = "relay tells a workflow, position not yet written"
    PAGE_COMMITTING = "page of a read model written, not yet committed"
    PAGE_COMMITTED = "page committed, answer not yet read"
    LETTER_TAKEN = "mail server has the letter, 250 not yet sent"
    LETTER_ANSWERED = "250 sent, receipt not yet recorded"


class FaultKind(StrEnum):
    """What is done to the system."""

    KILL = "kill -9 at random"
    KILL_AT = "kill -9 at a checkpoint"
    CUT = "connections cut"
    LOSE_REPLY = "reply lost, connection cut"
    FREEZE = "connections frozen"
    SLOW = "connections slow"
    PARTED = "web process parted from Temporal"
    MAIL_REFUSES = "mail server says 4xx"
    MAIL_AWAY = "mail server away"
    DISK_FULL = "no room on the database's disk"
    TEMPORAL_LOST = "Temporal killed, its database deleted"


KILLING = frozenset({FaultKind.KILL, FaultKind.KILL_AT, FaultKind.TEMPORAL_LOST})


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault. Times in seconds: `after` the fault before, `down` until the victim is started again or healed."""

    kind: FaultKind
    part: Part
    after: float
    down: float
    checkpoint: Checkpoint | None = None
    instance: float = 0.0
    """Which of several processes of the part, as a fraction of their number."""


_PARTS = {Part.POSTGRES: 20, Part.WORKER: 20, Part.WEB: 18, Part.PROJECTIONS: 16, Part.RELAY: 16, Part.TEMPORAL: 6}
_NETWORK = {FaultKind.CUT: 4, FaultKind.LOSE_REPLY: 5, FaultKind.SLOW: 3, FaultKind.FREEZE: 2, FaultKind.PARTED: 3}
_MAIL = {FaultKind.MAIL_REFUSES: 1, FaultKind.MAIL_AWAY: 1}
_AT_CHECKPOINT = 0.45
_LONG = 0.25
"""So large a part of the kills of Temporal begin an outage of up to one and a half minutes: decisions go directly."""
_KILLS, _NETS, _MAILS = 80, 16, 4

VICTIMS: dict[Checkpoint, tuple[Part, ...]] = {
    Checkpoint.APPEND_SENT: (Part.WORKER, Part.POSTGRES, Part.WEB),
    Checkpoint.APPEND_ANSWERED: (Part.WORKER, Part.POSTGRES, Part.WEB),
    Checkpoint.UPDATE_SENT: (Part.WEB, Part.WORKER, Part.WEB, Part.WORKER, Part.TEMPORAL),
    Checkpoint.TASK_COMPLETING: (Part.WORKER, Part.TEMPORAL, Part.POSTGRES),
    Checkpoint.WORKFLOW_TOLD: (Part.RELAY, Part.RELAY, Part.TEMPORAL, Part.WORKER),
    Checkpoint.PAGE_COMMITTING: (Part.PROJECTIONS, Part.POSTGRES),
    Checkpoint.PAGE_COMMITTED: (Part.PROJECTIONS, Part.POSTGRES),
    Checkpoint.LETTER_TAKEN: (Part.WORKER, Part.POSTGRES),
    Checkpoint.LETTER_ANSWERED: (Part.WORKER, Part.WORKER, Part.POSTGRES, Part.TEMPORAL),
}
"""Who may die where, some more often than others. Temporal takes longest to come back, and comes less often."""


def plan(seed: int, *, every: float, losses: frozenset[int] = frozenset()) -> Iterator[Fault]:
    """Faults without end, on average one in `every` seconds; those numbered in `losses` delete Temporal's data."""
    random = Random(seed)
    number = 0
    while True:
        after = min(random.expovariate(1 / every), 4 * every)
        down = random.choice((0.0, 0.1, 0.5, 1.5))
        number += 1
        if number in losses:
            yield Fault(FaultKind.TEMPORAL_LOST, Part.TEMPORAL, after, 1.0)
            continue
        (family,) = random.choices(("kill", "net", "mail"), (_KILLS, _NETS, _MAILS))
        if family == "kill":
            yield _kill(random, after, down)
        elif family == "net":
            (kind,) = random.choices(list(_NETWORK), list(_NETWORK.values()))
            parted = kind is FaultKind.PARTED
            seconds = random.choice((10.0, 20.0, 40.0) if parted else (0.3, 1.0, 3.0, 6.0))
            part = Part.WEB if parted else random.choice(OURS)
            yield Fault(kind, part, after, seconds, instance=random.random())
        else:
            (kind,) = random.choices(list(_MAIL), list(_MAIL.values()))
            yield Fault(kind, Part.WORKER, after, random.choice((2.0, 8.0, 20.0)))


def _kill(random: Random, after: float, down: float) -> Fault:
    if random.random() < _AT_CHECKPOINT:
        checkpoint = random.choice(list(VICTIMS))
        victim = random.choice(VICTIMS[checkpoint])
        return Fault(FaultKind.KILL_AT, victim, after, down, checkpoint, random.random())
    (victim,) = random.choices(list(_PARTS), list(_PARTS.values()))
    if victim is Part.TEMPORAL and random.random() < _LONG:
        down = random.choice((15.0, 30.0, 90.0))
    return Fault(FaultKind.KILL, victim, after, down, instance=random.random())
