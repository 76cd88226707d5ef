"""A form with a file, read as it arrives: its texts first, then the file, block by block and never as a whole.

The parser is python-multipart's; Starlette's own way of reading forms writes a file to the disk, in the clear. A text
that comes after the file is not seen, so that whoever reads knows what it is for before the first byte of it.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.requests import Request

from domain.errors import PutokazError

MOST_TEXT = 64 * 1024
"""Bytes of all the texts of a form together."""
MOST_PARTS = 40


class FormBroken(PutokazError):
    """What was sent is no form with a file."""


@dataclass(slots=True)
class _Part:
    name: str = ""
    file_name: str | None = None
    text: bytearray = field(default_factory=bytearray)


class IncomingForm:
    """The texts, known once `start` returns; then `blocks` of the file. Raises `FormBroken`.

    A browser that goes away ends it with Starlette's `ClientDisconnect`.
    """

    def __init__(self, request: Request) -> None:
        kind, options = parse_options_header(request.headers.get("content-type", ""))
        boundary = options.get(b"boundary")
        if kind != b"multipart/form-data" or not boundary:
            raise FormBroken("not multipart/form-data")
        self._stream = request.stream()
        try:
            self._parser = MultipartParser(
                boundary,
                {
                    "on_part_begin": self._begin,
                    "on_header_field": self._header_field,
                    "on_header_value": self._header_value,
                    "on_header_end": self._header_end,
                    "on_headers_finished": self._headers_finished,
                    "on_part_data": self._data,
                    "on_part_end": self._end,
                    "on_end": self._finish,
                },
            )
        except FormParserError:
            raise FormBroken("the form cannot be read") from None
        self._texts: dict[str, str] = {}
        self._part = _Part()
        self._field, self._value = bytearray(), bytearray()
        self._blocks: list[bytes] = []
        self._parts = 0
        self._spent = 0
        self._whole = False
        self.file_name: str | None = None
        """As the sender says; None where there is no file at all, empty where none was chosen."""

    @property
    def texts(self) -> Mapping[str, str]:
        """Of the form, by input."""
        return self._texts

    async def start(self) -> None:
        """Reads up to the file, or to the end where there is none."""
        while self.file_name is None and await self._more():
            pass

    async def blocks(self) -> AsyncIterator[bytes]:
        """The file, as it comes in; read to the end, also where nobody wants it any more."""
        while True:
            for block in self._blocks:
                yield block
            self._blocks.clear()
            if not await self._more():
                break
        if not self._whole:
            raise FormBroken("the form ends in the middle")

    async def _more(self) -> bool:
        try:
            data = await anext(self._stream, None)
            if data is None:
                return False
            self._parser.write(data)
        except FormParserError:
            raise FormBroken("the form cannot be read") from None
        return True

    def _begin(self) -> None:
        self._parts += 1
        if self._parts > MOST_PARTS:
            raise FormParserError("too many parts")
        self._part = _Part()

    def _header_field(self, data: bytes, start: int, end: int) -> None:
        self._take(self._field, data[start:end])

    def _header_value(self, data: bytes, start: int, end: int) -> None:
        self._take(self._value, data[start:end])

    def _header_end(self) -> None:
        if bytes(self._field).lower() == b"content-disposition":
            _, options = parse_options_header(bytes(self._value))
            self._part.name = _text(options.get(b"name", b""))
            if b"filename" in options:
                self._part.file_name = _text(options[b"filename"])
        self._field.clear()
        self._value.clear()

    def _headers_finished(self) -> None:
        if self._part.file_name is not None:
            if self.file_name is not None:
                raise FormParserError("more than one file")
            self.file_name = self._part.file_name

    def _data(self, data: bytes, start: int, end: int) -> None:
        if self._part.file_name is not None:
            self._blocks.append(data[start:end])
        else:
            self._take(self._part.text, data[start:end])

    def _end(self) -> None:
        if self._part.file_name is None and self.file_name is None:
            self._texts[self._part.name] = _text(bytes(self._part.text))

    def _finish(self) -> None:
        self._whole = True

    def _take(self, into: bytearray, data: bytes) -> None:
        self._spent += len(data)
        if self._spent > MOST_TEXT:
            raise FormParserError("too much text")
        into += data


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")
