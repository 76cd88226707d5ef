"""A malformed pathway file names line, step and cause, and says what to do."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
import yaml

from activities.pathway_reading import read_pathway
from activities.pathway_yaml import Document
from domain.pathway.model import Unit
from worker.settings import CHECKOUT

GOOD = """\
pathway: walk
version: 1
title: {sr: Шетња, en: Walk}
stages:
  - stage: start
    title: {sr: Почетак, en: Start}
    enter_when: {all: []}
    steps:
      - step: meet
        title: {sr: Сусрет, en: Meet}
        role: caseworker
        due: {within: {count: 2}}
        remind: [{before: {count: 1}}]
        escalate: &usual
          - {after: {count: 1}, to: supervisor}
          - {after: {count: 3}, to: on-call}
      - step: go
        title: {sr: Полазак, en: Go}
        role: caseworker
        open_when:
          all:
            - {step: meet, is: done}
            - {consent: assistance}
        due: {within: {count: 5}}
        escalate: *usual
"""


def problems(text: str) -> tuple[str, ...]:
    """What reading says about a text that must not be taken."""
    reading = read_pathway(text.encode())
    assert reading.pinned is None
    return reading.problems


def test_a_good_file_is_read_with_its_pin() -> None:
    """The sha256 is that of the exact bytes, comments included."""
    content = ("# a comment\n" + GOOD).encode()
    reading = read_pathway(content)
    assert reading.problems == ()
    assert reading.pinned is not None
    assert reading.pinned.pin.sha256 == sha256(content).hexdigest()
    assert reading.pinned.pathway.stages[0].steps[1].escalate == reading.pinned.pathway.stages[0].steps[0].escalate


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "step: meet, is: done",
            "step: meat, is: done",
            "line 22, step go: open_when.all.1.step: there is no step meat; did you mean meet?",
        ),
        (
            "role: caseworker\n        open",
            "roll: caseworker\n        open",
            "line 19, step go: roll: unknown key `roll`: did you mean `role`?",
        ),
        ("count: 5", "count: five", "line 24, step go: due.within.count: input should be a valid integer"),
        (
            "count: 5",
            "count: 5, unit: weeks",
            "line 24, step go: due.within.unit: 'weeks' is not known: use "
            "'working-days', 'calendar-days', 'hours' or 'months'",
        ),
        ("- step: go", "- step: Go Out", "line 17, step Go Out: step: 'Go Out' is no key: small letters"),
        ("- step: go", "- step: meet", "line 17, step meet: step: there are two steps meet"),
        (
            "{consent: assistance}",
            "{promise: assistance}",
            "line 23, step go: open_when.all.2: a condition is all, any",
        ),
        ("{consent: assistance}", "{consent: wish}", "line 23, step go: open_when.all.2.consent: 'wish' is not known"),
        ("is: done", "is: over", "line 22, step go: open_when.all.1.is: 'over' is not known: use 'opened', 'done'"),
        ("sr: Полазак", "sr: Пoлазак", "line 18, step go: title.sr: the Serbian text has Latin letters (o)"),
        ("en: Go", "en: Gо", "line 18, step go: title.en: the English text has Cyrillic letters (о)"),
        ("        due: {within: {count: 5}}\n", "", "line 17, step go: `due` is missing: add it"),
        (
            "{after: {count: 3}, to: on-call}",
            "{after: {count: 3}, to: lawyer}",
            "line 14, step meet: escalate: the escalation ends at lawyer: add a last rung with `to: on-call`",
        ),
        (
            "before: {count: 1}",
            "before: {count: 3}",
            "line 13, step meet: remind.1.before: a reminder 3 working-days "
            "before a term of 2 working-days would never be sent",
        ),
        (
            "enter_when: {all: []}",
            "enter_when: {step: go, is: done}",
            "line 7, stage start: enter_when: stage start can never be entered: it waits for step go done",
        ),
    ],
)
def test_a_fault_names_line_step_and_cause(old: str, new: str, said: str) -> None:
    """One change to a good file, one sentence that leads to it."""
    assert GOOD.count(old) == 1
    found = problems(GOOD.replace(old, new))
    assert any(line.startswith(said) for line in found), found


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "line 1: the file is empty"),
        ("- a\n- b\n", "line 1: a pathway is a mapping"),
        ("pathway: walk\nversion: [1\n", "line 3: not YAML"),
        ("pathway: walk\n\tversion: 1\n", "line 2: not YAML"),
        (
            GOOD.replace("version: 1", "version: 1\nversion: 2"),
            "line 3: the key `version` stands twice, first in line 2",
        ),
        (GOOD.replace("version: 1", "version: !!int 1"), "line 2: tags such as"),
        (GOOD.replace("version: 1", "version: !!python/object:os.system 1"), "line 2: tags such as"),
        (GOOD.replace("        escalate: *usual", "        <<: *usual"), "line 25: merge keys"),
        (GOOD.replace("*usual", "*other"), "line 25: not YAML"),
        ("pathway: &a [*a]\n", "line 1: nested too deeply, or an alias contains itself"),
        (
            "a: &a [x, x]\nb: &b [*a, *a]\n"
            + "".join(f"c{n}: &c{n} [*{p}, *{p}]\n" for n, p in enumerate(["b", *(f"c{k}" for k in range(20))])),
            "line 1: nested too deeply, or an alias contains itself",
        ),
        ("a: " + "[" * 3000 + "]" * 3000, "line 1: nested too deeply"),
        (GOOD.replace("\n", "\r\n"), "line 1: Windows line ends"),
        ("\ufeff" + GOOD, "line 1: the file begins with a byte order mark"),
        (GOOD + "---\na: 1\n", "line 26: not YAML"),
        (GOOD.replace("en: Walk", "en: \x07"), "line 3: not YAML: a control character"),
        ("#" * (600 * 1024), "line 1: the file has 614400 bytes, more than 524288"),
    ],
)
def test_what_is_no_yaml_of_ours_is_refused_with_its_line(text: str, said: str) -> None:
    """Broken, hostile or ambiguous YAML never reaches the models."""
    found = problems(text)
    assert len(found) == 1
    assert found[0].startswith(said)


def test_bytes_that_are_not_utf8_are_refused_with_their_line() -> None:
    """As saved by an editor with a Windows code page."""
    reading = read_pathway(GOOD.encode("utf-8").replace("Шетња".encode(), "Шетња".encode("cp1251")))
    assert reading.problems == ("line 3: not UTF-8: save the file as UTF-8",)


def test_every_fault_is_told_at_once_in_the_order_of_the_file() -> None:
    """An author corrects a file in one go."""
    found = problems(GOOD.replace("role: caseworker", "role: boss").replace("version: 1", "version: 0"))
    assert [line.split(":")[0].split(",")[0] for line in found] == ["line 2", "line 11", "line 19"]


def test_a_fault_in_a_shared_ladder_is_told_once_where_it_is_written() -> None:
    """The alias in another step does not repeat it."""
    found = problems(GOOD.replace("to: supervisor", "to: boss"))
    assert len(found) == 1
    assert found[0].startswith("line 15, step meet: escalate.1.to: 'boss' is not known")


def test_times_and_words_mean_what_they_look_like() -> None:
    """YAML 1.1 would read 16:30 as 990 and `no` as false."""
    text = GOOD.replace("stages:", "day: {starts: 08:30, ends: 16:30}\nstages:").replace("en: Walk", "en: no")
    reading = read_pathway(text.encode())
    assert reading.pinned is not None
    assert f"{reading.pinned.pathway.day.ends:%H:%M}" == "16:30"
    assert reading.pinned.pathway.title.en == "no"


def test_a_file_must_say_the_same_as_its_place() -> None:
    """A version copied to a new file and not renumbered is noticed."""
    reading = read_pathway(GOOD.encode(), name="ride", version=2)
    assert [p.split(":")[0] for p in reading.problems] == ["line 1", "line 2"]


def test_warnings_do_not_keep_a_pathway_from_being_used() -> None:
    """They are shown by the check and no more."""
    text = GOOD.replace("enter_when: {all: []}\n", "enter_when: {fact: reopened}\n")
    reading = read_pathway(text.encode())
    assert reading.pinned is not None
    assert reading.warnings == (
        "line 4: stages: no stage is entered when a journey opens: give the first one `enter_when: {all: []}`",
    )


def test_units_default_to_working_days() -> None:
    """What a file does not say is what the model says."""
    reading = read_pathway(GOOD.encode())
    assert reading.pinned is not None
    assert reading.pinned.pathway.stages[0].steps[0].due.within.unit is Unit.WORKING_DAYS


@pytest.mark.parametrize(
    "file", sorted(CHECKOUT.glob("pathways/*/*.yaml")), ids=lambda file: f"{file.parent.name}-{file.stem}"
)
def test_a_machine_without_libyaml_reads_the_same(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Values and lines; the quick parser is a matter of time alone."""
    quick = Document(file.read_bytes())
    monkeypatch.setattr(yaml, "__with_libyaml__", False)
    slow = Document(file.read_bytes())
    assert quick.value == slow.value
    paths = list(places(quick.value))
    assert len(paths) > 100
    assert [quick.line(path) for path in paths] == [slow.line(path) for path in paths]


def places(value: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Every place in a document."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in inner:
        yield (*path, key)
        yield from places(child, (*path, key))
