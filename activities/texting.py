"""A reminder as one short message: 160 characters of the GSM 7-bit alphabet, always in Latin letters.

Decided for the 7-bit alphabet: Serbian letters outside it would make every message UCS-2, where 70 characters have no
room for code, date, zone and link. So č and ć become c, š s, ž z, đ dj, here and nowhere else. Where the link does not
fit it is left out: the code is enough to find what the message is about.
"""

from __future__ import annotations

from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time

from activities.letters import Notice
from activities.wording import WORDS, Tongue, tongue_of

SEGMENT = 160
"""Septets in one message (3GPP TS 23.038 §4, 23.040 §9.2.3.24: no header without a second segment)."""
_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("\f^{}\\[~]|€")
"""Each takes two septets (3GPP TS 23.038 §6.2.1.1)."""
_PLAIN = str.maketrans(
    {"č": "c", "ć": "c", "š": "s", "ž": "z", "đ": "dj", "Č": "C", "Ć": "C", "Š": "S", "Ž": "Z", "Đ": "Dj"}
)
_DAY = {Tongue.ENGLISH: "d MMM y", Tongue.SERBIAN_LATIN: "d.M.y."}


def septets(text: str) -> int | None:
    """How much of a message the text takes; None where a letter of it has no place in the 7-bit alphabet."""
    if not all(letter in _BASIC or letter in _EXTENDED for letter in text):
        return None
    return sum(2 if letter in _EXTENDED else 1 for letter in text)


def fits(text: str) -> bool:
    """Whether it goes as one message."""
    taken = septets(text)
    return taken is not None and taken <= SEGMENT


def text_message(notice: Notice, locale: str) -> str:
    """The message for one recipient: what a letter says, in one line."""
    tongue = Tongue.ENGLISH if tongue_of(locale) is Tongue.ENGLISH else Tongue.SERBIAN_LATIN
    words = WORDS[tongue]
    due = notice.due_at.astimezone(ZoneInfo(notice.zone))
    body = words.text.format(
        code=notice.code,
        day=format_date(due.date(), _DAY[tongue], locale=words.babel),
        time=format_time(due.time(), "HH:mm", locale=words.babel),
        zone=notice.zone,
    )
    said = {words.text_called_off: notice.called_off, words.text_late: notice.late, words.text_moved: notice.moved}
    before = [word for word, holds in said.items() if holds][:1]
    bare = " ".join([*before, body]).translate(_PLAIN)
    whole = f"{bare} {notice.link}"
    return whole if fits(whole) else bare
