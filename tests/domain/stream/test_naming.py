"""Codes as people type them: whole, with their mark."""

from __future__ import annotations

from uuid import uuid4

import pytest

from domain.codes import StreamName
from domain.stream.naming import MARKS, stream_code, whole_code


@pytest.mark.parametrize("kind", MARKS)
def test_a_whole_code_says_its_kind(kind: StreamName) -> None:
    """In small letters and without its hyphen too."""
    code = stream_code(kind, uuid4())
    for typed in (code, code.lower(), code.replace("-", " "), code.replace("-", "")):
        assert whole_code(typed) == (kind, code)


@pytest.mark.parametrize("typed", ["", "PM", "PM-12", "7QW2M0X", "PX-7QW2M0X", "PM-7QW2M0XX", "PM-7QW2MUX"])
def test_what_is_no_whole_code(typed: str) -> None:
    """A beginning, no mark or one of nobody's, a sign too many, a sign that no code has."""
    assert whole_code(typed) is None
