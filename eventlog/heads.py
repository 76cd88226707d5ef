"""Signed heads: now and then the last link of the log is signed and written to a file outside the database.

The chain alone shows no truncated tail, and whoever owns the database can compute a whole new chain. Neither can make
the signature of what was there before. Each head also carries the hash of the one before, so that none can be taken
out of the middle of the file. The end of the file can be cut off: so copy it to another machine, line by line.

One JSON object a line; the signature is over `SignedHead.message`, never over JSON.
"""

from __future__ import annotations

import base64
import fcntl
import json
import os
import struct
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import IO

from domain.errors import HeadsFault, LogTampered
from eventlog.chain import microseconds
from eventlog.findings import Finding, FindingKind
from eventlog.heads_key import HeadsKey, HeadsPublicKey
from eventlog.pool import Pool
from eventlog.sql_files import query

FIRST = bytes(32)
"""Stands for the head before the first one."""
_PURPOSE = b"putokaz signed head 1\n"
_LONGEST_LINE = 4096


@dataclass(frozen=True, slots=True)
class SignedHead:
    """The log as it was. `recorded_at` is by the log's clock, `signed_at` by the machine's."""

    position: int
    chain: bytes
    recorded_at: datetime
    signed_at: datetime
    key_id: str
    previous: bytes
    signature: bytes = b""
    line: int = 0
    """Where it stands in the file, from 1."""

    @property
    def message(self) -> bytes:
        """What is signed: every field has a fixed length, times are microseconds since 2000-01-01 UTC."""
        recorded_at, signed_at = microseconds(self.recorded_at), microseconds(self.signed_at)
        fields = (self.position, self.chain, recorded_at, signed_at, self.key_id.encode(), self.previous)
        return _PURPOSE + struct.pack(">q32sqq16s32s", *fields)

    @property
    def digest(self) -> bytes:
        """What the next head carries of this one."""
        return sha256(self.message + self.signature).digest()

    def to_line(self) -> bytes:
        """With the newline."""
        return (
            json.dumps(
                {
                    "position": self.position,
                    "chain": self.chain.hex(),
                    "recorded_at": self.recorded_at.astimezone(UTC).isoformat(),
                    "signed_at": self.signed_at.astimezone(UTC).isoformat(),
                    "key_id": self.key_id,
                    "previous": self.previous.hex(),
                    "signature": base64.b64encode(self.signature).decode("ascii"),
                }
            ).encode("ascii")
            + b"\n"
        )


def from_line(text: bytes, line: int = 0) -> SignedHead:
    """Raises `HeadsFault` for what is no signed head. The signature is not looked at."""
    try:
        raw = json.loads(text)
        head = SignedHead(
            position=int(raw["position"]),
            chain=bytes.fromhex(raw["chain"]),
            recorded_at=datetime.fromisoformat(raw["recorded_at"]),
            signed_at=datetime.fromisoformat(raw["signed_at"]),
            key_id=str(raw["key_id"]),
            previous=bytes.fromhex(raw["previous"]),
            signature=base64.b64decode(raw["signature"], validate=True),
            line=line,
        )
        whole = (len(head.chain), len(head.previous), len(head.key_id.encode("ascii"))) == (32, 32, 16)
        if not whole or head.position < 1 or not head.message:
            raise ValueError
    except (ValueError, KeyError, TypeError, OverflowError, struct.error):
        raise HeadsFault(f"line {line} is no signed head") from None
    return head


