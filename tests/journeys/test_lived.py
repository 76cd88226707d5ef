"""Every journey script once more, lived: through workflows, timers, PostgreSQL and a mail server.

The history must be the one that was told by hand, and the letters those of `letters/<script>.txt`, word for word.
`python -m pytest tests/journeys/test_lived.py --write-letters` writes these anew; read what changed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pytest

from domain.event import Event, Recorded
from domain.stream.dispatching import CommandRelayed
from tests.fix_engine import Bench
from tests.fix_mail import MailSink
from tests.journeys.lived import Life, told
from tests.journeys.tale import Tale
from tests.journeys.test_consent_withdrawn_midway import consent_withdrawn_midway
from tests.journeys.test_emergency_relocation import emergency_relocation
from tests.journeys.test_hearing_postponed_four_times import a_hearing_is_postponed_four_times
from tests.journeys.test_help_through_a_year import help_through_a_year
from tests.journeys.test_limitation_interrupted_twice import interrupted_twice_until_the_absolute_term
from tests.journeys.test_never_confirmed import a_foreign_national_whose_status_is_never_confirmed
from tests.journeys.test_reaching_18 import reaching_18
from tests.journeys.test_reopened_after_two_years import it_goes_on_after_two_years
from tests.journeys.test_siblings import two_sisters
from tests.journeys.test_witness_brought_back import (
    she_comes_back_to_testify_and_goes_home_again,
    she_does_not_want_to_go_and_stays,
)
from tests.journeys.test_witness_from_abroad import a_witness_comes_from_abroad_and_goes_home

LETTERS = Path(__file__).parent / "letters"
SCRIPTS: tuple[Callable[[], Tale], ...] = (
    reaching_18,
    consent_withdrawn_midway,
    emergency_relocation,
    a_hearing_is_postponed_four_times,
    a_witness_comes_from_abroad_and_goes_home,
    interrupted_twice_until_the_absolute_term,
    a_foreign_national_whose_status_is_never_confirmed,
    help_through_a_year,
    it_goes_on_after_two_years,
    she_comes_back_to_testify_and_goes_home_again,
    she_does_not_want_to_go_and_stays,
    two_sisters,
)
_PROMPT = timedelta(minutes=2)
"""How far a lived moment may be from the told one: machines need time for what hands do at once."""


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.__name__)
async def test_it_goes_as_it_was_told(
    script: Callable[[], Tale],
    bench: Bench,
    time_skipping_server: Path,
    mail_sink: MailSink,
    tmp_path: Path,
    request: pytest.FixtureRequest,
) -> None:
    """Event for event, at its moment, and letter for letter."""
    tale = script()
    async with Life(tale, bench.dsn, tmp_path, time_skipping_server, mail_sink) as life:
        lived = await life.live()
    _compare(tale.history, lived)
    file = LETTERS / f"{script.__name__}.txt"
    if request.config.getoption("--write-letters"):
        file.write_text(told(mail_sink), encoding="utf-8")
    assert told(mail_sink) == file.read_text(encoding="utf-8")


def _compare(by_hand: Sequence[Recorded[Event]], lived: Sequence[Recorded[Event]]) -> None:
    heard = [recorded for recorded in lived if not isinstance(recorded.event, CommandRelayed)]  # by other journeys
    versions = {one.version: other.version for one, other in zip(by_hand, heard, strict=False)}
    for one, other in zip_longest(by_hand, heard):
        assert one is not None, other
        assert other is not None, one
        assert type(one.event) is type(other.event), f"\n{one}\n{other}"
        assert _agree(one.recorded_at, other.recorded_at, versions), (one.recorded_at, other.recorded_at, one.event)
        assert _agree(one.event.model_dump(), other.event.model_dump(), versions), f"\n{one.event!r}\n{other.event!r}"


def _agree(one: Any, other: Any, versions: dict[int, int]) -> bool:
    """Whether two values are the same but for seconds, the number of an event, and what is made from either."""
    if isinstance(one, datetime) and isinstance(other, datetime):
        return abs(one - other) < _PROMPT
    if isinstance(one, dict) and isinstance(other, dict):
        if one.keys() != other.keys():
            return False
        return all(_agree_by(name, value, other[name], versions) for name, value in one.items())
    if isinstance(one, tuple | list) and isinstance(other, tuple | list):
        return len(one) == len(other) and all(_agree(*pair, versions) for pair in zip(one, other, strict=True))
    return bool(one == other)


def _agree_by(name: str, one: Any, other: Any, versions: dict[int, int]) -> bool:
    if name in {"consent_version", "date_version"} and other == versions.get(one):
        return True
    return name in {"sha256", "message"} or _agree(one, other, versions)
