"""The catalogue, its two scripts, and every page in three of them: nothing leaks, nothing is missing."""

from __future__ import annotations

import re
from enum import Enum
from importlib import resources
from uuid import UUID

import httpx
import pytest

from analysis.disclosure.catalogue import TABLES
from analysis.reports.registry import NotRecorded
from domain import codes
from domain.attendance.state import Presence
from domain.contact import codes as contact_codes
from domain.handover.values import HandoverPhase, HandoverReason, ItemStatus
from domain.journey.approval.state import ApprovalStatus, Objection, VoidCause
from domain.journey.consent import WithdrawalScope
from domain.journey.document import codes as document_codes
from domain.journey.document.parts import FilePart
from domain.journey.emergency.state import EmergencyFinding, EmergencyReason
from domain.journey.hearing import codes as hearing_codes
from domain.journey.proceedings import codes as legal
from domain.journey.reintegration import codes as reintegration_codes
from domain.journey.residence.codes import ApplicationOutcome, EndReason, PermitStatus
from domain.journey.returning import codes as return_codes
from domain.journey.safety.rules import Answerer, Bar, ContactChannel, LeftMessage, Suspension, Weekday
from domain.journey.safety.state import AlertReason
from domain.journey.service import codes as service_codes
from domain.journey.service_plan.state import GoalProgress
from domain.journey.standing import DataCategory
from domain.journey.state import LinkStatus, StepStatus
from domain.law import Standing
from domain.mission import codes as mission_codes
from domain.pathway.approvals import ApprovalMatter
from domain.pathway.assessment import Level
from domain.pathway.condition import ConsentLeaf, FactName, StageIs, StepIs
from domain.pathway.consent import LegalGround
from domain.pathway.formal_status import FormalStatus
from domain.pathway.hearings import Matter, Side
from domain.pathway.model import StepKind, Unit
from domain.pathway.plan import Approval
from domain.pathway.reintegration import Criterion
from domain.pathway.returning import Preparation, ReturnDirection, ReturnPurpose
from domain.provider import codes as provider_codes
from domain.refusal import RefusalCode, Unmet
from domain.rights.member import Post
from projections.journey_file.queries import file
from projections.my_day.queries import DayGroup
from staff.forms.action import ACTIONS
from staff.forms.derived.form import FORMS
from staff.i18n.catalogue import LANGUAGES, catalogue, sources
from staff.i18n.latin import latin
from staff.i18n.locale import Locale
from staff.i18n.words import Words
from staff.pages.explaining import condition
from staff.pages.report_words import LISTS
from staff.titles import Titles
from tests.pathway_examples import small_pathway
from tests.staff.conftest import acts_as
from tests.staff.document_pages import document_pages
from tests.staff.house import House
from tests.staff.office import administration_pages, office_pages
from tests.staff.paper import OF_A_CASE, Worker, a_stalled_row, case_forms, every_journey, leads
from vault.accesses import AccessKind, RevealPurpose
from vault.identity import IdentityField, NameUse
from vault.refusals import PasswordFault
from vault.roll import SearchBy
from vault.sessions import Device, Proof
from vault.sign_ins import SignInAct
from vault.staff_changes import StaffChangeKind
from worker.demo.providers import DIRECTORY
from worker.demo.staff import NADA, OGNJEN, VERA, ZORA

