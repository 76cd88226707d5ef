"""Section `formal_status`: which body of the state may decide what about a person. Ours is another matter."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field, StringConstraints

from domain.pathway.common import Title
from domain.values import Code, CodePattern, Value


class FormalStatus(StrEnum):
    """Where a person stands in the eyes of the state. Words that say nothing to a stranger: they travel.

    The outcomes are those that the state itself publishes (domain.md §1.2): a report leads to a decision that the
    person is identified, or is rejected (одбачена), stopped (обустављен), or found not to meet the criteria.
    """

    REPORTED = "reported"
    PRESUMED = "presumed"
    IDENTIFIED = "identified"
    REJECTED = "rejected"
    STOPPED = "stopped"
    NOT_CONFIRMED = "not-confirmed"
    """HTCDS `NotAVictimOfTrafficking`."""
    REOPENED = "reopened"
    """The same report is looked at again, after an appeal or by the body's own motion."""


HtcdsName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_]*$", max_length=64), CodePattern()]
"""A field or a value of HTCDS 2.0, spelled as its field standards (ODS) spell it: what an export writes."""


class Decider(Value):
    """A body that decides. `decides`: the statuses that are its to give."""

    decider: Code
    title: Title
    decides: tuple[FormalStatus, ...] = Field(min_length=1)
    htcds: HtcdsName | None = None
    """`vic_TraffickingStatusDecisionMakingOrg`."""


class FormalStatusRules(Value):
    """Who may decide on formal status here."""

    deciders: tuple[Decider, ...] = Field(min_length=1)

    def find_decider(self, key: str) -> Decider | None:
        return next((d for d in self.deciders if d.decider == key), None)

    def competent(self, status: FormalStatus) -> tuple[Decider, ...]:
        """The bodies whose decision this status is."""
        return tuple(d for d in self.deciders if status in d.decides)
