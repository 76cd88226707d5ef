"""Who the clients of the demonstration are: invented, in both scripts, and nobody's real name or number.

Family names say that they are made up (Измишљеновић, Непостојић), telephone numbers are zeros and a count.
Some are alike on purpose: a search for `Djordjevic` finds Ђорђевић and Đorđević, and the opening of a case is warned.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from domain.codes import ConsentGiver
from vault.identities import Identities
from vault.identity import Born, ContactKind, ContactPoint, Identity, Name, NameUse
from worker.demo.cast import CAST
from worker.demo.tale import Dice

_CYRILLIC, _LATIN = "sr-Cyrl", "sr-Latn"
_GIVEN = {
    _CYRILLIC: ("Милица", "Ђурђа", "Љубица", "Његош", "Џенана", "Ђорђе", "Живка", "Шана", "Чедомир", "Невена"),
    _LATIN: ("Milica", "Đurđa", "Ljubica", "Anđela", "Džana", "Đorđe", "Željka", "Saša", "Časlav", "Nevena"),
}
_FAMILY = {
    _CYRILLIC: ("Измишљеновић", "Непостојић", "Ђокушајевић", "Примерковић", "Нигдић", "Бајколић"),
    _LATIN: ("Izmišljenović", "Nepostojić", "Đokušajević", "Primerković", "Nigdić", "Bajkolić"),
}
ALIKE: Sequence[tuple[str, tuple[Name, ...], Born]] = (
    (
        "waits-for-consent",
        (Name("Милица", NameUse.GIVEN, _CYRILLIC), Name("Ђорђевић-Измишљена", NameUse.FAMILY, _CYRILLIC)),
        date(1996, 3, 12),
    ),
    (
        "papers-with-us",
        (Name("Milica", NameUse.GIVEN, _LATIN), Name("Đorđević-Izmišljena", NameUse.FAMILY, _LATIN)),
        1997,
    ),
)
"""Two people whose names are one in the two scripts."""


def clients() -> Iterator[Identity]:
    """One for each journey of the cast, the same every time."""
    alike = {name: (names, born) for name, names, born in ALIKE}
    for number, part in enumerate(CAST):
        names, born = alike.get(part.name) or _invented(part.name, is_child=part.giver is ConsentGiver.GUARDIAN)
        contacts = (
            ContactPoint(ContactKind.PHONE, f"+38160000{number:04}"),
            ContactPoint(ContactKind.ADDRESS, f"Улица које нема {number + 1}, Измишљено"),
        )
        yield Identity(part.id, names, born, contacts[: 1 + number % 2], case_number=f"{number + 1}/2026")


def introduce(identities: Identities) -> None:
    """Writes them into the vault; those that are there already are left as they are."""
    for client in clients():
        identities.put(client, actor=next(part.caseworker.id for part in CAST if part.id == client.journey))


def _invented(name: str, *, is_child: bool) -> tuple[tuple[Name, ...], Born]:
    dice = Dice(f"client {name}")
    script = dice.choice((_CYRILLIC, _LATIN))
    given = Name(dice.choice(_GIVEN[script]), NameUse.GIVEN, script)
    family = Name(dice.choice(_FAMILY[script]), NameUse.FAMILY, script)
    return (given, family), dice.randint(2010, 2013) if is_child else dice.randint(1978, 2003)