CYRILLIC = re.compile(r"[\u0400-\u04ff]+")
LATIN_WORD = re.compile(r"[A-Za-zčćžšđČĆŽŠĐ]{3,}")
ENUMS: tuple[type[Enum], ...] = (
    *(
        e
        for module in (codes, hearing_codes, contact_codes, mission_codes)
        for e in vars(module).values()
        if isinstance(e, type) and issubclass(e, Enum) and e.__module__ == module.__name__
    ),
    Matter,
    Side,
    StepKind,
    StepStatus,
    LinkStatus,
    FormalStatus,
    PermitStatus,
    ApplicationOutcome,
    EndReason,
    FactName,
    DayGroup,
    Standing,
    *(
        e
        for module in (document_codes, service_codes, provider_codes, legal, return_codes, reintegration_codes)
        for e in vars(module).values()
        if isinstance(e, type) and issubclass(e, Enum) and e.__module__ == module.__name__
    ),
    WithdrawalScope,
    DataCategory,
    LegalGround,
    Level,
    Approval,
    ApprovalMatter,
    ApprovalStatus,
    VoidCause,
    Objection,
    ContactChannel,
    LeftMessage,
    Answerer,
    Weekday,
    Suspension,
    Bar,
    AlertReason,
    GoalProgress,
    ReturnDirection,
    ReturnPurpose,
    Preparation,
    Criterion,
    Presence,
    EmergencyReason,
    EmergencyFinding,
    Device,
    Proof,
    SignInAct,
    PasswordFault,
    HandoverReason,
    HandoverPhase,
    ItemStatus,
    IdentityField,
    NameUse,
    RevealPurpose,
    AccessKind,
    SearchBy,
    Post,
    StaffChangeKind,
    FilePart,
    *dict.fromkeys(listed for lists in LISTS.values() for listed in lists),
    NotRecorded,
)
NAMES_OF_OURS = {"Putokaz", "API", "openapi", "json", "PDF", "XLSX", "CSV"}
FORMATS = {
    "JPEG",
    "PNG",
    "WebP",
    "HEIC",
    "DOCX",
    "XLSX",
    "ODT",
    "ODS",
    "SVG",
    "UTF",
    "MB",
    "KB",
    "Word",
    "Excel",
    "Office",
    "CSV",
    "CTDC",
    "HTCDS",
    "JSON",
    "OCEL",
    "Parquet",
    "SHA",
    "SQLite",
    "XES",
    "iCalendar",
}
"""As they are written in either script."""
NAMES_OF_OURS |= FORMATS
ENGLISH = re.compile(
    r"\b(the|and|case|step|skip|main|content|menu|error|there|open|close|next|save|cancel|day|you)\b", re.I
)


@pytest.mark.parametrize("enum", ENUMS, ids=lambda e: str(e.__name__))
@pytest.mark.parametrize("locale", Locale)
def test_every_code_has_a_name_in_every_language(enum: type[Enum], locale: Locale) -> None:
    """No page ever shows a raw code."""
    for code in enum:
        assert Words(locale).label(code).strip()


@pytest.mark.parametrize("code", RefusalCode)
def test_every_refusal_says_why_and_what_to_do(code: RefusalCode) -> None:
    """In both languages, as a sentence."""
    for locale in Locale:
        for key in ("why", "do"):
            assert Words(locale)(f"refusal.{code.value}.{key}").endswith((".", "”."))


def test_every_condition_can_be_put_into_words() -> None:
    """Whatever kind of leaf blocks a step, wanted or forbidden."""
    leaves = [Unmet(kind="step", name="contact", wants=s.value) for s in StepIs]
    leaves += [Unmet(kind="stage", name="intake", wants=s.value) for s in StageIs]
    leaves += [Unmet(kind="fact", name=f.value, wants="true") for f in FactName]
    leaves += [ConsentLeaf(consent=p).unmet() for p in codes.ConsentPurpose]
    leaves += [Unmet(kind="role", name=r.value, wants="assigned") for r in codes.Role]
    leaves += [Unmet(kind="return", name=p.value, wants="ready") for p in Preparation]
    leaves += [Unmet(kind="criterion", name=c.value, wants="met") for c in Criterion]
    leaves += [Unmet(kind="return-document", name="passport", wants=w) for w in ("ready", "valid")]
    leaves += [Unmet(kind="milestone", name="plan-agreed", wants="reached")]
    for locale in Locale:
        titles = Titles(small_pathway(), Words(locale))
        for leaf in (*leaves, *(one.model_copy(update={"negated": True}) for one in leaves)):
            assert "{" not in condition(leaf, titles)


@pytest.mark.parametrize("unit", Unit)
def test_lengths_take_the_plural_of_their_number(unit: Unit) -> None:
    """One, few and many differ in Serbian; 21 is one, 11 and 12 are many."""
    words = Words(Locale.SERBIAN_LATIN)
    said = {n: words.count(f"span.{unit.value}", n).partition(" ")[2] for n in (1, 2, 5, 11, 12, 21, 22)}
    assert said[1] == said[21]
    assert said[2] == said[22]
    assert said[5] == said[11] == said[12]
    assert said[1] != said[2]


