"""The store of pathways: what is found, what is missing, what was changed behind a journey's back."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from activities.pathway_files import LOCK, PathwayStore, read_file
from domain.errors import PathwayInvalid, PathwayMissing
from domain.pathway.model import Pin
from tests.pathways.test_reading import GOOD


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with versions 1, 2 and 10 of a pathway, all published, and things that are no pathway."""
    (tmp_path / "walk").mkdir()
    (tmp_path / "walk" / "notes.txt").write_text("not a version")
    (tmp_path / "walk" / "01.yaml").write_text("no version either")
    (tmp_path / "empty").mkdir()
    (tmp_path / "schema.json").write_text("{}")
    lines = []
    for version in (1, 2, 10):
        content = GOOD.replace("version: 1", f"version: {version}").encode()
        (tmp_path / "walk" / f"{version}.yaml").write_bytes(content)
        lines.append(f"{sha256(content).hexdigest()}  walk/{version}.yaml\n")
    (tmp_path / LOCK).write_text("".join(lines))
    return tmp_path


def test_names_and_versions_are_those_of_the_files(folder: Path) -> None:
    """In order of number, not of text."""
    store = PathwayStore(folder)
    assert store.names() == ["walk"]
    assert store.versions("walk") == [1, 2, 10]
    assert [p.pin.version for p in store.all()] == [1, 2, 10]


def test_the_latest_is_the_highest_number(folder: Path) -> None:
    """Version 10 comes after 2."""
    assert PathwayStore(folder).latest("walk").pathway.version == 10


def test_a_pin_finds_exactly_what_it_names(folder: Path) -> None:
    """An older version stays in use while journeys pin it."""
    store = PathwayStore(folder)
    pin = store.load("walk", 2).pin
    assert PathwayStore(folder).find(pin) == store.find(pin)
    assert store.find(pin).pathway.version == 2


@pytest.mark.parametrize(("name", "version"), [("walk", 3), ("ride", 1), ("../walk", 1), ("walk/..", 1), ("", 1)])
def test_what_is_not_here_is_missing(folder: Path, name: str, version: int) -> None:
    """Also names that would leave the folder."""
    with pytest.raises(PathwayMissing, match="install the release"):
        PathwayStore(folder).load(name, version)


def test_an_unknown_name_says_what_there_is(folder: Path) -> None:
    """A mistyped name is corrected at once."""
    with pytest.raises(PathwayMissing, match="there are: walk"):
        PathwayStore(folder).latest("wald")


def test_a_pinned_file_that_was_changed_is_missing(folder: Path) -> None:
    """One byte more, and a journey would follow other rules than it was promised."""
    pin = PathwayStore(folder).load("walk", 1).pin
    file = folder / "walk" / "1.yaml"
    file.write_bytes(file.read_bytes() + b"# harmless\n")
    with pytest.raises(PathwayMissing, match="differs from what a journey pins"):
        PathwayStore(folder).find(pin)


def test_a_pin_of_a_version_that_is_gone_is_missing(folder: Path) -> None:
    """The worker must not start then."""
    pin = Pin(name="walk", version=7, sha256="0" * 64)
    with pytest.raises(PathwayMissing, match="version 7"):
        PathwayStore(folder).find(pin)


def test_an_invalid_file_is_named_with_every_fault(folder: Path) -> None:
    """The error carries the lines for the page and the CLI."""
    file = folder / "walk" / "2.yaml"
    file.write_text(file.read_text("utf-8").replace("role: caseworker", "role: boss"), "utf-8")
    with pytest.raises(PathwayInvalid) as caught:
        PathwayStore(folder).load("walk", 2)
    assert caught.value.source == "walk/2.yaml"
    assert [line.split(":")[0] for line in caught.value.problems] == ["line 11, step meet", "line 19, step go"]


def test_the_lock_notices_changes_losses_and_drafts(folder: Path) -> None:
    """A sentence for each, and none where all is as published."""
    store = PathwayStore(folder)
    assert store.changed() == []
    (folder / "walk" / "1.yaml").unlink()
    (folder / "walk" / "2.yaml").write_text(GOOD)
    (folder / "walk" / "11.yaml").write_text(GOOD)
    assert [line.split(" ", 3)[:3] for line in store.changed()] == [
        ["walk/1.yaml", "is", "gone:"],
        ["walk/11.yaml", "is", "not"],
        ["walk/2.yaml", "was", "changed"],
    ]


def test_a_single_file_is_read_wherever_it_lies(tmp_path: Path) -> None:
    """As `putokaz pathway check FILE` does, whatever the file is called."""
    file = tmp_path / "draft.yaml"
    file.write_text(GOOD, "utf-8")
    assert read_file(file).problems == ()
