"""Carries the plan out, and remembers what was really done: a trap that nothing walked into is no kill."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial

from tests.soak.mailbox import Mood
from tests.soak.plan import KILLING, OURS, Checkpoint, Fault, FaultKind, Part
from tests.soak.processes import Service
from tests.soak.system import System
from tests.soak.wire import SIGHTS, Trap, Wire

_TRAP_STAYS = 4.0
"""Seconds that a trap waits for its checkpoint; then the victim dies at random."""
SEES: dict[Checkpoint, tuple[Part, ...]] = {
    Checkpoint.APPEND_SENT: (Part.WORKER, Part.WEB),
    Checkpoint.APPEND_ANSWERED: (Part.WORKER, Part.WEB),
    Checkpoint.UPDATE_SENT: (Part.WEB,),
    Checkpoint.TASK_COMPLETING: (Part.WORKER,),
    Checkpoint.WORKFLOW_TOLD: (Part.RELAY,),
    Checkpoint.PAGE_COMMITTING: (Part.PROJECTIONS,),
    Checkpoint.PAGE_COMMITTED: (Part.PROJECTIONS,),
}
"""Whose wires a checkpoint passes."""


@dataclass(frozen=True, slots=True)
class Done:
    """A fault that happened. `checkpoint` is None for a random moment; `at` in seconds of the machine's clock."""

    kind: FaultKind
    part: Part
    at: float
    until: float
    checkpoint: Checkpoint | None = None


@dataclass
class Faults:
    """Applied to one system."""

    system: System
    done: list[Done] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()
        self._stopping = asyncio.Event()
        self.broken: BaseException | None = None

    @property
    def kills(self) -> int:
        """Processes and servers killed so far."""
        return sum(each.kind in KILLING for each in self.done)

    def by_part(self) -> Counter[Part]:
        """Kills of each part."""
        return Counter(each.part for each in self.done if each.kind in KILLING)

    def by_checkpoint(self) -> Counter[Checkpoint]:
        """Kills at each checkpoint."""
        return Counter(each.checkpoint for each in self.done if each.checkpoint is not None)

    async def carry_out(self, plan: Iterable[Fault]) -> None:
        """Until `stop`; faults overlap as they come."""
        for fault in plan:
            try:
                await asyncio.wait_for(self._stopping.wait(), fault.after)
            except TimeoutError:
                task = asyncio.create_task(self._do(fault))
                self._tasks.add(task)
                task.add_done_callback(self._ended)
            if self._stopping.is_set() or self.broken is not None:
                break
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._heal()
        if self.broken is not None:
            raise self.broken

    def stop(self) -> None:
        """No new faults."""
        self._stopping.set()

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            self.broken = error

    async def _do(self, fault: Fault) -> None:
        began = time.time()
        happened = True
        checkpoint: Checkpoint | None = None
        match fault.kind:
            case FaultKind.KILL:
                happened = await self._kill(fault)
            case FaultKind.KILL_AT:
                happened, checkpoint = await self._kill_at(fault)
            case FaultKind.TEMPORAL_LOST:
                happened = await asyncio.to_thread(self.system.lose_temporal, fault.down)
            case FaultKind.MAIL_REFUSES | FaultKind.MAIL_AWAY:
                await self._mail(fault)
            case _:
                await self._net(fault)
        if happened:
            self.done.append(Done(fault.kind, fault.part, began, time.time(), checkpoint))

    async def _kill(self, fault: Fault) -> bool:
        return await asyncio.to_thread(self.system.kill, fault.part, fault.instance, fault.down)

    async def _kill_at(self, fault: Fault) -> tuple[bool, Checkpoint | None]:
        assert fault.checkpoint is not None
        loop, sprung = asyncio.get_running_loop(), asyncio.Event()
        killing: list[asyncio.Future[bool]] = []

        def spring(wire_owner: Service | None) -> None:
            if fault.part in OURS and wire_owner is not None and wire_owner.part is fault.part:
                # The very process whose bytes these are, before they go on.
                done: asyncio.Future[bool] = loop.create_future()
                done.set_result(wire_owner.kill(fault.down))
                killing.append(done)
            else:
                killing.append(asyncio.ensure_future(self._kill(fault)))
            sprung.set()

        traps = self._set_traps(fault.checkpoint, spring, loop)
        try:
            await asyncio.wait_for(sprung.wait(), _TRAP_STAYS)
        except TimeoutError:
            pass
        finally:
            self._clear(traps)
            self.system.mailbox.traps.pop(fault.checkpoint, None)
        if killing:
            return await killing[0], fault.checkpoint
        return await self._kill(fault), None

    def _set_traps(
        self, checkpoint: Checkpoint, spring: _Spring, loop: asyncio.AbstractEventLoop
    ) -> list[tuple[Wire, Trap]]:
        once = _Once(spring)
        if checkpoint not in SIGHTS:  # a letter: seen by the mail server, on its own thread
            self.system.mailbox.traps[checkpoint] = lambda: _call(loop, once)
            return []
        traps: list[tuple[Wire, Trap]] = []
        for part in SEES[checkpoint]:
            for service in self.system.of(part):
                for wire in service.wires:
                    trap = Trap(SIGHTS[checkpoint], partial(once, service))
                    wire.trap = trap
                    traps.append((wire, trap))
        return traps

    def _clear(self, traps: list[tuple[Wire, Trap]]) -> None:
        for wire, trap in traps:
            trap.sprung = True
            if wire.trap is trap:
                wire.trap = None

    async def _mail(self, fault: Fault) -> None:
        mailbox = self.system.mailbox
        if fault.kind is FaultKind.MAIL_REFUSES:
            mailbox.mood = Mood.REFUSES
            await asyncio.sleep(fault.down)
            mailbox.mood = Mood.TAKES
        else:
            await asyncio.to_thread(mailbox.close)
            await asyncio.sleep(fault.down)
            await asyncio.to_thread(mailbox.open)

    async def _net(self, fault: Fault) -> None:
        services = self.system.of(fault.part)
        wires = services[int(fault.instance * len(services))].wires
        if fault.kind is FaultKind.PARTED:
            wires = wires[1:]
        for wire in wires:
            match fault.kind:
                case FaultKind.CUT:
                    wire.cut()
                case FaultKind.LOSE_REPLY:
                    wire.lose_next_reply()
                case FaultKind.FREEZE:
                    wire.freeze()
                case FaultKind.PARTED:
                    wire.part()
                case _:
                    wire.delay = 0.05
        await asyncio.sleep(fault.down)
        for wire in wires:
            wire.heal()

    def _heal(self) -> None:
        self.system.mailbox.mood = Mood.TAKES
        self.system.mailbox.open()
        for wire in self.system.wires:
            wire.heal()


_Spring = Callable[[Service | None], None]
"""What a trap does, with the process whose bytes were seen; None where the mail server saw a letter."""


class _Once:
    def __init__(self, spring: _Spring) -> None:
        self._spring: _Spring | None = spring

    def __call__(self, owner: Service | None = None) -> None:
        spring, self._spring = self._spring, None
        if spring is not None:
            spring(owner)


def _call(loop: asyncio.AbstractEventLoop, once: _Once) -> None:
    loop.call_soon_threadsafe(once)