def test_serbian_is_written_in_cyrillic_only() -> None:
    """Latin is derived: a Latin letter in the source would stay as it is in Cyrillic pages."""
    allowed = {"API", "PK", "PDF", *FORMATS}
    for entry in catalogue().values():
        for text in entry.forms["sr"].values():
            found = set(re.findall(r"[A-Za-z]{2,}", re.sub(r"\{\w+\}|PK-\w+", "", text))) - allowed
            assert not found, (entry.key, found)


def test_english_holds_no_cyrillic() -> None:
    """The other way round."""
    for entry in catalogue().values():
        assert not any(CYRILLIC.search(text) for text in entry.forms["en"].values()), entry.key


def test_both_languages_take_the_same_values() -> None:
    """A placeholder that one language lacks would hide something from its readers."""
    for entry in catalogue().values():
        names = [
            {n for text in entry.forms[lang].values() for n in re.findall(r"\{(\w+)\}", text)} for lang in LANGUAGES
        ]
        assert names[0] == names[1], entry.key


def test_every_file_says_whether_it_was_reviewed() -> None:
    """Until a native professional of the field has read them, they say so."""
    assert all(source.get("reviewed") is False for source in sources().values())


@pytest.mark.parametrize(
    ("cyrillic", "wanted"),
    [
        ("Његош", "Njegoš"),
        ("ЊЕГОШ", "NJEGOŠ"),
        ("ЉУБАВ и Љубав", "LJUBAV i Ljubav"),
        ("ЏЕП, Џеп, БАЏ", "DŽEP, Džep, BADŽ"),
        ("КОЊ", "KONJ"),
        ("Надживети инјекцију", "Nadživeti injekciju"),
        ("PK-7QW2M0X и {count}", "PK-7QW2M0X i {count}"),
    ],
)
def test_latin_keeps_capitals_right(cyrillic: str, wanted: str) -> None:
    """Digraphs are capital twice among capitals and once at the head of a word."""
    assert latin(cyrillic) == wanted


def test_names_are_never_transliterated() -> None:
    """Values are put in after the change of script."""
    assert "Ђорђе" in Words(Locale.SERBIAN_LATIN)("what.assigned", who="Ђорђе", role="x")


def test_templates_use_only_messages_that_exist() -> None:
    """A key that the catalogue lacks would break the page on the day it is first needed."""
    keys = set(catalogue())
    for template in (resources.files("staff") / "templates").iterdir():
        used = re.findall(r"""\b[tn]\(\s*["']([\w.-]+)["']\s*[,)]""", template.read_text("utf-8"))
        assert set(used) <= keys, (template.name, set(used) - keys)


