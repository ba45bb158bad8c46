"""The JSON Schema for editors, held against the loader."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Final

import jsonschema
import pytest
import yaml

from tests import ROOT
from tests.campaigns.campaign_files import (
    MINIMAL,
    SECTION,
    TOP,
    problems_of,
    with_activity,
    with_due,
)
from tests.campaigns.reading.test_loader_dues import READ

CAMPAIGNS: Final = ROOT / "campaigns"
SCHEMA: Final = CAMPAIGNS / "format-1.schema.json"
INTEGER: Final = re.compile("[-+]?[0-9]+")
FLOAT: Final = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
WORDS: Final = {"true": True, "false": False, "null": None, "~": None, "": None}


@cache
def validator(definition: str = "") -> jsonschema.Draft202012Validator:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    if definition:
        schema = {"$ref": f"#/$defs/{definition}", "$defs": schema["$defs"]}
    return jsonschema.Draft202012Validator(schema)


def as_editors_see(text: str) -> object:
    """A text as YAML 1.2 with its core schema, which is what an editor's server reads."""
    return _value(yaml.compose(text, Loader=yaml.SafeLoader))


def _value(node: yaml.Node | None) -> object:
    match node:
        case yaml.MappingNode():
            return {str(key.value): _value(value) for key, value in node.value}
        case yaml.SequenceNode():
            return [_value(member) for member in node.value]
        case yaml.ScalarNode():
            return _scalar(node.value) if node.style is None else node.value
        case _:
            return None


def _scalar(text: str) -> object:
    if text in WORDS:
        return WORDS[text]
    if INTEGER.fullmatch(text):
        return int(text)
    return float(text) if FLOAT.fullmatch(text) else text


def accepts(text: str, definition: str = "") -> bool:
    return bool(validator(definition).is_valid(as_editors_see(text)))


@pytest.mark.parametrize(
    "path", sorted((CAMPAIGNS / "definitions").glob("*.yaml")), ids=lambda path: path.name
)
def test_bundled_campaigns_are_valid(path: Path) -> None:
    assert accepts(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "path", sorted((CAMPAIGNS / "definitions/units").glob("*.yaml")), ids=lambda path: path.name
)
def test_bundled_rosters_are_valid(path: Path) -> None:
    assert accepts(path.read_text(encoding="utf-8"), "roster")


@pytest.mark.parametrize("due", [text for text, _ in READ])
def test_every_form_of_due_is_valid(due: str) -> None:
    assert problems_of(with_due(due)) == []
    assert accepts(with_due(due))


@pytest.mark.parametrize(
    "text",
    [
        MINIMAL,
        MINIMAL.replace("title: 六月活动", "title: 2022"),
        MINIMAL.replace("id: june", "id: 2022"),
        MINIMAL.replace("format: 1", "format: '1'"),
        MINIMAL.replace("{name: 村}", "{parent: school}"),
        MINIMAL.replace("metrics:", "holidays: {off: 2022-06-03, on: [2022-06-05]}\nmetrics:", 1),
        MINIMAL.replace("metrics:", "timezone: UTC\nlanguage: en\ncalendar: cn\nmetrics:", 1),
        MINIMAL + "- {id: s2, title: 其他}\n",
        with_activity("for: [village, tag:river, e1], except: [v1], level: optional"),
        with_activity("nil_ok: false, evidence: {photo: 0, 视频: 1}, metrics: people"),
        with_activity("target: {people: 1.5}, guidance: 7"),
        with_activity("was: plan"),
        with_activity("was: [plan, 方案]"),
    ],
)
def test_what_the_loader_reads_is_valid(text: str) -> None:
    assert problems_of(text) == []
    assert accepts(text)


@pytest.mark.parametrize(
    "text",
    [
        "- a",
        MINIMAL.replace("format: 1", "format: 2"),
        MINIMAL.replace("id: june", "id: a/b"),
        MINIMAL.replace("id: june", "id: .a"),
        MINIMAL.replace("id: june", "id:"),
        MINIMAL.replace("title: 六月活动\n", ""),
        MINIMAL.replace("title: 六月活动", "title: ''"),
        MINIMAL.replace("title: 六月活动", "title: {a: b}"),
        MINIMAL.replace(", to: 2022-06-30", ""),
        MINIMAL.replace("2022-06-30", "2022-06-32"),
        MINIMAL.replace("2022-06-30", "2022-6-30"),
        MINIMAL.replace("metrics:", "calendar: china\nmetrics:", 1),
        MINIMAL.replace("metrics:", "language: 中文\nmetrics:", 1),
        MINIMAL.replace("metrics:", "titel: x\nmetrics:", 1),
        MINIMAL.replace("metrics:", "holidays: {of: 2022-06-03}\nmetrics:", 1),
        MINIMAL.replace("{name: 村}", "村"),
        MINIMAL.replace("{name: 村}", "{nam: 村}"),
        MINIMAL.replace("{name: 人数}", "{aggregate: avg}"),
        MINIMAL.replace("{id: e1, name: 某厂, kind: enterprise}", "{id: e1, name: 某厂}"),
        MINIMAL.replace("kind: coal}", "kind: coal, shifts_per_day: 0}"),
        MINIMAL.replace("kind: coal}", "kind: coal, tags: []}"),
        MINIMAL.replace("kind: coal}", "kind: coal, active: 2022-06-01}"),
        MINIMAL.replace("kind: coal}", "kind: coal, liaison: {phone: 1}}"),
        MINIMAL.replace("id: other, ", ""),
        MINIMAL.replace("id: other", "id: start"),
        TOP + "sections: []\n",
        TOP + SECTION + "    []\n",
        with_activity("for: []"),
        with_activity("for: [village, village]"),
        with_activity("for: {kind: village}"),
        with_activity("level: requird"),
        with_activity("nil_ok: yes"),
        with_activity("evidence: {photo: -1}"),
        with_activity("evidence: {photo: 1.5}"),
        with_activity("evidence: [photo]"),
        with_activity("target: {sessions: one}"),
        with_activity("guidance: [a]"),
        with_activity("colour: red"),
        with_due("soon"),
        with_due("2022-06-01T18:00"),
        with_due("{by: 2022-06-01 8:00}"),
        with_due("{by: 2022-06-01, at: 18:00}"),
        with_due("{by: 2022-06-01, every: week}"),
        with_due("{from: 2022-06-01}"),
        with_due("{day: 2022-06-01, start: 24:30}"),
        with_due("{every: weekly}"),
        with_due("{every: week, on: 31}"),
        with_due("{every: week, on: [wed, wed]}"),
        with_due("{every: month, on: 32}"),
        with_due("{every: month, on: wed}"),
        with_due("{every: day, on: mon}"),
        with_due("{every: quarter, on: last}"),
        with_due("{every: day, plus: 0d}"),
        with_due("{every: day, plus: 5}"),
        with_due("{every: shift, at: 18:00}"),
        with_due("{every: shift, skip: 2022-06-01}"),
        with_due("{after: other}"),
        with_due("{after: other, days: 1, workdays: 1}"),
        with_due("{after: other, days: -1}"),
        with_due("{after: other, workdays: 0}"),
        with_due("{event: x, within: 1h, steps: [{id: s, title: S}]}"),
        with_due("{event: x, steps: []}"),
        with_due("{event: x, steps: [{id: s}]}"),
        with_due("{asap: false}"),
        with_due("{asap: true, within: 24h}"),
        with_due("{}"),
    ],
)
def test_what_is_structurally_wrong_is_refused_by_both(text: str) -> None:
    assert problems_of(text)
    assert not accepts(text)
