"""Who the clients are: some thousand invented family names in both scripts, written into the vault as by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from itertools import islice
from random import Random
from uuid import UUID

from vault.identities import Identities
from vault.identity import ContactKind, ContactPoint, Identity, Name, NameUse
from vault.keys import Keys
from worker.demo.staff import MILA

WRITERS = 4
_AT_ONCE = 500
_LATIN, _CYRILLIC = "sr-Latn", "sr-Cyrl"
_GIVEN = {
    _LATIN: ("Milica", "Đurđa", "Ljubica", "Anđela", "Džana", "Đorđe", "Željka", "Saša", "Časlav", "Nevena", "Ćira",
             "Jovana", "Marko", "Uroš", "Sanja", "Teodora", "Vukašin", "Živana", "Senka", "Branko"),
    _CYRILLIC: ("Милица", "Ђурђа", "Љубица", "Његош", "Џенана", "Ђорђе", "Живка", "Шана", "Чедомир", "Невена", "Ћира",
                "Јована", "Марко", "Урош", "Сања", "Теодора", "Вукашин", "Живана", "Сенка", "Бранко"),
}  # fmt: skip
_FIRST = {
    _LATIN: ("Ba", "Đo", "Iz", "Ne", "Pri", "Ža", "Šu", "Ći", "Ljo", "Nji", "Dža", "Mra", "Kru", "Ve", "Go", "Sti"),
    _CYRILLIC: ("Ба", "Ђо", "Из", "Не", "При", "Жа", "Шу", "Ћи", "Љо", "Њи", "Џа", "Мра", "Кру", "Ве", "Го", "Сти"),
}
_MIDDLE = {
    _LATIN: ("mi", "ka", "šlje", "po", "re", "vo", "đu", "ča", "zni", "bra", "lo", "žu", "sto", "ni"),
    _CYRILLIC: ("ми", "ка", "шље", "по", "ре", "во", "ђу", "ча", "зни", "бра", "ло", "жу", "сто", "ни"),
}
_LAST = {
    _LATIN: ("nović", "kušić", "jević", "stić", "rević", "dić", "gačić", "lović", "njanin", "ković"),
    _CYRILLIC: ("новић", "кушић", "јевић", "стић", "ревић", "дић", "гачић", "ловић", "њанин", "ковић"),
}


def client(journey: UUID) -> Identity:
    """The same for the same journey, every time."""
    chance = Random(f"client {journey}")
    script = chance.choice((_LATIN, _CYRILLIC))
    family = "".join(chance.choice(parts[script]) for parts in (_FIRST, _MIDDLE, _LAST))
    names = (Name(chance.choice(_GIVEN[script]), NameUse.GIVEN, script), Name(family, NameUse.FAMILY, script))
    phone = ContactPoint(ContactKind.PHONE, f"+3816{journey.int % 10**8:08}")
    return Identity(journey, names, chance.randint(1960, 2013), (phone,))


def introduce(dsn: str, keys: Keys, journeys: Sequence[UUID], told: Callable[[int], None]) -> None:
    """Writes them all; `told` hears how many are written."""
    left = iter(journeys)
    with closing(Identities(dsn, keys, size=WRITERS)) as identities, ThreadPoolExecutor(WRITERS) as writers:

        def write(journey: UUID) -> None:
            identities.put(client(journey), actor=MILA.id)

        done = 0
        while some := list(islice(left, _AT_ONCE)):
            list(writers.map(write, some))
            done += len(some)
            told(done)
