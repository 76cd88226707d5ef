"""A document as an answer that nobody stores, renders or guesses about."""

from __future__ import annotations

from urllib.parse import quote

from starlette.responses import StreamingResponse

from domain.journey.document.codes import MediaType
from staff.filing.inspecting import CONTENT_TYPES, ENDINGS
from vault.documents import Opened


def download(opened: Opened, media: MediaType, *, with_name: bool) -> StreamingResponse:
    """The content, block by block. Without `with_name` its name says nothing but that it is a document.

    The gate adds `nosniff` and a policy under which nothing in it runs.
    """
    neutral = f"dokument-{str(opened.document)[:8]}.{ENDINGS[media]}"
    name = _safe(opened.name) if with_name else ""
    # RFC 6266: the first for old programs, the second with every letter.
    disposition = f'attachment; filename="{neutral}"' + (f"; filename*=UTF-8''{quote(name, safe='')}" if name else "")
    headers = {
        "content-disposition": disposition,
        "content-length": str(opened.size),
        "cache-control": "no-store",
    }
    return StreamingResponse(opened.contents(), headers=headers, media_type=CONTENT_TYPES[media])


def _safe(name: str) -> str:
    """Without a folder and what no file system takes; empty where nothing is left."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(c for c in last if c.isprintable() and c not in '<>:"|?*').strip(". ")
