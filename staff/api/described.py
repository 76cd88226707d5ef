"""The OpenAPI document as it is served: every operation says with which problems it answers, and how a body looks.

An operation names a problem itself only where it has something of its own to say about it (`responses=` of its route).
What every operation of its kind may answer is added here, and each problem is said to be `application/problem+json`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from http.client import responses
from typing import Any

from staff.api.examples import EXAMPLES
from staff.api.problems import MEDIA_TYPE, PROBLEM_SCHEMA

Schema = dict[str, Any]
BELOW = "/api/v1"
_DESCRIPTIONS: Mapping[str, str] = {
    "400": "A body that is no JSON, or a cursor that this list did not give out",
    "401": "Nobody is signed in, or the session has ended",
    "403": "Not theirs, sent from another page, or to be proved anew who asks",
    "404": "There is nothing here",
    "409": "Refused, with code and reasons; or somebody else was first",
    "410": "It was there, and is no more",
    "413": "The request, or a free text in it, is too long",
    "415": "Not `application/json`",
    "422": "Not in form: `problems` name the fields",
    "500": "A fault of ours, logged without what was sent",
    "503": "Not reachable; the same request may be repeated",
}
_ALWAYS = ("401", "403", "422", "500", "503")
_WITH_BODY = ("400", "413", "415")
_CONTENT = {MEDIA_TYPE: {"schema": {"$ref": f"#/components/schemas/{PROBLEM_SCHEMA}"}}}
_FROM_FASTAPI = ("HTTPValidationError", "ValidationError")
"""What FastAPI would answer to a request that is not in form; we answer a problem."""
_WALL_CLOCK = r"^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?$"
"""A time of day in no zone, for which OpenAPI has no format: its `time` is that of RFC 3339, with an offset."""


def described(schema: Schema) -> Schema:
    """The document with every problem and an example of each body in it; it changes what it is given."""
    for path, item in schema["paths"].items():
        for method, operation in item.items():
            operation["responses"] = _responses(operation)
            example = EXAMPLES.get(f"{method} {path.removeprefix(BELOW)}")
            if example is not None:
                operation["requestBody"]["content"]["application/json"]["example"] = example
    components = schema["components"]
    components["responses"] = {
        _name(status): {"description": text, "content": _CONTENT} for status, text in _DESCRIPTIONS.items()
    }
    for name in _FROM_FASTAPI:
        components["schemas"].pop(name, None)
    for node in _nodes(schema):
        if node.get("format") == "time":
            del node["format"]
            node["pattern"] = _WALL_CLOCK
    return schema


def _responses(operation: Schema) -> Schema:
    given = operation["responses"]
    success = {status: answer for status, answer in given.items() if int(status) < 400}
    own = {status: answer for status, answer in given.items() if int(status) >= 400}
    statuses = sorted({*own, *_ALWAYS, *_of_kind(operation)})
    return {**success, **{status: _problem(status, own.get(status)) for status in statuses}}


def _of_kind(operation: Schema) -> Iterator[str]:
    parameters = operation.get("parameters", ())
    if any(each["in"] == "path" for each in parameters):
        yield "404"
    if any(each["name"] == "cursor" for each in parameters):
        yield "400"
    if any(each["name"] == "Idempotency-Key" for each in parameters):
        yield "409"
    if "requestBody" in operation:
        yield from _WITH_BODY


def _problem(status: str, own: Schema | None) -> Schema:
    """What an operation says in its own words, or with more fields, stands in it; all else is said once for all."""
    schema = _schema_of(own)
    words = None if own is None or own["description"] in (responses[int(status)], "Validation Error") else own
    if words is None and schema is None:
        return {"$ref": f"#/components/responses/{_name(status)}"}
    return {
        "description": words["description"] if words else _DESCRIPTIONS[status],
        "content": _CONTENT if schema is None else {MEDIA_TYPE: {"schema": schema}},
    }


def _schema_of(own: Schema | None) -> Schema | None:
    """Of a problem with more fields than others."""
    schema: Schema = {} if own is None else own.get("content", {}).get("application/json", {}).get("schema", {})
    model = str(schema.get("$ref", "")).rpartition("/")[2]
    return None if model in {"", PROBLEM_SCHEMA, *_FROM_FASTAPI} else schema


def _name(status: str) -> str:
    return f"Problem{status}"


def _nodes(value: Any) -> Iterator[Schema]:
    if isinstance(value, dict):
        yield value
        for each in list(value.values()):
            yield from _nodes(each)
    elif isinstance(value, list):
        for each in value:
            yield from _nodes(each)
