"""The three ways in which a page is written: Serbian Latin (what most people read), Serbian Cyrillic, English."""

from __future__ import annotations

from enum import StrEnum
from functools import cache

from babel import Locale as BabelLocale


class Locale(StrEnum):
    """`value` is the language tag of the page (BCP 47) and of the cookie."""

    SERBIAN_LATIN = "sr-Latn"
    SERBIAN_CYRILLIC = "sr-Cyrl"
    ENGLISH = "en"

    @property
    def language(self) -> str:
        """The column of the catalogue; Latin is made from the Cyrillic one."""
        return "en" if self is Locale.ENGLISH else "sr"

    @property
    def babel(self) -> BabelLocale:
        """For dates and plurals. English with days before months, as everybody around here writes them."""
        return _babel("en_GB" if self is Locale.ENGLISH else self.value.replace("-", "_"))

    @property
    def own_name(self) -> str:
        """What the language calls itself, for the switch."""
        return {"sr-Latn": "Latinica", "sr-Cyrl": "Ћирилица", "en": "English"}[self.value]

    @property
    def short_name(self) -> str:
        """The same for a narrow screen."""
        return {"sr-Latn": "Lat", "sr-Cyrl": "Ћир", "en": "En"}[self.value]


@cache
def _babel(name: str) -> BabelLocale:
    """Parsed once: a page of two hundred dates would else do it two hundred times, which costs more than they do."""
    return BabelLocale.parse(name)


DEFAULT = Locale.SERBIAN_LATIN


def locale_of(tag: str | None) -> Locale:
    """The locale of a cookie; anything unknown is the default."""
    return Locale(tag) if tag in {locale.value for locale in Locale} else DEFAULT
