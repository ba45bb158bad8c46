"""`duban check`."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from tests.commands.conftest import DEFINITION, Duban


def test_a_valid_definition_says_how_big_it_is(duban: Duban, tmp_path: Path) -> None:
    result = duban("check", str(tmp_path / "small.yaml"))
    assert (result.code, result.err) == (0, "")
    assert result.out.count("\n") == 1
    assert {"3", "7", "23"} <= set(re.findall(r"\d+", result.out))


def test_every_problem_is_a_line_of_stdout_and_their_count_goes_to_stderr(
    duban: Duban, tmp_path: Path
) -> None:
    file = tmp_path / "bad.yaml"
    text = DEFINITION.replace("2022-05-31}", "2022-06-31}").replace("kind: coal", "kind: cole")
    file.write_text(text, encoding="utf-8")
    result = duban("check", str(file))
    assert result.code == 3
    lines = result.out.splitlines()
    assert len(lines) == 2
    assert all(re.match(r".*bad\.yaml:\d+:\d+: .", line) for line in lines)
    assert "2" in result.err


def test_a_file_that_is_none(duban: Duban, tmp_path: Path) -> None:
    assert duban("check", str(tmp_path / "missing.yaml")).code == 2
    assert duban("check", str(tmp_path)).code == 2
    assert duban("check").code == 2


def test_what_is_not_a_regular_file_is_refused_at_once(duban: Duban, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo.yaml")
    for path in (str(tmp_path / "fifo.yaml"), "/dev/zero"):
        result = duban("check", path)
        assert (result.code, result.out) == (2, "")
        assert path in result.err


def test_a_roster_that_is_not_a_regular_file_is_a_located_problem(
    duban: Duban, tmp_path: Path
) -> None:
    os.mkfifo(tmp_path / "fifo.yaml")
    for path in ("fifo.yaml", "/dev/zero"):
        text = (
            "format: 1\nid: x\ntitle: x\nperiod: {from: 2022-06-01, to: 2022-06-30}\n"
            "unit_kinds: {village: {name: 村}}\n"
            f"units: {path}\n"
            "sections: [{id: s, title: s, activities: [{id: a, title: a}]}]\n"
        )
        (tmp_path / "x.yaml").write_text(text, encoding="utf-8")
        result = duban("check", str(tmp_path / "x.yaml"))
        assert result.code == 3
        assert "x.yaml:6:8: " in result.out


_UNITS_AND_SELECTORS = """\
format: 1
id: x
title: x
period: {from: 2022-06-01, to: 2022-06-30}
unit_kinds: {village: {name: 村}}
units:
  - {id: a, name: 甲, kind: village, %s}
sections:
  - id: s
    title: s
    activities:
      - {id: one, title: one, for: [vilage]}
      - {id: two, title: two, for: village, except: village}
"""


@pytest.mark.parametrize(
    ("unit", "count"),
    [
        ("liaison: {nmae: x}", 3),
        ("active: {from: never}", 3),
        ("shifts_per_day: 0", 3),
        ("parent: nobody", 3),
        ("tags: [[]]", 1),
        ("tag: vilage", 1),
    ],
)
def test_a_problem_of_a_unit_hides_selectors_only_where_it_may_be_the_cause(
    duban: Duban, tmp_path: Path, unit: str, count: int
) -> None:
    (tmp_path / "x.yaml").write_text(_UNITS_AND_SELECTORS % unit, encoding="utf-8")
    assert len(duban("check", str(tmp_path / "x.yaml")).out.splitlines()) == count


def test_other_commands_refuse_an_invalid_definition(duban: Duban, tmp_path: Path) -> None:
    (tmp_path / "small.yaml").write_text("format: 1\n", encoding="utf-8")
    for command in (["status"], ["log"], ["mark", "a/b", "done"], ["units", "list"]):
        result = duban(*command)
        assert (result.code, result.out) == (3, "")
        missing = [line for line in result.err.splitlines() if "small.yaml:1:1: " in line]
        assert len(missing) > 3
        assert all(": The key “" in line for line in missing)


@pytest.mark.parametrize("now", ["2022-06-09T12:00", "2022-08-01"])
def test_against_data_finds_answers_that_would_be_orphaned(
    duban: Duban, tmp_path: Path, now: str
) -> None:
    duban("mark", "ycc/plan", "done")
    file = tmp_path / "new.yaml"
    file.write_text(DEFINITION.replace("id: weekly\n", "id: weekly-report\n"), encoding="utf-8")
    assert duban("check", str(file), "--against-data").code == 0
    file.write_text(DEFINITION.replace("id: plan", "id: scheme"), encoding="utf-8")
    result = duban("--now", now, "check", str(file), "--against-data")
    assert result.code == 1
    assert "ycc/plan" in result.out
    file.write_text(DEFINITION.replace("id: ycc,", "id: yincheng,"), encoding="utf-8")
    result = duban("check", str(file), "--against-data")
    assert result.code == 1
    assert "ycc/plan" in result.out


def test_checking_writes_nothing(duban: Duban, tmp_path: Path) -> None:
    duban("check", str(tmp_path / "small.yaml"), "--against-data")
    assert not (tmp_path / "data").exists()
