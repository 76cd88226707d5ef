"""Folded names, each key worked out by hand; and that both scripts, and folding twice, give the same."""

from __future__ import annotations

import cyrtranslit
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vault.folding import folded, spellings, words

SERBIAN = "абвгдђежзијклљмнњопрстћуфхцчџш"
FOLDED = {
    # Both scripts, and capitals.
    "Ђорђевић Милица": "djordjevic milica",
    "Milica Đorđević": "djordjevic milica",
    "MILICA DJORDJEVIĆ": "djordjevic milica",
    "ЉИЉАНА ЊЕГОШ": "ljiljana njegos",
    "Џемила Џанић": "dzanic dzemila",
    "Ćirić-Žarković Šćepan": "ciric scepan zarkovic",
    # One letter that looks like two, in one code point.
    "ǈubica": "ljubica",
    "ǋegoš": "njegos",
    "ǄEMILA": "dzemila",
    # Đ and what is typed for it: eth and African D look the same.
    "Ðorđe": "djordje",
    "Ɖorɖe": "djordje",
    "Ђорђе": "djordje",
    "Dorde": "dorde",
    # Marks: composed, decomposed, for stress, and Montenegrin letters, of which some have no code point of their own.
    "c\u030carapic\u0301": "carapic",
    "Ми̏лица": "milica",
    "З́енка С́екулић": "sekulic zenka",
    # Order, punctuation, blanks of every kind, what is invisible.
    "Petrović,  Jovana (Jova)": "jova jovana petrovic",
    "jovana\u00a0petrović\u200b": "jovana petrovic",
    "O'Neill d’Arc": "darc oneill",
    "Ана-Марија": "ana marija",
    # Other languages of clients.
    "Ѓорѓи Ќосев": "gjorgji kjosev",
    "Андрей Щербаков": "andrej scerbakov",
    "Юлия Семёнова": "julija semenova",
    "Соломія Їжак": "izak solomija",
    "Łucja Bjørn Çelik Größe": "bjorn celik grosse lucja",
    "محمد": "محمد",
    "": "",
    " -–. ": "",
}


@pytest.mark.parametrize(("typed", "key"), FOLDED.items())
def test_a_name_has_the_key_that_was_worked_out_for_it(typed: str, key: str) -> None:
    """Words to Latin, marks off, sorted."""
    assert folded(typed) == key


@pytest.mark.parametrize(
    ("word", "written"),
    [
        ("djordjevic", ("djordjevic", "dordevic")),
        ("dordevic", ("dordevic",)),
        ("nadja", ("nadja", "nada")),
        ("djjd", ("djjd", "dd")),
        ("milica", ("milica",)),
    ],
)
def test_a_word_with_dj_is_written_with_d_as_well(word: str, written: tuple[str, ...]) -> None:
    """As passports have it."""
    assert spellings(word) == written


@pytest.mark.parametrize("one", ["Ђорђевић", "Đorđević", "Ðorđević", "Djordjević", "Dordevic", "ĐORDJEVIC"])
@pytest.mark.parametrize("other", ["Ђорђевић", "Đorđević", "Ðorđević", "Djordjević", "Dordevic", "ĐORDJEVIC"])
def test_every_way_to_write_it_shares_a_spelling_with_every_other(one: str, other: str) -> None:
    """Also a mixed one."""
    assert set(spellings(folded(one))) & set(spellings(folded(other)))


def test_jovan_is_not_jovana() -> None:
    """What is alike is no more than that."""
    assert folded("Јован") != folded("Јована")


@given(st.text())
def test_folding_twice_is_folding_once(typed: str) -> None:
    """Of any text at all, also word by word and spelling by spelling."""
    assert folded(folded(typed)) == folded(typed)
    for word in words(typed):
        for spelling in spellings(word):
            assert words(spelling) == (spelling,)
            assert spellings(spelling)[-1] == spellings(word)[-1]


@given(st.text(alphabet=SERBIAN + SERBIAN.upper() + " -"))
def test_a_name_in_either_script_has_one_key(cyrillic: str) -> None:
    """Transliterated by somebody else's table."""
    assert folded(cyrtranslit.to_latin(cyrillic, "sr")) == folded(cyrillic)


@given(st.permutations(["Ђорђевић", "Milica", "Ана"]))
def test_the_order_of_words_is_nothing(order: list[str]) -> None:
    """Family name first or last."""
    assert folded(" ".join(order)) == "ana djordjevic milica"


@given(st.text())
def test_what_is_left_are_words_without_capitals_or_marks(typed: str) -> None:
    """One blank between them, none around."""
    key = folded(typed)
    assert key == key.casefold() == " ".join(sorted(key.split()))
    assert all(word.isalnum() for word in key.split())
