"""Templates into answers, with the words of the visit at hand."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from hashlib import sha256
from http import HTTPStatus
from itertools import groupby
from typing import Any

from jinja2 import Environment, PackageLoader, PrefixLoader
from starlette.responses import HTMLResponse

from domain.rights.member import ROLES_AND_POSTS, Post
from staff import assets
from staff.forms.field import capital
from staff.guard.tokens import SESSION_COOKIE
from staff.i18n.locale import Locale
from staff.i18n.words import Words
from staff.pages.story import Line, Tone
from staff.visit import Visit

_MADE_ANEW = re.compile(r'name="(?:command_id|token)" value="[^"]*"')
"""What no two answers have the same."""
KEEPS_HOUSE = frozenset({Post.ADMINISTRATOR.value, Post.DATA_PROTECTION_LEAD.value})
"""Whose pages have a link to administration; whether they may see it is asked there."""


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The templates: ours, and GOV.UK's macros under the prefix that their package asks for."""
    ours = PackageLoader("staff", "templates")
    govuk = PackageLoader("govuk_frontend_jinja", "templates")
    made = Environment(
        loader=_Both({"govuk_frontend_jinja": govuk}, ours), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    made.globals["asset"] = assets.address
    made.globals["locales"] = tuple(Locale)
    made.filters["pk_folded"] = folded
    made.filters["pk_day"] = typed_day
    made.filters["pk_typed"] = is_typed
    made.filters["pk_capital"] = capital
    made.filters["pk_label"] = lambda code, words: words.label(code)
    return made


def folded(lines: Sequence[Line]) -> list[tuple[bool, list[Line]]]:
    """Runs of lines by whether the clock wrote them: its runs are folded away."""
    return [(clock, list(run)) for clock, run in groupby(lines, key=lambda line: line.tone is Tone.CLOCK)]


def typed_day(text: str, words: Words) -> str:
    """A day from a date input as people write it; as typed where it is none."""
    try:
        return words.day(date.fromisoformat(text))
    except ValueError:
        return text


def is_typed(inputs: Sequence[str], texts: Mapping[str, str]) -> bool:
    """Whether anything was entered into one of these inputs."""
    return any(texts.get(name, "").strip() for name in inputs)


class _Both(PrefixLoader):
    """Names with a known prefix go to the package of that prefix, all others are ours."""

    def __init__(self, prefixed: dict[str, PackageLoader], ours: PackageLoader) -> None:
        super().__init__(dict(prefixed))
        self._ours = ours

    def get_loader(self, template: str) -> tuple[Any, str]:
        prefix = template.partition("/")[0]
        return super().get_loader(template) if prefix in self.mapping else (self._ours, template)


def page(visit: Visit, template: str, /, status: int = 200, **values: object) -> HTMLResponse:
    """A whole page. `values` are what it is about; the frame takes the rest from the visit."""
    is_live = status == HTTPStatus.OK and visit.request.method == "GET"
    live_every = round(visit.parts.settings.live_every * 1000) if is_live else 0
    html = environment().get_template(template).render(**_frame(visit), live_every=live_every, **values)
    answer = HTMLResponse(_marked(html) if live_every else html, status)
    remember(visit, answer)
    return answer


def _marked(html: str) -> str:
    """With a mark of what the page says, so that an open page learns whether another answer says something else."""
    says = _MADE_ANEW.sub("", html[html.find("<main") : html.rfind("</main>")])
    return html.replace('data-live=""', f'data-live="{sha256(says.encode()).hexdigest()[:16]}"', 1)


def remember(visit: Visit, answer: Any) -> None:
    """Gives a new browser its session; until the browser is closed, unreadable for scripts."""
    if visit.is_new_session:
        answer.set_cookie(SESSION_COOKIE, visit.session, httponly=True, samesite="lax", secure=visit.secure)


def _frame(visit: Visit) -> dict[str, object]:
    words = visit.words
    return {
        "v": visit,
        "w": words,
        "t": words,
        "n": words.count,
        "label": words.label,
        "now": visit.now,
        "settings": visit.parts.settings,
        "keeps_house": bool(visit.person.roles & KEEPS_HOUSE),
        "roles_of": lambda person: [words.label(each) for each in ROLES_AND_POSTS if each.value in person.roles],
    }
