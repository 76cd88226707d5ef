"""The key-encryption key in its file."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from vault.errors import KekFault, WrongKek
from vault.kek import Kek, create_kek, load_kek


def test_a_new_key_is_for_its_owner_only_and_comes_back(tmp_path: Path) -> None:
    """Mode 0400."""
    made = create_kek(tmp_path / "kek")
    assert stat.S_IMODE((tmp_path / "kek").stat().st_mode) == 0o400
    assert load_kek(tmp_path / "kek").kek_id == made.kek_id


def test_a_key_is_never_overwritten(tmp_path: Path) -> None:
    """It may be the only copy."""
    create_kek(tmp_path / "kek")
    before = (tmp_path / "kek").read_bytes()
    with pytest.raises(KekFault, match="never overwritten"):
        create_kek(tmp_path / "kek")
    assert (tmp_path / "kek").read_bytes() == before


@pytest.mark.parametrize("mode", [0o440, 0o404, 0o644, 0o420, 0o401])
def test_a_key_that_others_may_read_is_refused(tmp_path: Path, mode: int) -> None:
    """The message says what to do."""
    create_kek(tmp_path / "kek")
    (tmp_path / "kek").chmod(mode)
    with pytest.raises(KekFault, match="Set it to 0400"):
        load_kek(tmp_path / "kek")


def test_a_missing_key_names_its_path(tmp_path: Path) -> None:
    """An administrator must see which file is meant."""
    with pytest.raises(KekFault, match=str(tmp_path / "kek")):
        load_kek(tmp_path / "kek")
    with pytest.raises(KekFault, match="cannot be made"):
        create_kek(tmp_path / "no" / "such" / "folder")


@pytest.mark.parametrize("content", ["", "zz" * 32, "ab" * 31, "ab" * 33, "Ж" * 32])
def test_a_malformed_key_is_refused_without_showing_it(tmp_path: Path, content: str) -> None:
    """Half a key on a screen is half a secret."""
    path = tmp_path / "kek"
    path.write_text(content, encoding="utf-8")
    path.chmod(0o400)
    with pytest.raises(KekFault) as caught:
        load_kek(path)
    assert not content or content not in str(caught.value)


def test_a_wrapped_key_opens_with_its_key_and_context_only() -> None:
    """Neither with another key nor in another row."""
    kek, other = Kek(b"\x01" * 32), Kek(b"\x02" * 32)
    wrapped = kek.wrap(b"\x03" * 32, b"row 1")
    assert kek.unwrap(wrapped, b"row 1") == b"\x03" * 32
    with pytest.raises(WrongKek):
        kek.unwrap(wrapped, b"row 2")
    with pytest.raises(WrongKek):
        other.unwrap(wrapped, b"row 1")
    assert kek.kek_id != other.kek_id
    assert "01" * 8 not in repr(kek)
