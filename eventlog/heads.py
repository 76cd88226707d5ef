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
from contextlib import contextmanager, suppress
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


@dataclass(frozen=True, slots=True)
class Cover:
    """How far signed heads cover a log: up to `signed`, 0 for not at all. `holds`: the log is still as it was there.

    `beyond` events follow; the first of them has waited `seconds` for a signature, by the log's clock.
    """

    signed: int
    holds: bool
    beyond: int
    seconds: float


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


def cover(dsn: str, file: Path) -> Cover:
    """How far the newest head in `file` covers the log. Its signature is not looked at: `verify` does that.

    Raises `HeadsFault`, `Unavailable`.
    """
    last = None
    with suppress(FileNotFoundError), _read(file) as lines:
        last = _newest(_tail(lines).rpartition(b"\n")[0], lines)
    signed = 0 if last is None else last.position
    pool = Pool(dsn, size=1, application_name="putokaz-heads")
    try:
        row = pool.run(
            lambda c: c.cursor(binary=True).execute(query("eventlog", "head_cover"), {"signed": signed}).fetchone()
        )
    finally:
        pool.close()
    assert row is not None
    chain, beyond, seconds = row
    return Cover(signed, last is None or (chain is not None and bytes(chain) == last.chain), beyond, seconds or 0.0)


def read_heads(file: Path, keys: Sequence[HeadsPublicKey]) -> tuple[list[SignedHead], list[Finding]]:
    """The heads of a file that one of the keys confirms, and what is wrong with the others. Raises `HeadsFault`."""
    try:
        with _read(file) as lines:
            return check_heads(lines, keys)
    except FileNotFoundError as error:
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
def _read(file: Path) -> Iterator[IO[bytes]]:
    """The file while nobody writes. Raises `FileNotFoundError`, for anything else `HeadsFault`."""
    try:
        with file.open("rb") as lines:
            fcntl.flock(lines, fcntl.LOCK_SH)
            yield lines
    except FileNotFoundError:
        raise
    except OSError as error:
        raise HeadsFault(f"the signed heads {file} cannot be read: {error.strerror}") from None


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
    whole, _, unfinished = _tail(lines).rpartition(b"\n")
    if unfinished:
        lines.truncate(lines.tell() - len(unfinished))
    return _newest(whole, lines)


def _tail(lines: IO[bytes]) -> bytes:
    """The end of the file, with its last whole line."""
    size = lines.seek(0, os.SEEK_END)
    lines.seek(max(0, size - _LONGEST_LINE))
    return lines.read()


def _newest(whole: bytes, lines: IO[bytes]) -> SignedHead | None:
    """The last of these lines; None without any."""
    if not whole:
        return None
    try:
        return from_line(whole.rpartition(b"\n")[2])
    except HeadsFault:
        raise HeadsFault(f"the last line of {lines.name} is no signed head: restore the file from its copy") from None
