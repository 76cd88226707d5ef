"""`Sealed[...]`: free text that only a holder of the stream's key can read.

Events, commands and Temporal carry this value and never its text; sealing and opening live in `eventlog.sealing`.
The textual form is `pk1.` and unpadded base64url, so that it survives JSON, SQL and a screen unharmed.
"""

from __future__ import annotations

import base64
import re
from enum import StrEnum
from typing import Any, ClassVar, Generic, TypeVar

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

MAX_SEALED_BYTES = 32 * 1024  # about 16 pages of Cyrillic; longer texts are attachments
_FORM = re.compile(r"pk1\.[A-Za-z0-9_-]{40,}")


class Compartment(StrEnum):
    """Who may read: each compartment of a stream has keys of its own (design §4)."""

    IDENTITY = "identity"
    NOTES = "notes"
    LEGAL = "legal"
    HEALTH = "health"


class Identity:
    """Names, contacts, places that single a person out."""

    compartment: ClassVar = Compartment.IDENTITY


class Notes:
    """What a caseworker writes about the work."""

    compartment: ClassVar = Compartment.NOTES


class Legal:
    """What passes between client and lawyer."""

    compartment: ClassVar = Compartment.LEGAL


class Health:
    """Medical and psychological content."""

    compartment: ClassVar = Compartment.HEALTH


C = TypeVar("C", Identity, Notes, Legal, Health)


class Sealed(Generic[C]):
    """A sealed text of compartment `C`. Equal to another when its bytes are equal; shows nothing of its content.

    Raises `ValueError` when the textual form is not ours or is longer than `MAX_SEALED_BYTES`.
    """

    PREFIX: ClassVar = "pk1."
    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        if len(text) > MAX_SEALED_BYTES * 4 // 3 + 8:
            raise ValueError(
                f"a sealed text may have at most {MAX_SEALED_BYTES} bytes; attach longer ones as a document"
            )
        if not _FORM.fullmatch(text):
            raise ValueError("not a sealed text: seal it at the edge before it travels")
        self._text = text

    @classmethod
    def from_bytes(cls, sealed: bytes) -> Sealed[C]:
        return cls("pk1." + base64.urlsafe_b64encode(sealed).rstrip(b"=").decode("ascii"))

    def to_bytes(self) -> bytes:
        body = self._text[4:]
        return base64.urlsafe_b64decode(body + "=" * (-len(body) % 4))

    @property
    def text(self) -> str:
        """The textual form, still sealed."""
        return self._text

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sealed) and other._text == self._text

    def __hash__(self) -> int:
        return hash(self._text)

    def __repr__(self) -> str:
        return "‹sealed›"

    __str__ = __repr__

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        def parse(value: Any) -> Sealed[C]:
            if isinstance(value, Sealed):
                return value
            if isinstance(value, str):
                return cls(value)
            raise ValueError("not a sealed text: seal it at the edge before it travels")

        return core_schema.no_info_plain_validator_function(
            parse,
            json_schema_input_schema=core_schema.str_schema(),
            serialization=core_schema.plain_serializer_function_ser_schema(
                lambda v: v.text, return_schema=core_schema.str_schema(), when_used="json"
            ),
        )
