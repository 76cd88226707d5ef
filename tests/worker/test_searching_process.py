"""`putokaz vault` as a process of its own: it answers over a socket, is away within a second, and logs no name."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from domain.errors import Unavailable
from domain.journey.naming import journey_code
from vault.errors import NumberInvalid
from vault.identities import Identities
from vault.identity import ContactKind, ContactPoint, Identity, Name, NameUse
from vault.kek import create_kek
from vault.keys import Keys
from vault.roll import SearchBy
from worker.searching.asking import PATIENCE, SearchClient
from worker.searching.socket_file import LONGEST, SocketRefused, listen, socket_place
from worker.settings import CHECKOUT

BUSY = 4
"""Seconds that a busy machine may add to any of ours."""
ME = uuid4()
NAMES = (Name("Милица", NameUse.GIVEN), Name("Ђорђевић-Измишљена", NameUse.FAMILY))
MILICA = Identity(uuid4(), NAMES, 1996, (ContactPoint(ContactKind.PHONE, "+381600000001"),))


@pytest.fixture
def keys(vault_database: str, tmp_path: Path) -> Iterator[Keys]:
    """The keys of an empty vault."""
    keys = Keys(vault_database, create_kek(tmp_path / "kek"))
    yield keys
    keys.close()


@pytest.fixture
def process(vault_database: str, keys: Keys, tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The process, answering."""
    environment = {
        "PATH": os.environ["PATH"],
        "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none",
        "VAULT_DATABASE_URL": vault_database,
        "PUTOKAZ_KEK_FILE": str(tmp_path / "kek"),
        "PUTOKAZ_KEYRING_FILE": str(tmp_path / "none"),
        "PUTOKAZ_SEARCH_SOCKET": str(_socket(tmp_path)),
    }
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "worker.cli", "vault"], env=environment, cwd=CHECKOUT, stderr=log, stdout=log
        )
        try:
            end = time.monotonic() + 60
            while not _socket(tmp_path).exists():
                assert process.poll() is None, (tmp_path / "log").read_text()
                assert time.monotonic() < end
                time.sleep(0.05)
            yield process
        finally:
            process.send_signal(signal.SIGCONT)
            process.kill()
            process.wait()


def _socket(folder: Path) -> Path:
    return socket_place(folder)


def test_a_process_of_its_own_searches(
    process: subprocess.Popen[bytes], vault_database: str, keys: Keys, tmp_path: Path
) -> None:
    """It needs no log; what others write is found at once; frozen or gone, that is said within a second."""
    identities, client = Identities(vault_database, keys), SearchClient(_socket(tmp_path), patience=20)
    identities.put(MILICA, actor=ME)
    found = client.search(ME, "milica djordjevic", SearchBy.NAME).candidates
    assert [(each.journey, each.code, each.initials, each.born_year) for each in found] == [
        (MILICA.journey, journey_code(MILICA.journey), "М. Ђ. И.", 1996)
    ]
    assert client.search(ME, "060 000 0001", SearchBy.PHONE).candidates[0].journey == MILICA.journey
    with pytest.raises(NumberInvalid):
        client.search(ME, "allo", SearchBy.PHONE)
    alike = client.candidates(ME, (Name("Milica Đorđević", NameUse.OTHER),), 1997)
    assert [each.journey for each in alike.candidates] == [MILICA.journey]
    assert client.candidates(ME, NAMES, None).more == 0
    assert stat.S_IMODE(_socket(tmp_path).stat().st_mode) == 0o600
    assert stat.S_IMODE(_socket(tmp_path).parent.stat().st_mode) == 0o700

    assert PATIENCE < 1
    hasty = SearchClient(_socket(tmp_path))
    process.send_signal(signal.SIGSTOP)
    began = time.monotonic()
    with pytest.raises(Unavailable):
        hasty.search(ME, "Milica", SearchBy.NAME)
    assert time.monotonic() - began < PATIENCE + BUSY
    process.send_signal(signal.SIGCONT)
    assert client.search(ME, "Milica", SearchBy.NAME).candidates

    process.send_signal(signal.SIGTERM)
    assert process.wait(20) == 0
    assert not _socket(tmp_path).exists()
    with pytest.raises(Unavailable) as gone:
        hasty.search(ME, "Milica", SearchBy.NAME)
    assert "Milica" not in f"{gone.value} {gone.value.__cause__}"
    log = (tmp_path / "log").read_text()
    assert "search ready" in log
    assert not any(word in log.casefold() for word in ("milica", "djordjevic", "милица", "600000001"))
    for each in (client, hasty):
        each.close()
    identities.close()


def test_a_socket_is_made_where_nobody_else_can_replace_it(tmp_path: Path) -> None:
    """What an earlier process left is replaced; a folder that others write to, and a path too long, are refused."""
    private = tmp_path / "private" / "socket"
    listen(private).close()
    listen(private).close()
    (tmp_path / "open").mkdir()
    (tmp_path / "open").chmod(0o777)
    with pytest.raises(SocketRefused, match="alone may write"):
        listen(tmp_path / "open" / "socket")
    with pytest.raises(SocketRefused, match="at most"):
        listen(tmp_path / ("x" * LONGEST) / "socket")
    deep = socket_place(tmp_path / ("x" * LONGEST))
    assert len(os.fsencode(deep)) <= LONGEST
    assert deep != socket_place(tmp_path / ("y" * LONGEST))


def test_without_a_socket_the_search_is_away() -> None:
    """An installation that runs no such process loses the search alone."""
    with pytest.raises(Unavailable, match="PUTOKAZ_SEARCH_SOCKET"):
        SearchClient(None).search(ME, "x", SearchBy.NAME)
