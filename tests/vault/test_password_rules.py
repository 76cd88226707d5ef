"""Which passwords may be chosen: whatever is long enough, but for what anybody would try first."""

from __future__ import annotations

import pytest

from vault.errors import PasswordRefused
from vault.password_rules import LONGEST, normal, require
from vault.refusals import PasswordFault

OWN = ("Јелена Ђорђевић", "jelena@example.org")


def fault(password: str) -> PasswordFault:
    with pytest.raises(PasswordRefused) as refused:
        require(password, OWN)
    assert not password or password not in f"{refused.value!r}{refused.value}"
    return refused.value.fault


@pytest.mark.parametrize(
    "password",
    [
        "tri plava slona",
        "correct horse battery staple",
        "шљива у дворишту",
        "7f3k9q2m",
        "šljivovica",
        "mama48392018",
        "        x",
        "🦔🐝🌵🍋🎈🧦🪁🥁",
    ],
)
def test_no_rules_of_composition(password: str) -> None:
    """Eight code points of anything: no capitals, digits or signs are asked for."""
    assert require(password, OWN) == normal(password)


@pytest.mark.parametrize("password", ["", "x", "7f3k9q2", "š" * 7, "é" * 4])
def test_less_than_eight_code_points_are_too_few(password: str) -> None:
    """As they are hashed: an accent apart from its letter counts with it."""
    assert fault(password) is PasswordFault.TOO_SHORT


def test_up_to_128_code_points_and_nothing_is_cut_off() -> None:
    """Two that differ in the last one are two."""
    long = ("tri plava slona " * 8)[:LONGEST]
    assert require(long, OWN) != require(long[:-1] + "!", OWN)
    assert fault(long + "x") is PasswordFault.TOO_LONG
    assert normal(long + "x") is None


def test_one_password_is_one_however_a_keyboard_writes_it() -> None:
    """NFKC: composed or not, full width or not."""
    assert normal("\u0161ljive i kru\u0161ke") == normal("s\u030cljive i krus\u030cke")
    assert normal("ｔｒｉ ｐｌａｖａ") == normal("tri plava")


@pytest.mark.parametrize(
    "password",
    [
        "passwort",
        "Password123!",
        "p@ssw0rd1",
        "lozinkalozinka",
        "ЛОЗИНКА123",
        "iloveyou!!",
        "12345678",
        "87654321",
        "qwertz123",
        "aaaaaaaa",
        "11112222",
        "abcdefgh",
        "crvenazvezda1945",
    ],
)
def test_what_is_tried_first_is_refused(password: str) -> None:
    """With what people add to a word that was refused."""
    assert fault(password) is PasswordFault.COMMON


@pytest.mark.parametrize(
    "password",
    ["jelena1990", "JelenaDjordjevic!", "Ђорђевић12", "dordevic99", "jelena.example", "putokaz2026", "Јелена-Јелена"],
)
def test_names_of_the_person_and_of_ours_are_refused(password: str) -> None:
    """In either script; as part of something longer they are no matter."""
    assert fault(password) is PasswordFault.PERSONAL
    assert require("jelena ima tri slona", OWN)


def test_without_names_only_ours_are_known() -> None:
    """Another person may have a name of hers in it."""
    assert require("djordjevic77")
    with pytest.raises(PasswordRefused):
        require("putokaz77")
