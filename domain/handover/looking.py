"""The command by which a hand-over looks what is still to be taken over; it gives it to itself."""

from __future__ import annotations

from domain.command import Command
from domain.stream.facts import asks_caseload
from domain.values import Count


class FindWork(Command, kind="find-work"):
    """The n-th look: takes over what the leaver holds now, or completes the hand-over where that is nothing."""

    number: Count


asks_caseload(FindWork, lambda handover, _: handover.leaver)
