"""Every refusal that a decider can give is tested here."""

from __future__ import annotations

import re
from pathlib import Path

from domain.command import COMMAND_TYPES, Command
from domain.journey.deciding import DECIDERS
from domain.refusal import RefusalCode
from domain.stream.dispatching import AcknowledgeRelay
from domain.stream.firing import FireRung
from domain.stream.holding import TakeOver
from tests.domain.given import begun, given

TESTS = Path(__file__).parent
NOT_BY_A_DECIDER = {
    RefusalCode.RESOURCE_BUSY,
    RefusalCode.REPEATS_NOT_SHOWN,
    RefusalCode.NOT_PERMITTED,
    RefusalCode.UNKNOWN_PATHWAY,
}
"""The log refuses what overlaps a claim, the caller desk what the caller did not allow, the recorder who may not and
what nobody has published."""


class Whistle(Command, kind="test-whistle"):
    """No part of a journey knows it."""


def test_a_command_that_no_part_knows_is_refused() -> None:
    """Before it is asked whether there is a journey."""
    begun().when(Whistle()).then_refused(RefusalCode.UNKNOWN_COMMAND)
    given().when(Whistle()).then_refused(RefusalCode.UNKNOWN_COMMAND)


def test_every_command_has_a_decider() -> None:
    """One that had none would be refused for ever."""
    ours = {c for c in COMMAND_TYPES.values() if c.__module__.startswith("domain.journey")}
    shared: set[type[Command]] = {FireRung, AcknowledgeRelay, TakeOver}
    assert ours == {*DECIDERS.of, *DECIDERS.openers} - shared


def test_every_refusal_of_a_decider_is_expected_somewhere() -> None:
    """A code that no test expects is one that nobody can explain."""
    text = "".join(p.read_text(encoding="utf-8") for p in sorted(TESTS.rglob("test_*.py")))
    expected = {RefusalCode[name] for name in re.findall(r"then_refused\(\s*RefusalCode\.([A-Z_]+)", text)}
    expected |= {RefusalCode[name] for name in re.findall(r"refused\.code is RefusalCode\.([A-Z_]+)", text)}
    assert set(RefusalCode) - NOT_BY_A_DECIDER - expected == set()
