"""The files of `static/`: served under the hash of their content, so that a browser may keep them for a year."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from importlib import resources
from importlib.resources.abc import Traversable

from starlette.responses import PlainTextResponse, Response

_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".webmanifest": "application/manifest+json",
    ".txt": "text/plain; charset=utf-8",
}
_FOR_A_YEAR = "public, max-age=31536000, immutable"


def folder() -> Traversable:
    """Where the compiled files lie."""
    return resources.files("staff") / "static"


@lru_cache(maxsize=1)
def _files() -> dict[str, bytes]:
    return {f.name: f.read_bytes() for f in folder().iterdir() if f.is_file() and _suffix(f.name) in _TYPES}


@lru_cache(maxsize=1)
def digest() -> str:
    """The hash over all files: they name each other, so they change together."""
    whole = hashlib.sha256()
    for name, content in sorted(_files().items()):
        whole.update(f"{name}\0{hashlib.sha256(content).hexdigest()}\n".encode())
    return whole.hexdigest()[:16]


def address(name: str) -> str:
    """The URL path of a file. Raises `KeyError` for one that is not there."""
    _files()[name]
    return f"/static/{digest()}/{name}"


def serve(version: str, name: str) -> Response:
    """A file; for ever where the version is this release's, unstored for a page of another release."""
    content = _files().get(name)
    if content is None:
        return PlainTextResponse("Not here.\n", 404)
    caching = _FOR_A_YEAR if version == digest() else "no-store"
    return Response(content, media_type=_TYPES[_suffix(name)], headers={"cache-control": caching})


def _suffix(name: str) -> str:
    return name[name.rfind(".") :] if "." in name else ""
