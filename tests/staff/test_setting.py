"""A paper as PDF: what is read back is what was given, whatever it looks like, in both scripts, on numbered pages."""

from __future__ import annotations

import io

import pypdf
import pytest

from staff.i18n.locale import Locale
from staff.i18n.words import Words
from staff.printing.paper import Entry, Paper, Section
from staff.printing.setting import pdf

HOSTILE = (
    '#panic("x")',
    '#read("/etc/passwd")',
    "#import sys: inputs",
    "$x^2$ *b* _i_ `r` <label> @ref = heading",
    "] #sys.inputs [",
    '"} #{1+1} {"',
    "\\u{1F600} \\",
    "// gone /* gone */",
    "https://example.org ~ -- ---",
    "{page} {pages}",
)


def _paper(locale: Locale, texts: tuple[str, ...]) -> Paper:
    return Paper(
        title="Случај PK-7QW2M0X",
        footer="Поверљиво. Mila Đokić",
        page_of=Words(locale)("paper.page-of", page="{page}", pages="{pages}"),
        language=locale.language,
        facts=[("Стање", "отворен"), ("Čuvar", "Žüñiga")],
        sections=[Section("Историја", [Entry(text, (text, text), text) for text in texts])],
    )


def read(content: bytes) -> list[str]:
    """The text of each page, on one line."""
    return [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(content)).pages]


@pytest.mark.parametrize("locale", Locale)
def test_both_scripts_are_there_and_every_page_is_numbered(locale: Locale) -> None:
    """Code and footer on each."""
    texts = tuple(f"Његош, Ђурђа, Љиљана, Џорџ, šđčćž ŠĐČĆŽ {n}" for n in range(60))
    pages = read(pdf(_paper(locale, texts)))
    assert len(pages) > 2
    for number, page in enumerate(pages, start=1):
        assert "PK-7QW2M0X" in page
        assert "Поверљиво. Mila Đokić" in page
        assert Words(locale)("paper.page-of", page=number, pages=len(pages)) in page
    whole = " ".join(pages)
    assert all(whole.count(text) >= 1 for text in texts)


def test_no_text_is_read_as_markup() -> None:
    """Each stands there letter by letter; nothing is calculated, imported or left out."""
    whole = "".join(read(pdf(_paper(Locale.SERBIAN_CYRILLIC, HOSTILE)))).replace(" ", "")
    for text in HOSTILE:
        assert whole.count(text.replace(" ", "")) >= 4, text


def test_what_it_says_of_itself_names_nobody() -> None:
    """No title, author or date."""
    said = pypdf.PdfReader(io.BytesIO(pdf(_paper(Locale.ENGLISH, ())))).metadata
    assert said is not None
    assert set(said) <= {"/Creator"}
