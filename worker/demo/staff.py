"""The invented people of the demonstration. Every name and address is made up; `example.org` belongs to nobody."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from domain.codes import Role
from domain.rights.member import Post, RoleOrPost
from domain.stream.firing import Addressee
from vault.staff import StaffMember


def _member(number: int, name: str, role: RoleOrPost, locale: str) -> StaffMember:
    first = name.partition(" ")[0].lower()
    return StaffMember(
        id=UUID(f"00000000-0000-4000-8000-00000000{number:04x}"),
        name=name,
        email=f"{first.translate(_PLAIN)}@example.org",
        roles=frozenset({role.value}),
        locale=locale,
    )


_PLAIN = str.maketrans("čćšžđ", "ccszd")

MILA = _member(0xA001, "Mila Primerić", Role.CASEWORKER, "sr-Latn")
VUK = _member(0xA002, "Vuk Zamislić", Role.CASEWORKER, "sr-Cyrl")
DUNJA = _member(0xA003, "Dunja Izmišljen", Role.CASEWORKER, "en")
JASNA = _member(0xA004, "Jasna Ogledić", Role.CONSULTANT, "sr-Latn")
TEODORA = _member(0xA005, "Teodora Uzorić", Role.PSYCHOLOGIST, "sr-Cyrl")
OGNJEN = _member(0xA006, "Ognjen Paragrafović", Role.LAWYER, "sr-Latn")
LUKA = _member(0xA007, "Luka Putić", Role.MOBILE_TEAM, "sr-Latn")
VERA = _member(0xA008, "Vera Pregledić", Role.SUPERVISOR, "sr-Latn")
NADA = _member(0xA009, "Nada Noćić", Role.ON_CALL, "en")
ZORA = _member(0xA00A, "Zora Ključić", Post.ADMINISTRATOR, "sr-Latn")
FILIP = _member(0xA00B, "Filip Zbirić", Post.ANALYST, "sr-Latn")

SAVA = UUID("00000000-0000-4000-8000-00000000a0ff")
"""A former colleague: in the log, and no more in the directory."""
STAFF = (MILA, VUK, DUNJA, JASNA, TEODORA, OGNJEN, LUKA, VERA, NADA, ZORA, FILIP)
"""Everybody, Mila first: the page begins with her day."""


def readers(addressee: Addressee) -> Sequence[UUID]:
    """Who gets a message, by the rule of `activities.delivering`: the person, else the role, else who is on call."""
    if addressee.staff is not None and any(member.id == addressee.staff for member in STAFF):
        return (addressee.staff,)
    by_role = [member.id for member in STAFF if addressee.role.value in member.roles]
    return by_role or [member.id for member in STAFF if Role.ON_CALL.value in member.roles]
