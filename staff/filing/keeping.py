"""From what streams in to a kept document: sealed as it comes, looked at, kept or removed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from uuid import UUID, uuid5

from starlette.concurrency import run_in_threadpool

from domain.journey.document.codes import MediaType
from domain.journey.document.parts import FilePart
from staff.filing.faults import FileFault, FileRefused
from staff.filing.inspecting import inspect
from vault.document_upload import Upload
from vault.documents import Documents, Kept
from vault.errors import DocumentConflict, VaultUnavailable


@dataclass(frozen=True, slots=True)
class Received:
    """A document in the vault that no event names yet."""

    kept: Kept
    media: MediaType


def document_of(journey: UUID, command_id: UUID) -> UUID:
    """The id of the document that a command files: the same for every repetition."""
    return uuid5(command_id, f"document {journey}")


async def receive(
    documents: Documents,
    blocks: AsyncIterator[bytes],
    *,
    journey: UUID,
    part: FilePart,
    command_id: UUID,
    name: str,
    title: str,
    limit: int,
) -> Received:
    """Takes a file in and keeps it. `limit` in bytes.

    What is too large is read to its end and thrown away, since a browser shows no answer before. Raises `FileRefused`,
    `VaultUnavailable`, and what `blocks` raises; then nothing is kept.
    """
    upload: Upload | None = None
    size = 0
    try:
        async for block in blocks:
            size += len(block)
            if size > limit:
                if upload is not None:
                    await run_in_threadpool(_discard, upload)
                    upload = None
            elif upload is None:
                upload = await run_in_threadpool(documents.begin, journey, part.value, document_of(journey, command_id))
                await run_in_threadpool(upload.add, block)
            else:
                await run_in_threadpool(upload.add, block)
        if size > limit:
            raise FileRefused(FileFault.TOO_LARGE)
        if upload is None:
            raise FileRefused(FileFault.EMPTY if name else FileFault.MISSING)
        return await run_in_threadpool(_keep, documents, upload, name, title)
    except Exception:
        if upload is not None:
            await run_in_threadpool(_discard, upload)
        raise


def _keep(documents: Documents, upload: Upload, name: str, title: str) -> Received:
    upload.finish()
    media = inspect(upload.file(), upload.size)
    try:
        return Received(documents.keep(upload, name=name, title=title), media)
    except DocumentConflict:
        raise FileRefused(FileFault.USED) from None


def _discard(upload: Upload) -> None:
    try:
        upload.discard()
    except VaultUnavailable:
        return  # the sweep will
