"""The texts of everything that leaves the house: letters, calendars, short messages, the digest of a day.

A text may hold a field of `ALLOWED` and nothing else: no court, no name, no organisation, no kind of help
(security.md, threat 12). Serbian is written in Cyrillic; Latin is made from it before any value is put in.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from enum import StrEnum

import cyrtranslit

ALLOWED = frozenset({"code", "day", "time", "zone", "link", "colleague"})
"""The fields that a text may have. Whoever adds one says here why it tells a stranger nothing.

`colleague`: the code of a member of staff, no name.
"""


class Tongue(StrEnum):
    """In which language and script a message is written."""

    SERBIAN_LATIN = "sr-Latn"
    SERBIAN_CYRILLIC = "sr-Cyrl"
    ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class Words:
    """The texts of one tongue. `babel` names its way to write dates; `word` is the neutral one for what is due."""

    babel: str
    word: str
    subject: str
    body: str
    late: str
    moved: str
    covering: str
    called_off: str
    opening: str
    calendar: str
    text: str
    text_late: str
    text_moved: str
    text_called_off: str
    digest_subject: str
    digest_opening: str
    digest_line: str
    digest_late: str
    digest_covering: str
    digest_moved: str
    account_subject: str
    account_body: str


_CYRILLIC = Words(
    babel="sr_Cyrl",
    word="Термин",
    subject="Путоказ: подсетник {code}",
    body="Подсетник за {code}.\nТермин: {day}, {time} ({zone}).\n\nОтворите апликацију: {link}\n",
    late="Ова порука касни; шаље се једном.\n\n",
    moved="Термин је померен. Важи само овај:\n\n",
    covering="Ову поруку добијате уместо колеге: {colleague}.\n\n",
    called_off="Термин је отказан и више не важи.\n\n",
    opening="Отворите апликацију: {link}",
    calendar="Термини",
    text="{code}: термин {day} {time} ({zone})",
    text_late="Касни.",
    text_moved="Померено.",
    text_called_off="Отказано.",
    digest_subject="Путоказ: подсетници, {day}",
    digest_opening="Подсетници, све у једној поруци.\n",
    digest_line="{time} ({zone})  {code}  {link}",
    digest_late="касни",
    digest_covering="уместо колеге {colleague}",
    digest_moved="померено, важи само ово",
    account_subject="Путоказ: ваша пријава",
    account_body="Начин на који се пријављујете промењен је: {day}, {time} ({zone}).\n"
    "Ако то нисте били ви, јавите се одмах ономе ко води налоге.\n\nПогледајте: {link}\n",
)
_ENGLISH = Words(
    babel="en_GB",
    word="Appointment",
    subject="Putokaz: reminder {code}",
    body="Reminder for {code}.\nDate: {day}, {time} ({zone}).\n\nOpen the application: {link}\n",
    late="This message is late; it is sent once.\n\n",
    moved="The date has moved. Only this one holds:\n\n",
    covering="You receive this in place of a colleague: {colleague}.\n\n",
    called_off="This date has been called off and holds no longer.\n\n",
    opening="Open the application: {link}",
    calendar="Appointments",
    text="{code}: appointment {day} {time} ({zone})",
    text_late="Late.",
    text_moved="Moved.",
    text_called_off="Called off.",
    digest_subject="Putokaz: reminders, {day}",
    digest_opening="Reminders, all in one message.\n",
    digest_line="{time} ({zone})  {code}  {link}",
    digest_late="late",
    digest_covering="in place of {colleague}",
    digest_moved="moved, only this one holds",
    account_subject="Putokaz: your sign-in",
    account_body="How you sign in was changed: {day}, {time} ({zone}).\n"
    "If this was not you, tell whoever keeps the accounts at once.\n\nLook at it: {link}\n",
)


def _in_latin(words: Words) -> Words:
    texts = {f.name: str(cyrtranslit.to_latin(getattr(words, f.name), "sr")) for f in fields(words)}
    return replace(words, **{**texts, "babel": "sr_Latn"})


WORDS = {
    Tongue.SERBIAN_LATIN: _in_latin(_CYRILLIC),
    Tongue.SERBIAN_CYRILLIC: _CYRILLIC,
    Tongue.ENGLISH: _ENGLISH,
}


def tongue_of(locale: str) -> Tongue:
    """The tongue of a person's locale (`sr-Latn`, `sr-Cyrl`, `en`, `en-GB`); what is unknown is Serbian in Latin."""
    if locale.startswith("en"):
        return Tongue.ENGLISH
    return Tongue.SERBIAN_CYRILLIC if locale == Tongue.SERBIAN_CYRILLIC else Tongue.SERBIAN_LATIN


def words_for(locale: str) -> Words:
    """The texts for a person's locale."""
    return WORDS[tongue_of(locale)]