def sign_head(dsn: str, file: Path, key: HeadsKey) -> SignedHead | None:
    """Signs the log's head and writes it to the end of `file`, on the disk when this returns.

    None when the log is empty, or has not grown since the last one. Raises `LogTampered` when the log no longer holds
    what was signed last, `HeadsFault` when the file cannot be used, `Unavailable`.
    """
    with _locked(file) as lines:
        last = _last(lines)
        before = 0 if last is None else last.position
        pool = Pool(dsn, size=1, application_name="putokaz-heads")
        try:
            rows = pool.run(
                lambda c: c.cursor(binary=True).execute(query("eventlog", "head_link"), (before,)).fetchall()
            )
        finally:
            pool.close()
        if last is not None and not any(row[0] == last.position and bytes(row[1]) == last.chain for row in rows):
            raise LogTampered(
                f"the log does not hold what was signed at position {last.position}: it was cut off or rewritten. "
                "Nothing was signed; run `putokaz log verify`"
            )
        if not rows or rows[0][0] == before:
            return None
        head = _signed(rows[0][0], bytes(rows[0][1]), rows[0][2], FIRST if last is None else last.digest, key)
        lines.write(head.to_line())
        lines.flush()
        os.fsync(lines.fileno())
        return head


def read_heads(file: Path, keys: Sequence[HeadsPublicKey]) -> tuple[list[SignedHead], list[Finding]]:
    """The heads of a file that one of the keys confirms, and what is wrong with the others. Raises `HeadsFault`."""
    try:
        with file.open("rb") as lines:
            fcntl.flock(lines, fcntl.LOCK_SH)
            return check_heads(lines, keys)
    except OSError as error:
        raise HeadsFault(f"the signed heads {file} cannot be read: {error.strerror}") from None


def check_heads(lines: Iterable[bytes], keys: Sequence[HeadsPublicKey]) -> tuple[list[SignedHead], list[Finding]]:
    """The same for the lines of a file."""
    known = {key.key_id: key for key in keys}
    good: list[SignedHead] = []
    findings: list[Finding] = []
    previous, position = FIRST, 0
    for number, text in enumerate(lines, start=1):
        if not text.endswith(b"\n"):
            break  # a machine went down while it wrote; the next signing writes over it
        try:
            head = from_line(text, number)
        except HeadsFault:
            says = f"Line {number} of the heads file is no signed head."
            findings.append(Finding(FindingKind.HEAD_UNREADABLE, says, line=number))
            continue
        if head.key_id not in known:
            says = f"Line {number} of the heads file was signed with another key ({head.key_id})."
            findings.append(Finding(FindingKind.HEAD_FOREIGN, says, line=number))
        elif not known[head.key_id].confirms(head.signature, head.message):
            says = f"Line {number} of the heads file was changed or forged: its signature is not by {head.key_id}."
            findings.append(Finding(FindingKind.HEAD_FORGED, says, line=number))
        else:
            good.append(head)
        if head.previous != previous or head.position <= position:
            says = f"Line {number} of the heads file does not follow from the line before: lines were removed or moved."
            findings.append(Finding(FindingKind.HEAD_OUT_OF_LINE, says, line=number))
        previous, position = head.digest, head.position
    if not good and not findings:
        findings.append(Finding(FindingKind.HEADS_MISSING, "The heads file holds no signed head."))
    return good, findings


def _signed(position: int, chain: bytes, recorded_at: datetime, previous: bytes, key: HeadsKey) -> SignedHead:
    fields = (position, chain, recorded_at, datetime.now(UTC), key.public.key_id, previous)
    return SignedHead(*fields, signature=key.sign(SignedHead(*fields).message))


@contextmanager
def _locked(file: Path) -> Iterator[IO[bytes]]:
    """The file, for one process at a time, open for reading and for writing at its end."""
    try:
        with file.open("a+b") as lines:
            fcntl.flock(lines, fcntl.LOCK_EX)
            yield lines
    except OSError as error:
        raise HeadsFault(f"the signed heads {file} cannot be written: {error.strerror}") from None


def _last(lines: IO[bytes]) -> SignedHead | None:
    """The newest head; an unfinished line behind it, left by a machine that went down, is cut off."""
    size = lines.seek(0, os.SEEK_END)
    lines.seek(max(0, size - _LONGEST_LINE))
    tail = lines.read()
    whole, newline, unfinished = tail.rpartition(b"\n")
    if unfinished:
        lines.truncate(size - len(unfinished))
    if not newline:
        return None
    try:
        return from_line(whole.rpartition(b"\n")[2])
    except HeadsFault:
        raise HeadsFault(f"the last line of {lines.name} is no signed head: restore the file from its copy") from None
