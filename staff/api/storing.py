"""What no text may hold: the character NUL, which PostgreSQL does not store, and halves of surrogate pairs.

JSON can write both. They are turned away before any operation sees them, wherever in a body they stand.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from fastapi import Request
from fastapi.routing import APIRoute

from staff.api.caller import CallerRefused

_SUSPECT = re.compile(rb"\x00|\\u(0000|[dD][89a-fA-F])")
"""A body without this holds neither; with it, it may be a whole pair, or not in UTF-8."""
_NO_TEXT = re.compile("[\\x00\\ud800-\\udfff]")


async def storable(request: Request) -> None:
    """Raises `CallerRefused` for a body with a text that cannot be stored. What is no JSON is refused elsewhere.

    Where a route takes no JSON nothing is read: a file may come in there as it is stored.
    """
    route = request.scope.get("route")
    if not isinstance(route, APIRoute) or route.body_field is None:
        return
    body = await request.body()
    if _SUSPECT.search(body) is None:
        return
    try:
        sent = json.loads(body)
    except ValueError:
        return
    if any(_NO_TEXT.search(text) for text in _texts(sent)):
        raise CallerRefused(422, "request-invalid", "body: a text with NUL or half a character")


def _texts(sent: Any) -> Iterator[str]:
    """Without recursion: a body may be nested as deeply as it likes."""
    waiting = [sent]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, list):
            waiting.extend(value)
        elif isinstance(value, dict):
            waiting.extend((*value, *value.values()))
