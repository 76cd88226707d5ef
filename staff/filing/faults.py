"""Why a file is not taken. The pages have a sentence for each, which says what to do next."""

from __future__ import annotations

from enum import StrEnum

from domain.errors import PutokazError


class FileFault(StrEnum):
    """A value is a key of the catalogue below `document.fault`."""

    MISSING = "missing"
    EMPTY = "empty"
    TOO_LARGE = "too-large"
    UNKNOWN_TYPE = "unknown-type"
    OLD_OFFICE = "old-office"
    MACROS = "macros"
    MARKUP = "markup"
    NOT_UTF8 = "not-utf8"
    ARCHIVE = "archive"
    ARCHIVE_UNSAFE = "archive-unsafe"
    LOCKED = "locked"
    USED = "used"


class FileRefused(PutokazError):
    """A file that is not taken. Nothing of it is kept."""

    def __init__(self, fault: FileFault) -> None:
        super().__init__(f"the file is not taken: {fault.value}")
        self.fault = fault
