"""The demonstration clock: how fast days pass, and going on from where the log stands.

rate = parse_speed("1d=10s")      # 8640 log seconds in a real one
start_clock(log, rate)
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from domain.errors import PutokazError
from eventlog.bodies import recorded
from eventlog.log import EventLog

FASTEST = 31 * 86_400.0
"""A month in a second: beyond it timers cannot keep up and reminders only collapse into late ones."""

UNATTENDED = timedelta(days=1)
"""How far a fast clock is believed to have got beyond the last event: it runs on while nothing of ours does."""

_SECONDS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400, "w": 604_800}
_SPAN = re.compile(r"([0-9]{1,6}(?:\.[0-9]{1,3})?)([smhdw])")


class SpeedInvalid(PutokazError):
    """The speed of the demonstration clock is not readable or not possible."""


def parse_speed(text: str) -> float:
    """Log seconds in a real second, from `1d=10s`: a day of the log in ten real seconds. Units: s, m, h, d, w.

    Raises `SpeedInvalid`, which says what a speed looks like.
    """
    log, equals, real = text.replace(" ", "").lower().partition("=")
    found, per = _SPAN.fullmatch(log), _SPAN.fullmatch(real)
    if not equals or found is None or per is None:
        raise SpeedInvalid(
            f"{text!r} is no speed: write how much of the log's time passes in which real time, for instance 1d=10s, "
            "1h=1s or 7d=1m (units s, m, h, d, w)"
        )
    log_seconds, real_seconds = (float(part[1]) * _SECONDS[part[2]] for part in (found, per))
    if not log_seconds or not real_seconds:
        raise SpeedInvalid(f"{text!r} would stop the clock: both sides must be more than nothing")
    rate = log_seconds / real_seconds
    if not 1.0 <= rate <= FASTEST:
        raise SpeedInvalid(f"{text!r} is {rate:g} log seconds a second: between 1 and {FASTEST:g} are possible")
    return rate


def start_clock(log: EventLog, rate: float = 1.0) -> datetime:
    """Lets the log's clock go on at `rate` from its present, which is returned; never back, never behind real time.

    A fast clock that ran on while everything else was stopped is taken back to a day after the last event at most.
    Raises `psycopg.Error` without the right to set the clock.
    """
    present = log.now()
    if not log.clock_is_real():
        real = datetime.now(present.tzinfo)
        head = log.head()
        last = recorded(log.page(head - 1, 1)[0]).recorded_at if head else real
        present = max(min(present, last + UNATTENDED), last, real)
        if present == real and rate == 1.0:
            log.set_clock(None)
            return present
    if rate != 1.0 or not log.clock_is_real():
        log.set_clock(present, rate)
    return present
