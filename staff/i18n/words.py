"""What a page speaks with: messages, labels of codes, titles, dates and lengths in one locale.

words = Words(Locale.SERBIAN_LATIN)
words("board.title")
words.label(StepOutcome.NO_SHOW)
words.count("board.found", 3)
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import Enum
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime, get_timezone_location

from domain.pathway.model import Span, Title
from staff.i18n.catalogue import catalogue
from staff.i18n.latin import latin
from staff.i18n.locale import Locale

OFFICE_ZONE = "Europe/Belgrade"
_DAY = {"sr": "d. MMM y.", "en": "d MMM y"}
_NEAR_DAY = {"sr": "EEE d. MMM", "en": "EEE d MMM"}
_LONG_DAY = {"sr": "EEEE, d. MMMM y.", "en": "EEEE d MMMM y"}


@dataclass(frozen=True, slots=True)
class Words:
    """One locale's words; `zone` is the zone in which instants are shown."""

    locale: Locale
    zone: str = OFFICE_ZONE

    def __call__(self, key: str, /, **values: object) -> str:
        """The message with its values put in. Raises `KeyError` for a key that the catalogue lacks."""
        return self._say(key, "other", values)

    def count(self, key: str, count: int, /, **values: object) -> str:
        """The message in the plural form that `count` takes."""
        return self._say(key, _plural(self.locale, count), {"count": count, **values})

    def _say(self, key: str, category: str, values: dict[str, object]) -> str:
        # Values are put in after the change of script: a name is never transliterated.
        text = _text(self.locale, key, category)
        return text.format_map(values) if values else text

    def has(self, key: str) -> bool:
        """Whether the catalogue knows this key."""
        return key in catalogue()

    def own(self, text: str) -> str:
        """A Serbian text of ours in the script of the page."""
        return _own(self.locale, text)

    def label(self, code: Enum) -> str:
        """The name of a code of a closed list."""
        return _label(self.locale, code)

    def title(self, title: Title) -> str:
        """A title that a pathway gives, in this locale."""
        return title.en if self.locale is Locale.ENGLISH else self.own(title.sr)

    def span(self, span: Span) -> str:
        """A length: `5 working days`."""
        return self.count(f"span.{span.unit.value}", span.count)

    def place(self, zone: str) -> str:
        """The city that a zone is named after: `Лондон` for `Europe/London`."""
        return str(get_timezone_location(zone, locale=self.locale.babel, return_city=True))

    def local(self, instant: datetime) -> datetime:
        """The instant on the wall clock of the office."""
        return instant.astimezone(ZoneInfo(self.zone))

    def day(self, day: date | datetime) -> str:
        """`23. nov 2026.`"""
        return _date(self.locale, self._as_day(day), _DAY[self.locale.language])

    def long_day(self, day: date | datetime) -> str:
        """`ponedeljak, 23. novembar 2026.`"""
        return _date(self.locale, self._as_day(day), _LONG_DAY[self.locale.language])

    def weekday(self, day: date) -> str:
        """`ponedeljak`"""
        return _date(self.locale, day, "EEEE")

    def near_day(self, day: date | datetime, now: datetime) -> str:
        """`danas`, `sutra`, `juče`, else the day, with its year only where that is another one."""
        day, today = self._as_day(day), self._as_day(now)
        key = {-1: "time.yesterday", 0: "time.today", 1: "time.tomorrow"}.get((day - today).days)
        if key is not None:
            return self(key)
        if day.year != today.year:
            return self.day(day)
        return _date(self.locale, day, _NEAR_DAY[self.locale.language])

    def moment(self, instant: datetime) -> str:
        """`23. nov 2026. u 14:05`"""
        return self("time.at", day=self.day(instant), time=self.time(instant))

    def moment_there(self, instant: datetime, zone: str) -> str:
        """The same on the clock of another place, with its zone: `23. nov 2026. u 14:05 (Kijev)`."""
        return f"{replace(self, zone=zone).moment(instant)} ({self.place(zone)})"

    def near_moment(self, instant: datetime, now: datetime) -> str:
        """`danas u 14:05`"""
        return self("time.at", day=self.near_day(instant, now), time=self.time(instant))

    def time(self, instant: datetime) -> str:
        """`14:05`"""
        return f"{self.local(instant):%H:%M}"

    def exact_time(self, instant: datetime) -> str:
        """`14:05:09`: for a pause that is over within seconds."""
        return f"{self.local(instant):%H:%M:%S}"

    def month(self, instant: datetime) -> str:
        """`novembar 2026.`"""
        pattern = "LLLL y" if self.locale is Locale.ENGLISH else "LLLL y."
        return str(format_datetime(self.local(instant), pattern, locale=self.locale.babel))

    def ago(self, instant: datetime, now: datetime) -> str:
        """How many days ago: `pre 3 dana`; today and yesterday by name."""
        days = (self._as_day(now) - self._as_day(instant)).days
        return self.near_day(instant, now) if days < 2 else self.count("time.days-ago", days)

    def in_days(self, day: date, now: datetime) -> str:
        """`za 3 dana`, `kasni 2 dana`; today and tomorrow by name."""
        days = (day - self._as_day(now)).days
        if days < 0:
            return self.count("time.days-late", -days)
        return self.near_day(day, now) if days < 2 else self.count("time.in-days", days)

    def tomorrow(self, now: datetime) -> date:
        """The local day after now."""
        return self._as_day(now) + timedelta(days=1)

    def _as_day(self, day: date | datetime) -> date:
        return self.local(day).date() if isinstance(day, datetime) else day


# A page says the same few hundred things over and over. What follows is a function of values, so each is said once;
# what is put into a message, names among it, passes none of this.


@lru_cache(maxsize=16_384)
def _text(locale: Locale, key: str, category: str) -> str:
    return _own(locale, catalogue()[key].text(locale.language, category))


def _own(locale: Locale, text: str) -> str:
    return latin(text) if locale is Locale.SERBIAN_LATIN else text


@lru_cache(maxsize=8192, typed=True)  # codes of two lists may be equal as texts
def _label(locale: Locale, code: Enum) -> str:
    return _text(locale, f"codes.{type(code).__name__}.{code.value}", "other")


@lru_cache(maxsize=1024)
def _plural(locale: Locale, count: int) -> str:
    return locale.babel.plural_form(count)


@lru_cache(maxsize=8192)
def _date(locale: Locale, day: date, pattern: str) -> str:
    return str(format_date(day, pattern, locale=locale.babel))
