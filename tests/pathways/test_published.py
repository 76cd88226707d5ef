"""The pathways in this repository: valid, unchanged since they were published, and discreet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from activities.pathway_files import PathwayStore, read_file
from activities.pathway_reading import read_pathway
from domain.codes import ConsentPurpose, Mover, Role
from domain.pathway.check_safety import section_titles
from domain.pathway.check_standing import titles_of_standing
from domain.pathway.condition import ConsentLeaf, leaves
from domain.pathway.drawing import draw
from domain.pathway.formal_status import FormalStatus
from domain.pathway.model import Anchor, Pathway, Span, Title, Unit
from domain.pathway.references import all_conditions
from domain.pathway.schema import schema_text
from domain.pathway.wording import Language

ROOT = Path(__file__).parents[2]
STORE = PathwayStore(ROOT / "pathways")
FILES = sorted((ROOT / "pathways").glob("*/*.yaml"))
ASTRA = STORE.latest("astra").pathway
REVEALING = re.compile(r"жртв|трговин|експлоатац|проститу|насиљ|хив|victim|traffick|exploit|prostitut|violen|hiv", re.I)


def titles(pathway: Pathway) -> Iterator[Title]:
    """Every title that may stand in a list, a reminder or a calendar."""
    yield pathway.title
    for stage in pathway.stages:
        yield stage.title
        yield from (step.title for step in stage.steps)
    yield from (milestone.title for milestone in pathway.milestones)
    yield from (title for _, title in section_titles(pathway))
    yield from (title for _, title in titles_of_standing(pathway.formal_status, pathway.screening, pathway.residence))


@pytest.mark.parametrize("file", FILES, ids=lambda f: f"{f.parent.name}-{f.stem}")
def test_every_file_is_valid_without_a_warning(file: Path) -> None:
    """What we publish is an example to others."""
    reading = read_file(file)
    assert (reading.problems, reading.warnings) == ((), ())


def test_no_published_version_was_changed() -> None:
    """Running journeys pin them by sha256: a change is a new version."""
    assert STORE.changed() == []


def test_the_schema_is_that_of_the_models() -> None:
    """Else an editor would accept what the worker refuses."""
    assert (ROOT / "pathways" / "schema.json").read_text("utf-8") == schema_text()


@pytest.mark.parametrize("name", STORE.names())
def test_the_drawing_in_the_documentation_is_current(name: str) -> None:
    """It is drawn from the latest version."""
    drawn = draw(STORE.latest(name).pathway, Language.SERBIAN)
    assert (ROOT / "docs" / "pathways" / f"{name}.svg").read_text("utf-8") == drawn + "\n"


@pytest.mark.parametrize("pathway", [p.pathway for p in STORE.all()], ids=lambda p: p.pathway)
def test_no_title_says_why_somebody_is_a_client(pathway: Pathway) -> None:
    """Titles travel further than the pages of staff."""
    assert [t for t in titles(pathway) if REVEALING.search(t.sr) or REVEALING.search(t.en)] == []


def test_the_pathway_of_astra_has_its_five_stages() -> None:
    """Parallel regions, each with its main steps."""
    assert [stage.stage for stage in ASTRA.stages] == [
        "identification",
        "recovery",
        "legal-proceedings",
        "repatriation",
        "reintegration",
    ]
    # What a return or a hearing needs is owed by its section: the stage has only what is no part of it.
    assert all(len(stage.steps) >= 6 for stage in ASTRA.stages if stage.stage != "repatriation")


def test_a_return_begins_only_by_a_decision() -> None:
    """Nothing else may bring a client onto the way home."""
    repatriation = ASTRA.find_stage("repatriation")
    assert repatriation is not None
    assert repatriation.enter_when is None


def test_services_wait_for_their_consent() -> None:
    """Each of these purposes stands in the way of at least one step or stage, or of a return."""
    asked = {leaf.consent for _, c in all_conditions(ASTRA) for leaf in leaves(c) if isinstance(leaf, ConsentLeaf)}
    assert ASTRA.returning is not None
    asked.add(ASTRA.returning.consent)
    assert asked >= {
        ConsentPurpose.ACCOMMODATION,
        ConsentPurpose.MEDICAL,
        ConsentPurpose.PSYCHOLOGICAL,
        ConsentPurpose.LEGAL_REPRESENTATION,
        ConsentPurpose.REFERRAL,
        ConsentPurpose.REPATRIATION,
        ConsentPurpose.CONTACT_WITH_FAMILY,
    }


def test_a_court_date_has_the_whole_ladder() -> None:
    """Thirty, fourteen, seven, three days, one day and two hours before; whoever accompanies hears of it too."""
    assert ASTRA.hearings is not None
    for ladder in ASTRA.hearings.ladders:
        days = [r.before.count for r in ladder.remind if r.before.unit is Unit.CALENDAR_DAYS]
        assert days == [30, 14, 7, 3, 1], ladder.ladder
        assert ladder.remind[-1].before == Span(count=2, unit=Unit.HOURS)
    company = {c.role for ladder in ASTRA.hearings.ladders for c in ladder.companions}
    assert Role.CONSULTANT in company


def test_no_step_has_a_term_of_the_law_or_the_date_of_a_court() -> None:
    """Hearings, terms and permits are owed by their sections: a step besides would tell of them twice."""
    courts = {"legal-proceedings": Mover.COURT, "recovery": Mover.COURT}
    for stage in ASTRA.stages:
        for step in stage.steps:
            assert not (step.due.after is Anchor.APPOINTMENT and step.waits_on is courts.get(stage.stage)), step.step
            assert step.due.within.unit is not Unit.CALENDAR_DAYS or step.due.article is None, step.step


@pytest.mark.parametrize(
    ("kind", "article", "lasts", "renewable"),
    [
        ("recovery", "ZS 62", Span(count=90, unit=Unit.CALENDAR_DAYS), False),
        ("protection", "ZS 63", Span(count=12, unit=Unit.MONTHS), True),
        ("humanitarian", "ZS 61 (3)", Span(count=6, unit=Unit.MONTHS), True),
    ],
)
def test_the_kinds_of_residence_are_those_of_the_law(kind: str, article: str, lasts: Span, renewable: bool) -> None:
    """Two grounds that match two statuses, and the humanitarian one; none bears the name of a status."""
    assert ASTRA.residence is not None
    found = ASTRA.residence.find_kind(kind)
    assert found is not None
    assert (found.article, found.lasts, found.renewable) == (article, lasts, renewable)
    assert not {k.kind for k in ASTRA.residence.kinds} & {status.value for status in FormalStatus}


def test_residence_warns_at_thirty_fourteen_seven_and_three_days() -> None:
    """The supervisor at three; the alarm reaches the supervisor and whoever is on call; revoked by one article."""
    rules = ASTRA.residence
    assert rules is not None
    assert [r.before for r in rules.remind] == [Span(count=n, unit=Unit.CALENDAR_DAYS) for n in (30, 14, 7, 3)]
    assert [r.also for r in rules.remind] == [(), (), (), (Role.SUPERVISOR,)]
    assert set(rules.alarm.to) == {Role.SUPERVISOR, Role.ON_CALL}
    assert rules.revocation.article == "ZS 64"


def test_the_screening_has_the_lists_of_htcds() -> None:
    """Spelled as its field standards spell them, each value once."""
    lists = {
        question.htcds: [choice.htcds for choice in question.choices]
        for form in ASTRA.screening
        for _, question in form.places()
        if question.htcds
    }
    assert {name: len(values) for name, values in lists.items()} == {
        "vic_TypeOfExploitation": 11,
        "vic_TypeOfSexExploitation": 4,
        "vic_MethodsOfControl": 16,
        "vic_MethodOfRecruitment": 10,
        "vic_RelationshipToTrafficker": 3,
    }
    assert all(None not in values and len(set(values)) == len(values) for values in lists.values())


def test_the_example_in_the_documentation_is_a_pathway() -> None:
    """What a reader copies works."""
    text = (ROOT / "docs" / "pathways.md").read_text("utf-8")
    example = text.split("```yaml\n", 1)[1].split("```", 1)[0]
    reading = read_pathway(example.encode())
    assert (reading.problems, reading.warnings) == ((), ())
