"""The socket of the search process: in a folder that nobody else can write to, open to its own user alone."""

from __future__ import annotations

import hashlib
import os
import socket
import stat
import tempfile
from pathlib import Path

from domain.errors import PutokazError

LONGEST = 100
"""Bytes of a path; Linux takes 107 for a socket."""


class SocketRefused(PutokazError):
    """The socket cannot be made there. The text says what to do."""


def socket_place(folder: Path) -> Path:
    """Where the socket of a state folder lies: in it; where that path is too long for one, in a folder of its own."""
    inside = folder / "search" / "socket"
    if len(os.fsencode(inside)) <= LONGEST:
        return inside
    name = hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"putokaz-search-{os.geteuid()}-{name}" / "socket"


def listen(path: Path) -> socket.socket:
    """A listening socket; one that an earlier process left behind is replaced. Raises `SocketRefused`."""
    if len(os.fsencode(path)) > LONGEST:
        raise SocketRefused(f"PUTOKAZ_SEARCH_SOCKET={path}: a socket's path has at most {LONGEST} bytes")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder = path.parent.stat()
        if folder.st_uid != os.geteuid() or stat.S_IMODE(folder.st_mode) & 0o022:
            raise SocketRefused(f"{path.parent} must belong to the user of this process, who alone may write to it")
        path.unlink(missing_ok=True)
        made = socket.socket(socket.AF_UNIX)
        before = os.umask(0o177)
        try:
            made.bind(str(path))
        finally:
            os.umask(before)
    except OSError as error:
        raise SocketRefused(f"PUTOKAZ_SEARCH_SOCKET={path}: {error.strerror}") from None
    made.listen()
    return made
