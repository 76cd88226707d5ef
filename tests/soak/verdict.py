"""What the oracle found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum


class Fault(StrEnum):
    """A promise that was not kept."""

    LOST = "acknowledged, not in the log"
    TWICE = "applied twice"
    FALSE_ANSWER = "an answer that does not agree with the log"
    NEVER_ANSWERED = "a decision without an answer"
    UNKNOWN = "in the log, and nobody sent it"
    CHAIN = "the chain is broken"
    READ_MODEL = "a read model differs from a rebuild"
    NO_TIMER = "an open journey without the live timer that its events ask for"
    SURPLUS = "a workflow that no open journey has"
    NOT_FIRED = "a reminder that was due was not fired"
    FIRED_TWICE = "a rung fired twice for one version of its date"
    NOT_DELIVERED = "a fired reminder without a receipt"
    RECEIPT_ALONE = "a receipt for a letter that never arrived"
    UNFOUNDED = "a letter that nothing in the log asked for"
    NOT_QUIET = "the system did not come to rest"


@dataclass
class Verdict:
    """Broken promises, of each kind how many and some examples; and the figures to publish."""

    counts: Counter[Fault] = field(default_factory=Counter)
    examples: dict[Fault, list[str]] = field(default_factory=dict)
    figures: dict[str, int | float | str] = field(default_factory=dict)

    def add(self, fault: Fault, example: str) -> None:
        """One more."""
        self.counts[fault] += 1
        if len(kept := self.examples.setdefault(fault, [])) < 10:
            kept.append(example)

    def add_all(self, fault: Fault, examples: Iterable[str]) -> None:
        """Several."""
        for example in examples:
            self.add(fault, example)

    @property
    def kept(self) -> bool:
        """Whether every promise was kept."""
        return not self.counts

    def lines(self) -> list[str]:
        """For people."""
        found = []
        for fault, count in self.counts.items():
            found.append(f"{count} × {fault}")
            found += [f"    {example}" for example in self.examples[fault]]
        return found or ["nothing lost, nothing doubled, nothing forgotten"]
