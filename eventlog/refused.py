"""A refusal as it is stored: the answer, and with it what was asked, so that it can be explained years later.

What was asked is the command as it travelled: ids, codes and sealed texts. Refusals of before 0.1.0 have none.
"""

from __future__ import annotations

import json

from domain.refusal import Refused

_ASKED = "asked"


def kept(refusal: Refused, asked: str | None) -> str:
    """The JSON of a refusal. `asked`: the command, as `domain.command.to_wire` makes it."""
    if asked is None:
        return refusal.model_dump_json(exclude_none=True)
    body = refusal.model_dump(mode="json", exclude_none=True)
    return json.dumps({**body, _ASKED: json.loads(asked)}, separators=(",", ":"))


def read(stored: str) -> tuple[Refused, str | None]:
    """The refusal, and what was asked, as `domain.command.from_wire` takes it."""
    body = json.loads(stored)
    asked = body.pop(_ASKED, None)
    return Refused.model_validate_json(json.dumps(body)), None if asked is None else json.dumps(asked)
