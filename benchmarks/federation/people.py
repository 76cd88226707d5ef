"""The invented staff of a country: the demonstration's people, and as many more of each kind as the caseload needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random
from uuid import NAMESPACE_OID, uuid5

from domain.codes import Role
from vault.staff import StaffMember
from worker.demo.staff import DUNJA, JASNA, LUKA, MILA, OGNJEN, STAFF, TEODORA, VERA, VUK

JOURNEYS_EACH = {
    Role.CASEWORKER: 200,
    Role.CONSULTANT: 2_000,
    Role.PSYCHOLOGIST: 1_000,
    Role.LAWYER: 1_000,
    Role.MOBILE_TEAM: 2_000,
    Role.SUPERVISOR: 4_000,
}
"""Journeys of the whole caseload for one person of a role; half of them are closed."""
AT_LEAST = {
    Role.CASEWORKER: 24,
    Role.CONSULTANT: 6,
    Role.PSYCHOLOGIST: 4,
    Role.LAWYER: 6,
    Role.MOBILE_TEAM: 4,
    Role.SUPERVISOR: 6,
}
"""Fifty people, however few journeys."""
_GIVEN = ("Ana", "Đorđe", "Živka", "Ćamil", "Sanja", "Žarko", "Nevena", "Šemsa", "Ljubica", "Džemal", "Uroš", "Mirjana")
_FAMILY = ("Smišljić", "Nepostojić", "Đokušajević", "Primerković", "Nigdić", "Bajković", "Žamislić", "Ćutić", "Šarenić")
_LOCALES = ("sr-Latn", "sr-Latn", "sr-Cyrl", "en")
_PLAYED = {
    Role.CASEWORKER: (MILA, VUK, DUNJA),
    Role.CONSULTANT: (JASNA,),
    Role.PSYCHOLOGIST: (TEODORA,),
    Role.LAWYER: (OGNJEN,),
    Role.MOBILE_TEAM: (LUKA,),
    Role.SUPERVISOR: (VERA,),
}
"""Who acts in the stories, by role: in a copy somebody of the same role does."""

PLAYING = frozenset(str(member.id) for played in _PLAYED.values() for member in played)
"""Their ids."""

Team = Mapping[str, str]


class Staff:
    """Everybody, for so many journeys."""

    def __init__(self, journeys: int) -> None:
        chance = Random(f"staff of {journeys}")
        self.by_role: Mapping[Role, Sequence[StaffMember]] = {
            role: (*played, *(_member(role, n, chance) for n in range(len(played), _many(role, journeys))))
            for role, played in _PLAYED.items()
        }

    @property
    def everybody(self) -> Sequence[StaffMember]:
        """Those of the demonstration first."""
        known = {member.id: member for member in STAFF}
        for members in self.by_role.values():
            known |= {member.id: member for member in members}
        return list(known.values())

    def teams(self, chance: Random) -> list[Team]:
        """One for each caseworker: who acts with them, for each who acts in the stories, as ids are written."""
        return [
            {
                str(member.id): str((caseworker if role is Role.CASEWORKER else chance.choice(self.by_role[role])).id)
                for role, played in _PLAYED.items()
                for member in played
            }
            for caseworker in self.by_role[Role.CASEWORKER]
        ]


def _many(role: Role, journeys: int) -> int:
    return max(AT_LEAST[role], journeys // JOURNEYS_EACH[role])


def _member(role: Role, number: int, chance: Random) -> StaffMember:
    member = uuid5(NAMESPACE_OID, f"putokaz-bench|{role.value}|{number}")
    return StaffMember(
        id=member,
        name=f"{chance.choice(_GIVEN)} {chance.choice(_FAMILY)}",
        email=f"{role.value}-{number}@example.org",
        roles=frozenset({role.value}),
        locale=chance.choice(_LOCALES),
    )
