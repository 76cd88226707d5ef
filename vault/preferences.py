"""How a member of staff wants to be reached: by what, when not, when the digest comes. Part of the encrypted record."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_E164 = re.compile(r"\+[1-9][0-9]{6,14}")


class Channel(StrEnum):
    """By what ordinary messages go; the codes are those of `domain.message.Channel`, which the vault may not import."""

    EMAIL = "email"
    SMS = "sms"


class Pace(StrEnum):
    """How ordinary messages come: all in one a day, or each by itself. The codes are those of `domain.quiet.Pace`."""

    DIGEST = "digest"
    EACH = "each"


@dataclass(frozen=True, slots=True)
class Preferences:
    """`phone` in E.164; hours on the wall clock of `zone`. No quiet hours: both None, or both the same.

    Raises `ValueError` for a telephone number, a zone or a pair of hours that are none.
    """

    channel: Channel = Channel.EMAIL
    pace: Pace = Pace.DIGEST
    phone: str | None = None
    quiet_from: time | None = time(21)
    quiet_until: time | None = time(7)
    digest_at: time = time(8, 30)
    zone: str = "Europe/Belgrade"

    def __post_init__(self) -> None:
        # No text of these errors repeats a number: errors are logged.
        if self.phone is not None and not _E164.fullmatch(self.phone):
            raise ValueError("a telephone number is + and 7 to 15 digits, with the country's code")
        if self.channel is Channel.SMS and self.phone is None:
            raise ValueError("short messages need a telephone number")
        if (self.quiet_from is None) != (self.quiet_until is None):
            raise ValueError("quiet hours have a beginning and an end")
        if any(t is not None and t.tzinfo is not None for t in (self.quiet_from, self.quiet_until, self.digest_at)):
            raise ValueError("hours are local: they have no zone of their own")
        try:
            ZoneInfo(self.zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):  # "Europe" is a folder
            raise ValueError(f"no time zone is called {self.zone!r}") from None


def stored(preferences: Preferences) -> dict[str, str | None]:
    """As it is kept in the record."""
    return {
        "channel": preferences.channel.value,
        "pace": preferences.pace.value,
        "phone": preferences.phone,
        "quiet_from": _text(preferences.quiet_from),
        "quiet_until": _text(preferences.quiet_until),
        "digest_at": preferences.digest_at.isoformat(),
        "zone": preferences.zone,
    }


def restored(kept: Mapping[str, str | None] | None) -> Preferences:
    """From a record; one that was written before there were preferences has the ordinary ones."""
    if kept is None:
        return Preferences()
    return Preferences(
        channel=Channel(kept["channel"] or "email"),
        pace=Pace(kept.get("pace") or "digest"),
        phone=kept["phone"],
        quiet_from=_time(kept["quiet_from"]),
        quiet_until=_time(kept["quiet_until"]),
        digest_at=_time(kept["digest_at"]) or Preferences().digest_at,
        zone=kept["zone"] or Preferences().zone,
    )


def _text(at: time | None) -> str | None:
    return at.isoformat() if at is not None else None


def _time(text: str | None) -> time | None:
    return time.fromisoformat(text) if text is not None else None
