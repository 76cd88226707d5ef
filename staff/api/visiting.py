"""A visit by a program: the person of the header, in a language that it names."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import Depends, Query

from staff.api.caller import Caller
from staff.i18n.locale import Locale
from staff.i18n.words import Words
from staff.visit import Here, Visit


def visiting(
    visit: Here,
    person: Caller,
    locale: Annotated[Locale, Query(description="The language of headings and labels")] = Locale.ENGLISH,
) -> Visit:
    """The visit. Raises `CallerRefused` where the header names nobody."""
    return replace(visit, person=person, words=Words(locale))


Visiting = Annotated[Visit, Depends(visiting)]
