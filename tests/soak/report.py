"""Writes what a run showed into docs/reliability.md, between two marks: the words around them are people's."""

from __future__ import annotations

import os
import platform
from collections import Counter
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from tests.soak.controls import Control
from tests.soak.plan import KILLING, Checkpoint, FaultKind, Part
from tests.soak.run import Ran
from tests.soak.verdict import Fault
from worker.settings import CHECKOUT

RATE = 720.0
"""Log seconds in a second, of a run whose report does not say otherwise."""
REPORT = CHECKOUT / "docs" / "reliability.md"
_BEGIN, _END = "<!-- measured: begin -->", "<!-- measured: end -->"


def write(file: Path, ran: Ran, disk: Ran | None, controls: Sequence[Control], *, every: float) -> None:
    """Replaces what stands between the marks."""
    text = file.read_text(encoding="utf-8") if file.exists() else f"{_BEGIN}\n{_END}\n"
    before, _, rest = text.partition(_BEGIN)
    _, _, after = rest.partition(_END)
    lines = [*_head(ran, every), *_promises(ran), *_figures(ran), *_kills(ran), *_disk(disk), *_controls(controls)]
    file.write_text(f"{before}{_BEGIN}\n" + "\n".join(lines) + f"\n{_END}{after}", encoding="utf-8")


def _head(ran: Ran, every: float) -> list[str]:
    minutes = ran.size.seconds / 60
    rate = "" if ran.size.rate == RATE else f" --rate {ran.size.rate:g}"
    return [
        f'- Command: `make soak ARGS="--minutes {minutes:g} --seed {ran.seed} --every {every:g}{rate} --report"`.',
        f"- When: {ran.began:%Y-%m-%d %H:%M} UTC; {ran.minutes:.0f} minutes with the judgment.",
        f"- Machine: {os.cpu_count()} cores, {platform.system()} {platform.release()}, Python "
        f"{platform.python_version()}, temporalio {version('temporalio')}; the clients ran on the same machine.",
        f"- {ran.size.journeys} open journeys, {ran.size.clients} people deciding at once, a day of the log in "
        f"{86_400 / ran.size.rate:g} s; web, worker and projections twice each, one relay.",
        "",
    ]


def _promises(ran: Ran) -> list[str]:
    rows = ["| Promise broken | Times |", "|---|---:|"]
    rows += [f"| {fault} | {ran.verdict.counts[fault]} |" for fault in Fault]
    return [*rows, ""]


def _figures(ran: Ran) -> list[str]:
    rows = ["| Figure | |", "|---|---:|"]
    rows += [
        f"| {name} | {value:,} |" if isinstance(value, int) else f"| {name} | {value} |"
        for name, value in ran.verdict.figures.items()
    ]
    rows.append(f"| processes of ours that ended without being killed | {len(ran.unasked)} |")
    return [*rows, ""]


def _kills(ran: Ran) -> list[str]:
    kills = Counter((done.part, done.checkpoint) for done in ran.faults if done.kind in KILLING)
    columns: list[Checkpoint | None] = [None, *Checkpoint]
    rows = ["| `kill -9` at | " + " | ".join(part.value for part in Part) + " |", "|---|" + "---:|" * len(Part)]
    for column in columns:
        name = "a random moment" if column is None else column.value
        rows.append(f"| {name} | " + " | ".join(str(kills[part, column] or "") for part in Part) + " |")
    others = Counter(
        done.kind for done in ran.faults if done.kind not in KILLING or done.kind is FaultKind.TEMPORAL_LOST
    )
    rows += ["", "| Other faults | Times |", "|---|---:|"]
    rows += [f"| {kind} | {others[kind]} |" for kind in FaultKind if others[kind]]
    return [*rows, ""]


def _disk(disk: Ran | None) -> list[str]:
    if disk is None:
        return ["The full disk was not run: it needs an account that may mount a file system.", ""]
    figures = disk.verdict.figures
    broken = sum(disk.verdict.counts.values())
    return [
        f"**Full disk** (PostgreSQL on a file system of its own, four times without room for 8 s): "
        f"{figures['decisions acknowledged']:,} decisions acknowledged, {figures[_UNAVAILABLE]:,} times told to send "
        f"again, {figures['kills']} kills, **{broken} promises broken**.",
        "",
    ]


_UNAVAILABLE = "told 'unavailable, send again'"


def _controls(controls: Sequence[Control]) -> list[str]:
    if not controls:
        return []
    rows = ["| Control: done wrong on purpose | Must be found as | Found |", "|---|---|---:|"]
    rows += [f"| {c.name} | {c.wanted} | {c.found if c.seen else '**NOT FOUND**'} |" for c in controls]
    return rows
