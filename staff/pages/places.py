"""Countries and languages by name, in the language of the page; those that are nearest to the work come first."""

from __future__ import annotations

from collections.abc import Iterable

from staff.forms.field import Choice, capital
from staff.i18n.words import Words

NEAR = ("RS", "BA", "ME", "HR", "SI", "MK", "AL", "BG", "RO", "HU", "MD", "UA", "AT", "DE", "IT", "CH", "TR")
_NO_COUNTRIES = frozenset({"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"})
SPOKEN = ("sr", "en", "rom", "sq", "hu", "ro", "bg", "mk", "ru", "uk", "ar", "fa", "tr", "de", "fr", "it", "es", "zh")


def country(code: str, words: Words) -> str:
    """The name of a country; its code where there is none."""
    return str(words.locale.babel.territories.get(code, code))


def language(tag: str, words: Words) -> str:
    """The name of a language, without script and region; its tag where there is none."""
    return str(words.locale.babel.languages.get(tag.partition("-")[0], tag))


def countries(words: Words) -> tuple[Choice, ...]:
    """Every country, the near ones first."""
    known = {
        code: str(name)
        for code, name in words.locale.babel.territories.items()
        if len(code) == 2 and code not in _NO_COUNTRIES
    }
    near = [code for code in NEAR if code in known]
    rest = sorted((code for code in known if code.isalpha() and code not in near), key=lambda code: known[code])
    return tuple(Choice(code, known[code]) for code in (*near, *rest))


def languages(words: Words, besides: Iterable[str] = ()) -> tuple[Choice, ...]:
    """Those that are spoken around us, and what an entry has besides."""
    return tuple(Choice(tag, capital(language(tag, words))) for tag in dict.fromkeys((*SPOKEN, *besides)))
