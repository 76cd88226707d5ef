"""The mail server is away for three days, with a hearing on the day on which it comes back."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from domain.event import Event, Recorded
from domain.journey.hearing.codes import ArrangementStatus, HearingOutcome, HearingReason
from domain.journey.hearing.commands import (
    AcknowledgeHearing,
    ArrangeHearing,
    DebriefHearing,
    HoldHearing,
    PostponeHearing,
    SummonHearing,
)
from tests.fix_engine import Bench
from tests.fix_mail import MailSink
from tests.fix_services import DatabaseFactory
from tests.journeys.comparing import compare, compare_letters, sent_at
from tests.journeys.hearing_script import Script, at
from tests.journeys.lived import live
from tests.journeys.plain_hands import PlainHands
from tests.journeys.tale import Outage, Tale
from workflows.errands import LONGEST_PAUSE

AWAY = Outage(at(2026, 6, 2, 6), at(2026, 6, 5, 6))
"""From Tuesday to Friday, six in the morning each."""


def the_mail_server_is_away_for_three_days() -> Tale:
    """Two hearings in one journey: one on the day on which letters come again, one that moves while none do."""
    script = Script.opened(at(2026, 4, 20))
    for hearing, day in ((1, at(2026, 6, 5)), (2, at(2026, 6, 9))):
        script.do(SummonHearing(hearing_kind="criminal-main", starts_at=day), AcknowledgeHearing(hearing=hearing))
        lines = script.journey.state.hearings[hearing].arrangements
        not_needed = ArrangementStatus.NOT_NEEDED
        script.do(*(ArrangeHearing(hearing=hearing, arrangement=key, status=not_needed) for key in lines))
    script.until(at(2026, 6, 2, 5)).letters.clear()

    script.until(at(2026, 6, 3, 11))
    script.do(PostponeHearing(hearing=2, reason=HearingReason.CLIENT_ILL, starts_at=at(2026, 7, 7)))
    script.do(AcknowledgeHearing(hearing=2))
    script.until(at(2026, 6, 5, 12)).do(HoldHearing(hearing=1, outcome=HearingOutcome.CLIENT_HEARD))
    script.do(DebriefHearing(hearing=1))
    script.until(at(2026, 6, 8, 12))
    # All of it is asked for in its time. What becomes of it says `letters/the_mail_server_is_away_for_three_days.txt`.
    assert script.letters == [
        "2026-06-02 08:00 hearing:1 before-3-calendar-days → lawyer",
        "2026-06-02 08:00 hearing:2 before-7-calendar-days → lawyer",
        "2026-06-03 11:00 hearing:2:seen alarm → lawyer",
        "2026-06-04 08:00 hearing:1 before-1-calendar-days → lawyer",
        "2026-06-04 08:00 hearing:1:companion:support pickup → caseworker",
        "2026-06-05 07:00 hearing:1 before-2-hours → lawyer",
        "2026-06-07 08:00 hearing:2 before-30-calendar-days → lawyer",
    ]
    return Tale.of(script.journey, AWAY)


def test_by_the_clock() -> None:
    """What is asked for while nothing goes out is asked for all the same."""
    the_mail_server_is_away_for_three_days()


async def test_by_plain_hands(
    bench: Bench, mail_sink: MailSink, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """On the log, with the letters and a mail server."""
    tale = the_mail_server_is_away_for_three_days()
    lived = await PlainHands(tale, bench.log, tmp_path / "pathways", mail_sink).live()
    _as_told(tale, lived, mail_sink, request)


async def test_lived(
    database_factory: DatabaseFactory,
    log_template: str,
    time_skipping_server: Path,
    mail_sink: MailSink,
    tmp_path: Path,
    request: pytest.FixtureRequest,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Through workflows: each letter is asked for every five minutes for three days, four thousand times in all."""
    caplog.set_level(logging.CRITICAL, "temporalio.activity")  # each failure with its traceback
    tale = the_mail_server_is_away_for_three_days()
    lived = await live(tale, database_factory, log_template, tmp_path, time_skipping_server, mail_sink)
    _as_told(tale, lived, mail_sink, request)


def _as_told(tale: Tale, lived: Sequence[Recorded[Event]], sink: MailSink, request: pytest.FixtureRequest) -> None:
    compare(tale.history, lived)
    compare_letters(sink, the_mail_server_is_away_for_three_days.__name__, request)
    assert not [mail for mail in sink.mails if AWAY.begins <= sent_at(mail) < AWAY.ends]
    soon = AWAY.ends + LONGEST_PAUSE + timedelta(seconds=30)
    after = Counter(str(mail["To"]) for mail in sink.mails if AWAY.ends <= sent_at(mail) < soon)
    assert after == {"lawyer@example.org": 2, "caseworker@example.org": 2}
