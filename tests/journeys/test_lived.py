"""Every journey script once more, lived: through workflows, timers, PostgreSQL and a mail server.

The history must be the one that was told by hand, and the letters those of `letters/<script>.txt`, word for word.
`python -m pytest tests/journeys/test_lived.py --write-letters` writes these anew; read what changed.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from domain.event import Event, Recorded
from tests.fix_mail import MailSink
from tests.fix_services import DatabaseFactory
from tests.journeys.comparing import LETTERS, compare, compare_letters, told
from tests.journeys.lived import Life, TimeStandsStill, live
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


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.__name__)
async def test_it_goes_as_it_was_told(
    script: Callable[[], Tale],
    database_factory: DatabaseFactory,
    log_template: str,
    time_skipping_server: Path,
    mail_sink: MailSink,
    tmp_path: Path,
    request: pytest.FixtureRequest,
) -> None:
    """Event for event, at its moment, and letter for letter."""
    tale = script()
    lived = await live(tale, database_factory, log_template, tmp_path, time_skipping_server, mail_sink)
    compare(tale.history, lived)
    compare_letters(mail_sink, script.__name__, request)


async def test_a_life_whose_time_stands_still_begins_anew(
    database_factory: DatabaseFactory,
    log_template: str,
    time_skipping_server: Path,
    mail_sink: MailSink,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Lived to its end and then given up, it leaves no letter to the next one; always standing still is a failure."""
    tale, whole, given_up = two_sisters(), Life.live, 0

    async def to_no_end(life: Life) -> tuple[Recorded[Event], ...]:
        nonlocal given_up
        lived = await whole(life)
        if given_up < allowed:
            given_up += 1
            raise TimeStandsStill
        return lived

    monkeypatch.setattr(Life, "live", to_no_end)
    allowed, where = 1, (database_factory, log_template)
    lived = await live(tale, *where, tmp_path / "once", time_skipping_server, mail_sink)
    compare(tale.history, lived)
    assert told(mail_sink) == (LETTERS / "two_sisters.txt").read_text(encoding="utf-8")
    allowed = 9
    with pytest.raises(TimeStandsStill):
        await live(tale, *where, tmp_path / "twice", time_skipping_server, mail_sink)
