"""A drawing says what the pathway says, to eyes and to screen readers, and passes a strict content policy."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from domain.codes import Role
from domain.pathway.condition import StepIs, StepLeaf
from domain.pathway.drawing import draw
from domain.pathway.legend import COLOURS
from domain.pathway.model import Pathway, Span, Title, Unit
from domain.pathway.wording import Language, Wording
from domain.values import Article
from tests.pathway_examples import small_pathway

SVG = "{http://www.w3.org/2000/svg}"
SMALL = small_pathway()
LATIN = str.maketrans(
    dict(
        zip(
            "абвгдђежзијклмнопрстћуфхцчшАБВГДЂЕЖЗИЈКЛМНОПРСТЋУФХЦЧШ",
            "abvgdđežzijklmnoprstćufhcčšABVGDĐEŽZIJKLMNOPRSTĆUFHCČŠ",
            strict=True,
        )
    )
    | {"љ": "lj", "њ": "nj", "џ": "dž", "Љ": "Lj", "Њ": "Nj", "Џ": "Dž"}
)


def to_latin(text: str) -> str:
    """Serbian Cyrillic in Latin letters."""
    return text.translate(LATIN)


def parsed(pathway: Pathway = SMALL, language: Language = Language.ENGLISH) -> ElementTree.Element:
    """The drawing as a tree: it is well-formed."""
    return ElementTree.fromstring(draw(pathway, language))


def words(root: ElementTree.Element) -> str:
    """Every line of text of a drawing."""
    return " ".join(text.text or "" for text in root.iter(f"{SVG}text"))


@pytest.mark.parametrize("language", list(Language))
def test_every_stage_step_and_milestone_is_there(language: Language) -> None:
    """In the language asked for."""
    shown = words(parsed(language=language))
    titles = [s.title for s in SMALL.stages] + [x.title for s in SMALL.stages for x in s.steps]
    for title in titles + [m.title for m in SMALL.milestones]:
        assert all(word in shown for word in getattr(title, language.value).split())


def test_screen_readers_get_a_title_and_a_description() -> None:
    """Named by the root element, with every step in words."""
    root = parsed()
    named = (root.get("aria-labelledby") or "").split()
    told = {e.get("id"): e.text or "" for e in root if e.get("id")}
    assert root.get("role") == "img"
    assert told[named[0]] == "Small pathway · version 1"
    assert all(x.title.en in told[named[1]] for s in SMALL.stages for x in s.steps)


def test_nothing_in_it_needs_a_looser_content_policy() -> None:
    """No style, script, event handler or outside address."""
    for node in parsed().iter():
        assert node.tag.removeprefix(SVG) in {"svg", "g", "title", "desc", "rect", "path", "text"}
        assert not [a for a in node.attrib if a in ("style", "class", "href") or a.startswith("on")]


def test_text_cannot_break_out() -> None:
    """Titles are escaped."""
    hostile = SMALL.model_copy(update={"title": Title(sr="Пут", en='</title><script>"&')})
    root = parsed(hostile)
    assert root.find(f"{SVG}title") is not None
    assert '<script>"&' in words(root)


def test_serbian_latin_is_made_from_cyrillic() -> None:
    """Each finished text goes through the given function; no Cyrillic is left."""
    latin = draw(SMALL, Language.SERBIAN, to_latin)
    assert "Dogovoren bezbedan" in latin
    assert not [c for c in latin if "\u0400" <= c <= "\u04ff"]


def test_every_role_has_a_colour_of_its_own() -> None:
    """And its name stands in the key."""
    assert set(COLOURS) == set(Role)
    assert len(set(COLOURS.values())) == len(Role)


def test_boxes_do_not_overlap_and_stay_on_the_page() -> None:
    """Whatever the number of stages: six make two rows."""
    wide = [s.model_copy(update={"stage": f"stage-{n}"}) for n in range(3) for s in SMALL.stages]
    root = parsed(SMALL.model_copy(update={"stages": tuple(wide)}))
    height = float(root.get("height") or 0)
    rects = [[float(r.get(k) or 0) for k in ("x", "y", "width", "height")] for r in root.iter(f"{SVG}rect")]
    assert all(x + w <= 1280 and y + h <= height for x, y, w, h in rects)
    boxes = [r for r in root.iter(f"{SVG}rect") if r.get("rx") == "4"]
    placed = [[float(r.get(k) or 0) for k in ("x", "y", "width", "height")] for r in boxes]
    assert len(placed) == 3 * sum(len(s.steps) for s in SMALL.stages)
    for n, (x, y, w, h) in enumerate(placed):
        assert not [1 for a, b, c, d in placed[n + 1 :] if x < a + c and a < x + w and y < b + d and b < y + h]


def test_text_stays_on_the_page() -> None:
    """By a generous estimate of the width of a letter, at five stages side by side."""
    five = [s.model_copy(update={"stage": f"stage-{n}"}) for n in range(3) for s in SMALL.stages][:5]
    root = parsed(SMALL.model_copy(update={"stages": tuple(five)}))
    for text in root.iter(f"{SVG}text"):
        end = float(text.get("x") or 0) + len(text.text or "") * float(text.get("font-size") or 0) * 0.55
        assert end <= 1280


@pytest.mark.parametrize(
    ("count", "serbian", "english"),
    [
        (1, "1 радни дан", "1 working day"),
        (2, "2 радна дана", "2 working days"),
        (5, "5 радних дана", "5 working days"),
        (11, "11 радних дана", "11 working days"),
        (21, "21 радни дан", "21 working days"),
        (24, "24 радна дана", "24 working days"),
        (112, "112 радних дана", "112 working days"),
    ],
)
def test_numbers_take_the_right_form(count: int, serbian: str, english: str) -> None:
    """Serbian has three forms."""
    span = Span(count=count, unit=Unit.WORKING_DAYS)
    assert Wording(Language.SERBIAN).span(span) == serbian
    assert Wording(Language.ENGLISH).span(span) == english


def test_a_condition_reads_as_a_sentence() -> None:
    """With brackets where `and` and `or` meet."""
    plan = SMALL.stages[0].steps[1]
    condition = {
        "any": [{"consent": "medical"}, {"all": [{"not": {"milestone": "plan-agreed"}}, {"assigned": "lawyer"}]}]
    }
    other = plan.model_validate({**plan.model_dump(by_alias=True), "open_when": condition})
    assert Wording(Language.ENGLISH).condition(other.open_when, SMALL) == (
        "consent: medical care or (not: milestone: Plan agreed and assigned: lawyer)"
    )


def test_articles_are_cited_in_the_script_of_the_page() -> None:
    """ZKP 432 in Latin, ЗКП 432 in Cyrillic."""
    article: Article = "ZKP 432"
    due = SMALL.stages[0].steps[0].due.model_copy(update={"article": article})
    assert Wording(Language.SERBIAN).due(due).endswith("ЗКП 432")
    assert Wording(Language.SERBIAN, to_latin).due(due).endswith("ZKP 432")
    assert Wording(Language.ENGLISH).due(due).endswith("ZKP 432")


def test_a_line_leads_from_a_condition_to_what_it_opens() -> None:
    """One for each step that waits for another of its stage; none for a negation."""
    before = len(list(parsed().iter(f"{SVG}path")))
    contact = {"not": StepLeaf.model_validate({"step": "contact", "is": StepIs.DONE})}
    plan = SMALL.stages[0].steps[1]
    free = plan.model_validate({**plan.model_dump(by_alias=True), "open_when": contact})
    steps = (SMALL.stages[0].steps[0], free, *SMALL.stages[0].steps[2:])
    stage = SMALL.stages[0].model_copy(update={"steps": steps})
    pathway = SMALL.model_copy(update={"stages": (stage, SMALL.stages[1])})
    assert len(list(parsed(pathway).iter(f"{SVG}path"))) == before - 2
