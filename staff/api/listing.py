"""What commands there are, and the documentation as a plain page: no script from elsewhere."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from domain.command import COMMAND_TYPES
from staff.api.commands import INNER
from staff.rendering import page
from staff.visit import Here

router = APIRouter()


@router.get("/commands", summary="The JSON Schema of every command")
def get_commands() -> dict[str, Any]:
    return {
        kind: cls.model_json_schema(by_alias=True) for kind, cls in sorted(COMMAND_TYPES.items()) if kind not in INNER
    }


@router.get("/", include_in_schema=False)
@router.get("/docs", include_in_schema=False)
async def documentation(request: Request, visit: Here) -> Response:
    """The API in a page."""
    schema = request.app.openapi()
    operations = [
        (path, method.upper(), operation)
        for path, methods in schema["paths"].items()
        for method, operation in methods.items()
    ]
    return page(visit, "api.html", schema=schema, operations=operations, commands=get_commands())
