"""What a form sent, read once and kept with the request: also an error page can then give it back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from fastapi import Depends, Request
from fastapi.exceptions import RequestValidationError


async def typed(request: Request) -> Mapping[str, str]:
    """The texts of the form by input. Files are not taken. Raises `RequestValidationError` for NUL in a text."""
    form = await request.form()
    texts = {name: value for name, value in form.items() if isinstance(value, str)}
    if any("\0" in text for text in texts.values()):  # nobody types that, and the database stores no such text
        raise RequestValidationError(())
    request.state.typed = texts
    return texts


Typed = Annotated[Mapping[str, str], Depends(typed)]
