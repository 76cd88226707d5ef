"""OCEL 2.0 and XES of the whole demonstration: as the standards say, and read back by a reader that is not ours.

The reader is `r4pm` (Rust4PM of RWTH Aachen, MIT or Apache-2.0); it refuses what its own parsers do not understand.
"""

from __future__ import annotations

import json
import re
import sqlite3
import xml.etree.ElementTree as ElementTree
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import r4pm
import r4pm.bindings as rust

from analysis.exports.cut import Cut
from analysis.exports.ocel_json import OcelJson
from analysis.exports.ocel_sqlite import OcelSqlite
from analysis.exports.pseudonyms import Pseudonyms
from analysis.exports.xes import Xes
from domain.codes import SYSTEM_ACTOR
from projections.reader import Reader
from tests.analysis.exports.conftest import KEY, log_of, made
from tests.fix_eventlog import administrator

SCHEMA = json.loads((Path(__file__).parent / "ocel20.schema.json").read_text(encoding="utf-8"))
XES = "{http://www.xes-standard.org/}"
XES_TAGS = {"string", "date", "int", "float", "boolean", "id", "list", "container"}
Json = dict[str, Any]


@pytest.fixture(scope="module")
def files(caseload: Reader, whole: Cut, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """All three, in one folder."""
    folder = tmp_path_factory.mktemp("exports")
    for maker, name in ((OcelJson, "log.json"), (OcelSqlite, "log.sqlite"), (Xes, "log.xes")):
        made(maker(log_of(caseload, whole), Pseudonyms(KEY)), folder / name)
    yield folder
    for item in r4pm.list_items():
        r4pm.remove_item(item["id"])


@pytest.fixture(scope="module")
def document(files: Path) -> Json:
    """The JSON."""
    found: Json = json.loads((files / "log.json").read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="module")
def stored(furnished: tuple[str, str]) -> list[tuple[str, str, str]]:
    """Stream, topic and actor of everything recorded, in order."""
    with administrator(furnished[0]) as connection:
        found: list[tuple[str, str, str]] = connection.execute(
            "SELECT originator_id, split_part(topic, '@', 1), actor::text"
            " FROM eventlog.stored_events ORDER BY notification_id"
        ).fetchall()
    return found


def test_the_json_is_what_the_schema_demands(document: Json) -> None:
    """Times included; and what it says of types holds for every event and object."""
    jsonschema.Draft202012Validator(SCHEMA, format_checker=jsonschema.FormatChecker()).validate(document)
    for side in ("event", "object"):
        types = {each["name"]: {a["name"] for a in each["attributes"]} for each in document[f"{side}Types"]}
        for each in document[f"{side}s"]:
            assert {a["name"] for a in each["attributes"]} <= types[each["type"]]
            assert datetime.fromisoformat(each.get("time", "2026-01-01T00:00:00+00:00")).tzinfo is not None


def test_the_schema_would_find_a_number(document: Json) -> None:
    """The control: a value that is no string."""
    wrong = {**document, "events": [{**document["events"][0], "attributes": [{"name": "a", "value": 1}]}]}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(wrong, SCHEMA)


def test_every_event_is_there_and_names_only_objects_that_are(document: Json, stored: list[tuple[str, ...]]) -> None:
    """But for messages, for anonymous services, of which nothing is told, and for what left the house before."""
    wanted = Counter(
        topic
        for stream, topic, _ in stored
        if not stream.startswith(("message-", "export-", "release-")) and "counselling" not in topic
    )
    assert Counter(each["type"] for each in document["events"]) == wanted
    ids = [each["id"] for each in document["objects"]]
    assert len(ids) == len(set(ids))
    named = {tie["objectId"] for each in (*document["events"], *document["objects"]) for tie in each["relationships"]}
    assert named <= set(ids)
    assert {each["type"] for each in document["objects"]} == {each["name"] for each in document["objectTypes"]}


def test_no_id_of_ours_and_no_sealed_text_leaves_the_house(files: Path, stored: list[tuple[str, ...]]) -> None:
    """In none of the files."""
    ids = {stream.partition("-")[2] for stream, _, __ in stored} | {actor for _, __, actor in stored}
    ids.discard(str(SYSTEM_ACTOR))
    for name in ("log.json", "log.sqlite", "log.xes"):
        content = (files / name).read_bytes()
        assert b"pk1." not in content
        assert [each for each in ids if each.encode() in content or each.replace("-", "").encode() in content] == []


@pytest.mark.parametrize("name", ["log.json", "log.sqlite"])
def test_another_reader_finds_the_same_events_and_objects(files: Path, document: Json, name: str) -> None:
    """Counted by type, and one journey with all that happened to it."""
    item = r4pm.convert_item(r4pm.import_item("OCEL", str(files / name)), "SlimLinkedOCEL")
    assert rust.num_events(item) == len(document["events"])
    assert rust.num_objects(item) == len(document["objects"])
    counted = rust.ocel_type_stats(item)
    assert {type_: count for type_, count in counted["event_type_counts"].items() if count} == dict(
        Counter(each["type"] for each in document["events"])
    )
    assert counted["object_type_counts"] == dict(Counter(each["type"] for each in document["objects"]))
    journeys = {each["id"] for each in document["objects"] if each["type"] == "journey"}
    traces: dict[str, list[str]] = {journey: [] for journey in journeys}
    for each in document["events"]:
        for journey in {tie["objectId"] for tie in each["relationships"]} & journeys:
            traces[journey].append(each["type"])
    found = Counter[tuple[str, ...]]()
    for trace, count in rust.get_variants_of_object_type(item, "journey"):
        found[tuple(sorted(trace))] += count
    assert found == Counter(tuple(sorted(trace)) for trace in traces.values())


def test_the_database_has_the_tables_of_the_specification(files: Path, document: Json) -> None:
    """Each type has its table, and each object the row that begins it; no reference leads nowhere."""
    with closing(sqlite3.connect(files / "log.sqlite")) as database:
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        for side in ("event", "object"):
            for type_, mapped in database.execute(f"SELECT ocel_type, ocel_type_map FROM {side}_map_type"):
                (rows,) = database.execute(f'SELECT count(DISTINCT ocel_id) FROM "{side}_{mapped}"').fetchone()
                assert rows == sum(each["type"] == type_ for each in document[f"{side}s"])
        firsts = database.execute("SELECT count(*) FROM object_Step WHERE ocel_changed_field IS NULL").fetchone()
        assert firsts == (sum(each["type"] == "step" for each in document["objects"]),)


def test_each_journey_is_a_trace(files: Path, stored: list[tuple[str, ...]]) -> None:
    """With the four attributes that tools look for, in the order of recording, and prefixes that are declared."""
    log = ElementTree.parse(files / "log.xes").getroot()
    declared = {each.get("prefix") for each in log.iter(f"{XES}extension")}
    traces = log.findall(f"{XES}trace")
    assert len(traces) == len({stream for stream, _, __ in stored if stream.startswith("journey-")})
    for trace in traces:
        known = ""
        for event in trace.findall(f"{XES}event"):
            keys = [each.get("key", "") for each in event]
            assert len(keys) == len(set(keys))
            assert {"concept:name", "time:timestamp", "org:resource", "lifecycle:transition"} <= set(keys)
            assert {key.partition(":")[0] for key in keys if ":" in key} <= declared
            assert {each.tag.removeprefix(XES) for each in event} <= XES_TAGS
            values = {each.get("key"): each.get("value", "") for each in event}
            assert known <= values["recorded_at"]
            known = values["recorded_at"]


_ORDER = ("extension", "global", "classifier", "attribute", "trace")
_VALUES: dict[str, Callable[[str], object]] = {
    "string": str,
    "int": int,
    "float": float,
    "boolean": lambda text: {"true": True, "false": False}[text],
    "date": lambda text: datetime.fromisoformat(text).utcoffset() is not None,
}


def test_it_is_what_the_schema_of_the_standard_asks_for(files: Path) -> None:
    """IEEE 1849-2016: the version is a decimal, children come in their order, keys are XML names, values are typed."""
    log = ElementTree.parse(files / "log.xes").getroot()
    assert Decimal(log.get("xes.version", "")) == Decimal("1849.2016")
    for named in ("name", "prefix", "scope"):
        assert all(re.fullmatch(r"[A-Za-z_][\w.-]*", each.attrib.get(named, "_")) for each in log)
    tags = [tag if (tag := each.tag.removeprefix(XES)) in _ORDER else "attribute" for each in log]
    assert tags == sorted(tags, key=_ORDER.index)
    for trace in log.findall(f"{XES}trace"):
        inside = [each.tag == f"{XES}event" for each in trace]
        assert inside == sorted(inside)
    for each in log.iter():
        if (kind := each.tag.removeprefix(XES)) in _VALUES:
            assert re.fullmatch(r"[A-Za-z_:][\w:.-]*", each.get("key", ""))
            assert list(each) == []
            _VALUES[kind](each.attrib["value"])


def test_another_reader_finds_the_same_traces(files: Path) -> None:
    """Their number, and what happens in them."""
    item = r4pm.convert_item(r4pm.import_item("EventLog", str(files / "log.xes")), "EventLogActivityProjection")
    log = ElementTree.parse(files / "log.xes").getroot()
    ours = Counter(
        tuple(
            next(each.get("value", "") for each in event if each.get("key") == "concept:name")
            for event in trace.findall(f"{XES}event")
        )
        for trace in log.findall(f"{XES}trace")
    )
    assert rust.get_num_cases(item) == sum(ours.values())
    assert rust.get_num_variants(item) == len(ours)
