"""What a form sent, read once and kept with the request: also an error page can then give it back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from fastapi import Depends, Request


async def typed(request: Request) -> Mapping[str, str]:
    """The texts of the form by input. Files are not taken."""
    form = await request.form()
    texts = {name: value for name, value in form.items() if isinstance(value, str)}
    request.state.typed = texts
    return texts


Typed = Annotated[Mapping[str, str], Depends(typed)]
