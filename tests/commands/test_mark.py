"""`duban mark` and `duban undo`."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import Any

import pytest

from tests.commands.conftest import Duban

WEEKLY = "ycc/weekly@2022-06-08"


def stands(duban: Duban, key: str = WEEKLY) -> Any:
    return duban("status", "--format", "json").item(key)


def test_mark_prints_the_item_as_in_status(duban: Duban) -> None:
    result = duban(
        "mark", WEEKLY, "done", "--received-at", "2022-06-08 17:30", "--note", "材料齐全",
        "--metric", "sessions=2", "--metric", "people=35.5", "--format", "json",
    )  # fmt: skip
    assert (result.code, result.err) == (0, "")
    assert result.json == stands(duban)
    expected: dict[str, Any] = {
        "item": WEEKLY,
        "activity": "weekly",
        "occurrence": "2022-06-08",
        "title": "周报",
        "section": "reports",
        "level": "required",
        "opens": "2022-06-06T00:00:00+08:00",
        "due": "2022-06-08T18:00:00+08:00",
        "state": "done",
        "timing": "on_time",
        "received_at": "2022-06-08T17:30:00+08:00",
        "recorded_at": "2022-06-09T12:00:00+08:00",
        "recorded_by": getpass.getuser(),
        "late_by": None,
        "overdue_by": None,
        "nil_report": False,
        "note": "材料齐全",
        "metrics": {"sessions": 2, "people": 35.5},
        "evidence": [],
        "rev": 1,
        "judged_due": "2022-06-08T18:00:00+08:00",
    }
    assert {name: result.json[name] for name in expected} == expected  # fields may be added


def test_text_prints_the_new_entry_in_one_line(duban: Duban) -> None:
    out = duban("mark", WEEKLY, "done", "--note", "一\n二").out
    assert out.count("\n") == 1
    assert WEEKLY in out
    assert "submitted" in out


def test_without_a_time_of_receipt_it_was_received_now_and_is_late(duban: Duban) -> None:
    item = duban("mark", WEEKLY, "done", "--format", "json").json
    assert item["received_at"] == "2022-06-09T12:00:00+08:00"
    assert (item["timing"], item["late_by"]) == ("late", 18 * 3600)


@pytest.mark.parametrize(
    "name",
    [
        "ycc/weekly@2022-06-08",
        "荫城村/周报@2022-06-08",
        "荫城村/week@2022-06-08",
        "YCC/周@2022-06-08",
        "ycc/w@2022-06-08",
    ],
)
def test_an_item_by_id_name_or_prefix(duban: Duban, name: str) -> None:
    assert duban("mark", name, "done", "--format", "json").json["item"] == WEEKLY


def test_an_item_by_the_beginning_of_its_occurrence(duban: Duban) -> None:
    item = duban("mark", "ycc/weekly@2022-06-2", "done", "--format", "json")
    assert item.code == 2
    assert "ycc/weekly@2022-06-22" in item.err
    assert "ycc/weekly@2022-06-29" in item.err
    found = duban("mark", "ycc/weekly@2022-06-29", "done", "--format", "json")
    assert found.json["item"] == "ycc/weekly@2022-06-29"


def test_a_title_that_two_activities_share_lists_both(duban: Duban) -> None:
    result = duban("mark", "ycc/大宣传", "done")
    assert result.code == 2
    assert "ycc/big-1" in result.err
    assert "ycc/big-2" in result.err


def test_several_occurrences_and_none_given_lists_them(duban: Duban) -> None:
    result = duban("mark", "ycc/weekly", "done")
    assert result.code == 2
    for day in ("01", "08", "15", "22", "29"):
        assert f"ycc/weekly@2022-06-{day}" in result.err


@pytest.mark.parametrize("word", ["已报送", "done", "submitted"])
def test_a_state_by_value_or_name(duban: Duban, word: str) -> None:
    assert duban("mark", WEEKLY, word, "--format", "json").json["state"] == "done"


def test_chinese_words_for_every_state(duban: Duban) -> None:
    steps = [("进行中", "doing"), ("已报送", "done"), ("已核验", "verified"), ("退回", "returned"),
             ("不适用", "waived"), ("未开始", "todo")]  # fmt: skip
    for word, state in steps:
        result = duban("mark", WEEKLY, word, "--note", "原因", "--format", "json")
        assert result.json["state"] == state


def test_details_that_are_not_given_are_kept(duban: Duban) -> None:
    duban("mark", WEEKLY, "done", "--note", "甲", "--metric", "sessions=1")
    item = duban("mark", WEEKLY, "done", "--metric", "people=9", "--format", "json").json
    assert (item["note"], item["metrics"], item["rev"]) == ("甲", {"sessions": 1, "people": 9}, 2)


def test_marking_what_already_is_changes_nothing_and_succeeds(duban: Duban) -> None:
    duban("mark", WEEKLY, "done")
    result = duban("mark", WEEKLY, "done", "--format", "json")
    assert (result.code, result.json["rev"]) == (0, 1)
    assert len(duban("log", "--format", "json").json) == 1


def test_a_figure_by_name(duban: Duban) -> None:
    item = duban("mark", WEEKLY, "done", "--metric", "参与人数=12", "--format", "json").json
    assert item["metrics"] == {"people": 12}


def test_nil_report(duban: Duban) -> None:
    item = duban("mark", WEEKLY, "done", "--nil", "--format", "json").json
    assert item["nil_report"] is True
    assert duban("mark", "ycc/plan", "done", "--nil").code == 2


@pytest.mark.parametrize(
    "arguments",
    [
        [WEEKLY, "finished"],
        [WEEKLY, ""],
        ["nowhere/weekly@2022-06-08", "done"],
        ["ycc/nothing", "done"],
        ["ycc/weekly@2022-06-09", "done"],
        ["mine/weekly@2022-06-08", "done"],
        ["荫城/plan", "done"],
        ["ycc", "done"],
        ["ycc/", "done"],
        ["/weekly", "done"],
        ["", "done"],
        [WEEKLY, "waived"],
        [WEEKLY, "waived", "--note", "  "],
        [WEEKLY, "done", "--metric", "horses=1"],
        [WEEKLY, "done", "--metric", "sessions=many"],
        [WEEKLY, "done", "--metric", "sessions=-1"],
        [WEEKLY, "done", "--metric", "sessions=nan"],
        [WEEKLY, "done", "--metric", "sessions=inf"],
        [WEEKLY, "done", "--metric", "sessions=１"],
        [WEEKLY, "done", "--metric", "sessions=1_0"],
        [WEEKLY, "done", "--metric", "sessions="],
        [WEEKLY, "done", "--metric", "sessions"],
        [WEEKLY, "done", "--metric", "sessions=" + "9" * 5000],
        [WEEKLY, "done", "--metric", "sessions=1", "--metric", "场次=2"],
        [WEEKLY, "done", "--received-at", "2022-06-09T12:00:01"],
        [WEEKLY, "done", "--received-at", "yesterday"],
        [WEEKLY, "doing", "--received-at", "2022-06-08 10:00"],
        [WEEKLY, "doing", "--nil"],
        [WEEKLY, "done", "--rev", "-1"],
        [WEEKLY, "done", "--rev", "one"],
        [WEEKLY, "done", "--op", ""],
        [WEEKLY, "done", "--op", "x" * 129],
        [WEEKLY],
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(duban: Duban, arguments: list[str]) -> None:
    result = duban("mark", *arguments)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("duban: ")
    assert duban("log", "--format", "json").json == []


def test_the_past_is_read_only(duban: Duban) -> None:
    assert duban("--as-of", "2022-06-08T12:00", "mark", WEEKLY, "done").code == 2
    assert duban("--as-of", "2022-06-08T12:00", "undo", WEEKLY).code == 2


def test_a_transition_that_is_not_allowed(duban: Duban) -> None:
    result = duban("mark", WEEKLY, "verified")
    assert result.code == 6
    assert "submitted" in result.err


def test_a_stale_revision(duban: Duban) -> None:
    assert duban("mark", WEEKLY, "doing", "--rev", "0").code == 0
    result = duban("mark", WEEKLY, "done", "--rev", "0")
    assert result.code == 6
    assert stands(duban)["state"] == "doing"
    assert duban("mark", WEEKLY, "done", "--rev", "1").code == 0


def test_a_repeated_operation_is_applied_once(duban: Duban) -> None:
    for _ in range(3):
        result = duban("mark", WEEKLY, "done", "--op", "a-1", "--format", "json")
        assert (result.code, result.json["rev"]) == (0, 1)
    assert [event["op"] for event in duban("log", "--format", "json").json] == ["a-1"]


def test_undo_takes_the_last_change_back(duban: Duban) -> None:
    duban("mark", WEEKLY, "doing", "--note", "甲")
    duban("mark", WEEKLY, "done", "--note", "乙")
    item = duban("undo", "荫城村/周报@2022-06-08", "--format", "json").json
    assert (item["state"], item["note"], item["rev"]) == ("doing", "甲", 3)
    assert duban("undo", WEEKLY).code == 0
    assert stands(duban)["state"] == "todo"
    assert duban("undo", WEEKLY).code == 6
    assert len(duban("log", "--format", "json").json) == 4


def test_undo_of_a_stale_revision(duban: Duban) -> None:
    duban("mark", WEEKLY, "done")
    assert duban("undo", WEEKLY, "--rev", "0").code == 6
    assert duban("undo", WEEKLY, "--rev", "1").code == 0


def test_undo_of_a_repeated_operation(duban: Duban) -> None:
    duban("mark", WEEKLY, "doing")
    duban("mark", WEEKLY, "done")
    for _ in range(2):
        assert duban("undo", WEEKLY, "--op", "u-1").code == 0
    assert stands(duban)["state"] == "doing"


def test_a_store_that_cannot_be_written(duban: Duban, tmp_path: Any) -> None:
    (tmp_path / "data").write_text("a file in the way", encoding="utf-8")
    result = duban("mark", WEEKLY, "done")
    assert (result.code, result.out) == (4, "")
    assert "Traceback" not in result.err


_MARKED_NAMES = """\
format: 1
id: x
title: x
period: {from: 2022-06-01, to: 2022-06-30}
unit_kinds: {village: {name: 村}}
units: [{id: u, name: A/B 村, kind: village}, {id: v, name: A/C 村, kind: village}]
sections: [{id: s, title: s, activities: [{id: a, title: 报 a@b}, {id: c, title: 报/c}]}]
"""


def test_names_may_hold_a_slash_or_an_at(duban: Duban, tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text(_MARKED_NAMES, encoding="utf-8")

    def mark(item: str) -> int:
        return duban("-c", str(tmp_path / "x.yaml"), "mark", item, "doing").code

    for item in ("A/B 村/报 a@b", "A/B/报 a@", "u/报 a@b", "A/C 村/报/c", "v/报/c", "u/a"):
        assert mark(item) == 0, item
    for item in ("A/报/c", "A/B 村/报", "A/B 村/x@y", "A/D 村/c"):
        assert mark(item) == 2, item


def test_a_refusal_says_the_figures_and_the_receipt_that_were_recorded(duban: Duban) -> None:
    duban("mark", WEEKLY, "done", "--metric", "people=12")
    duban("mark", WEEKLY, "done", "--metric", "people=20", "--received-at", "2022-06-08T10:00")
    refused = duban("mark", WEEKLY, "done", "--rev", "1", "--metric", "people=15")
    seen, now = refused.err.split("now it is")
    assert refused.code == 6
    assert "people=12" in seen
    assert "people=20" in now
    assert "received 2022-06-08T10:00:00+08:00" in now


def test_a_note_that_is_too_long(duban: Duban) -> None:
    result = duban("mark", "ycc/plan", "done", "--note", "x" * 4001)
    assert (result.code, "4001 characters" in result.err) == (2, True)
    assert duban("log", "--format", "json").json == []