def _pages(house: House) -> list[str]:
    """Every page that can be read: lists, files of every kind, and the form of every action."""
    row = a_stalled_row(house)
    base = f"/journeys/{row.journey}"
    about = {
        "advance": row.step,
        "correct": row.step,
        "schedule": row.step,
        "stall": row.step,
        "resume": row.step,
        "open-step": "interpreter",
        "enter-stage": "repatriation",
        "leave-stage": row.stage,
        "assign": "lawyer",
        "unassign": "caseworker",
        "withdraw-consent": "assistance",
        "nudge": row.part,
        "unlink": str(UUID(int=1)),
    }
    forms = [
        f"{base}/{word}" + (f"/{about[word]}" if word in about else "")
        for word in ACTIONS
        if word not in OF_A_CASE | {"open"} | set(FORMS)
    ]
    opening = f"/journeys/{UUID(int=7)}/open"
    files = [f"/journeys/{journey}" for journey in every_journey(house)]
    lists = [
        "/",
        "/?cause=overdue",
        "/?place=nowhere",
        "/day",
        "/day?group=later",
        "/hearings",
        "/hearings?group=undated",
        "/hearings/week",
        "/hearings/month",
        "/journeys",
        "/journeys?phase=any",
        "/journeys?caseworker=me&due=overdue&cause=overdue&opened_from=2025-01-01&sort=due",
        "/views",
        "/supervision",
        "/replay/flow?nodes=0&edges=0",
        "/replay/flow?to=2000-01-01",
        "/replay/reports",
        "/replay/releases",
        *(f"/replay/releases?table={code}&period=2026-Q2" for code in TABLES),
        "/replay/reports/status-reports?period=2026-Q3&known=2026-09-20&against=2026-11-20",
        "/replay/reports/serbia-year?period=2026",
        "/replay/reports/calls/behind?period=2026&cell=2026-03&cell=partner",
        "/replay/what-if",
        "/replay/exports",
        "/replay/exports/new",
        "/replay/imports",
        "/replay/migrate?version=astra/1",
        "/search",
        "/accesses",
        f"{base}/replay?day=2026-11-10&time=10:00&other=2026-11-22",
        f"{base}/replay?at=1999-01-01&clock=occurred",
        "/replay",
        *(f"/replay/boards/{board}?at=2026-11-10&other=2026-11-22" for board in ("stalled", "list", "hearings")),
        f"{base}/events",
        "/replay/events",
        "/replay/events?who=clock&from=2026-11-02",
        f"{base}/refusals",
        f"{base}/identity",
        f"{base}/identity/edit",
        *document_pages(house, row.journey),
        "/missions",
        f"/missions/{UUID(int=9)}/plan",
        "/contacts",
        "/contacts/blank",
        f"/contacts/{UUID(int=8)}/log",
        *office_pages(),
    ]
    lost = ["/journeys?code=PK-00000", f"/journeys/{UUID(int=3)}", "/nowhere", f"{base}/advance/nothing"]
    return [*lists, *files, *forms, *case_forms(house), opening, *lost]


def whose(path: str, caseworker: UUID) -> UUID:
    """Whose page it is: consents are the caseworker's; in an emergency somebody opens a case who is not of it."""
    if "-consent" in path:
        return caseworker
    if any(f"/{word}" in path for word in OF_A_CASE if "-service" not in word):
        return OGNJEN.id
    if "/open-emergency" in path:
        return NADA.id
    return ZORA.id if path.startswith("/admin") else VERA.id


@pytest.mark.parametrize("locale", Locale)
async def test_no_page_leaks_another_language(house: House, browser: httpx.AsyncClient, locale: Locale) -> None:
    """Every page in every locale: no Cyrillic in Latin or English pages, no Latin or English words in Cyrillic ones."""
    worker = await Worker(browser).speak(locale.value)
    names = {part for person in house.desk.staff() for part in person.name.split()} | NAMES_OF_OURS
    names |= {entry.name.partition(",")[0] for entry in DIRECTORY}  # as somebody wrote it, in whatever script
    caseworker = leads(house, a_stalled_row(house).journey)
    for path in (*_pages(house), *administration_pages()):
        acts_as(browser, whose(path, caseworker))
        answer = await browser.get(path)
        assert answer.status_code in {200, 303, 404, 409}, (path, answer.status_code)
        if answer.status_code == 303:
            continue
        text = (await worker.read(path, answer.status_code)).text
        for name in sorted(names, key=len, reverse=True):
            text = text.replace(name, "")
        text = re.sub(r"P[KVZMSDE]-?[0-9A-Z]*|\b[0-9a-f]{12,64}\b|\b[A-Z]{2,5} \d+\w*|\{\}", "", text)
        if locale is Locale.SERBIAN_CYRILLIC:
            assert not LATIN_WORD.findall(text), path
        else:
            assert not CYRILLIC.findall(text), path
        if locale is Locale.SERBIAN_LATIN:
            assert not ENGLISH.findall(text), path


async def test_a_file_speaks_of_every_event_it_holds(house: House, browser: httpx.AsyncClient) -> None:
    """No line of the whole caseload falls back to "written by a newer release"."""
    worker = await Worker(browser).speak("en")
    for journey in every_journey(house):
        path: str | None = f"/journeys/{journey}"
        found = file(house.reader, journey)
        assert found is not None
        before = found.version + 1
        while before > 1:
            page = await worker.read(f"{path}?before={before}")
            assert "newer release" not in page.text
            before -= 25
