"""`duban status` keeps what docs/commands.md says (“status”, “JSON”, “CSV”)."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from wcwidth import wcswidth

from tests.commands.conftest import Duban

TOTALS = [
    "items", "required", "todo", "doing", "done", "verified", "returned", "waived",
    "nil", "on_time", "late", "overdue", "due_soon", "percent",
]  # fmt: skip
ITEM = [
    "item", "activity", "occurrence", "title", "section", "level", "opens", "due", "state",
    "timing", "received_at", "recorded_at", "recorded_by", "late_by", "overdue_by",
    "nil_report", "note", "metrics", "evidence", "rev", "judged_due",
]  # fmt: skip


def test_json_has_the_fields_of_the_contract(duban: Duban) -> None:
    status = duban("status", "--format", "json").json
    assert list(status) == ["format", "campaign", "title", "now", "totals", "next_due", "units"]
    assert (status["format"], status["campaign"], status["title"]) == (1, "small", "小活动")
    assert status["now"] == "2022-06-09T12:00:00+08:00"
    assert list(status["totals"]) == TOTALS
    unit = status["units"][0]
    assert list(unit) == ["id", "name", "kind", "totals", "next_due", "items"]
    assert list(unit["totals"]) == TOTALS
    assert all(list(item)[: len(ITEM)] == ITEM for item in unit["items"])
    assert [unit["id"] for unit in status["units"]] == ["ycc", "ycd", "mine"]


def test_an_item_nobody_touched(duban: Duban) -> None:
    item = duban("status", "--format", "json").item("ycc/weekly@2022-06-08")
    expected: dict[str, Any] = {
        "item": "ycc/weekly@2022-06-08",
        "activity": "weekly",
        "occurrence": "2022-06-08",
        "title": "周报",
        "section": "reports",
        "level": "required",
        "opens": "2022-06-06T00:00:00+08:00",
        "due": "2022-06-08T18:00:00+08:00",
        "state": "todo",
        "timing": "overdue",
        "received_at": None,
        "recorded_at": None,
        "recorded_by": None,
        "late_by": None,
        "overdue_by": 18 * 3600,
        "nil_report": False,
        "note": "",
        "metrics": {},
        "evidence": [],
        "rev": 0,
        "judged_due": None,
    }
    assert {name: item[name] for name in expected} == expected  # fields may be added


def test_a_one_off_has_no_occurrence_and_an_undated_item_no_dates(duban: Duban) -> None:
    status = duban("status", "--format", "json")
    assert status.item("ycc/plan")["occurrence"] is None
    undated = status.item("mine/mechanism")
    assert (undated["opens"], undated["due"], undated["timing"]) == (None, None, "undated")


def test_totals_and_next_due(duban: Duban) -> None:
    status = duban("status", "--format", "json").json
    village, _, mine = status["units"]
    assert village["totals"] == {
        "items": 10, "required": 9, "todo": 10, "doing": 0, "done": 0, "verified": 0,
        "returned": 0, "waived": 0, "nil": 0, "on_time": 0, "late": 0, "overdue": 3,
        "due_soon": 0, "percent": 0.0,
    }  # fmt: skip
    assert village["next_due"] == "2022-06-15T18:00:00+08:00"
    assert mine["next_due"] == "2022-07-04T23:59:59+08:00"
    assert status["totals"]["items"] == 10 + 10 + 3
    assert status["totals"]["overdue"] == 6
    assert status["next_due"] == "2022-06-15T18:00:00+08:00"


def test_exit_code_says_whether_something_in_scope_is_overdue(duban: Duban) -> None:
    assert duban("status").code == 1
    assert duban("status", "--unit", "ycc").code == 1
    assert duban("status", "--unit", "mine").code == 0
    assert duban("status", "--section", "work").code == 0
    assert duban("--now", "2022-05-30T09:00", "status").code == 0


@pytest.mark.parametrize("form", ["table", "short", "json", "csv"])
def test_every_format_gives_the_exit_code(duban: Duban, form: str) -> None:
    result = duban("status", "--format", form)
    assert (result.code, result.err) == (1, "")


def test_scope_by_unit_kind_and_section(duban: Duban) -> None:
    def ids(*options: str) -> list[str]:
        return [unit["id"] for unit in duban("status", "--format", "json", *options).json["units"]]

    assert ids("--unit", "荫城村") == ["ycc"]
    assert ids("--unit", "mine", "--unit", "ycc") == ["ycc", "mine"]
    assert ids("--unit", "一号") == ["mine"]
    assert ids("--kind", "enterprise") == ["mine"]
    assert ids("--kind", "煤矿") == ["mine"]
    assert ids("--kind", "village") == ["ycc", "ycd"]
    assert ids("--kind", "village", "--unit", "ycd", "--unit", "mine") == ["ycd"]
    section = duban("status", "--format", "json", "--section", "work", "--unit", "ycc").json
    assert {item["section"] for item in section["units"][0]["items"]} == {"work"}
    assert section["totals"]["items"] == 3
    by_label = duban("status", "--format", "json", "--section", "四", "--unit", "ycc").json
    assert by_label["totals"]["items"] == 7


def test_overdue_lists_only_what_is_overdue_and_keeps_the_totals(duban: Duban) -> None:
    status = duban("status", "--format", "json", "--overdue").json
    assert [unit["id"] for unit in status["units"]] == ["ycc", "ycd"]
    assert [item["item"] for item in status["units"][0]["items"]] == [
        "ycc/plan", "ycc/weekly@2022-06-01", "ycc/weekly@2022-06-08",
    ]  # fmt: skip
    assert status["units"][0]["totals"]["items"] == 10
    assert status["totals"]["items"] == 23


def test_due_within_lists_what_falls_due_from_now_on(duban: Duban) -> None:
    def due(span: str, now: str) -> list[str]:
        status = duban("--now", now, "status", "--format", "json", "--due-within", span).json
        return [item["item"] for unit in status["units"] for item in unit["items"]]

    assert due("3d", "2022-06-09T12:00") == []
    assert due("6h", "2022-06-15T12:00") == ["ycc/weekly@2022-06-15", "ycd/weekly@2022-06-15"]
    assert due("1m", "2022-06-15T18:00") == ["ycc/weekly@2022-06-15", "ycd/weekly@2022-06-15"]
    assert due("1m", "2022-06-15T18:00:01") == []
    assert "ycc/big-1" in due("2d", "2022-06-15T12:00")
    duban("mark", "ycc/weekly@2022-06-15", "done")
    assert due("6h", "2022-06-15T12:00") == ["ycd/weekly@2022-06-15"]


def test_overdue_and_due_within_together_list_either(duban: Duban) -> None:
    status = duban(
        "--now", "2022-06-15T12:00", "status", "--unit", "ycc", "--format", "json",
        "--overdue", "--due-within", "6h",
    ).json  # fmt: skip
    assert [item["timing"] for item in status["units"][0]["items"]] == [
        *["overdue"] * 3,
        "due_soon",
    ]


def test_csv_by_unit(duban: Duban) -> None:
    duban("mark", "mine/summary", "waived", "--note", "停产")
    result = duban("status", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(result.out)))
    assert list(rows[0]) == ["id", "name", "kind", *TOTALS, "next_due"]
    assert (rows[0]["name"], rows[0]["overdue"], rows[0]["percent"]) == ("荫城村", "3", "0.0")
    assert (rows[2]["waived"], rows[2]["next_due"]) == ("1", "")
    assert "\r" not in result.out


def test_csv_by_item(duban: Duban) -> None:
    duban("mark", "ycc/weekly@2022-06-08", "done", "--nil", "--metric", "people=3")
    rows = list(csv.DictReader(io.StringIO(duban("status", "--format", "csv", "--items").out)))
    assert list(rows[0])[: len(ITEM)] == ITEM
    row = next(row for row in rows if row["item"] == "ycc/weekly@2022-06-08")
    assert (row["nil_report"], row["metrics"], row["evidence"]) == ("true", '{"people": 3}', "[]")
    assert next(row for row in rows if row["item"] == "ycc/plan")["occurrence"] == ""


@pytest.mark.parametrize("language", ["en", "zh"])
def test_short_is_one_line(duban: Duban, language: str) -> None:
    result = duban("--lang", language, "status", "--format", "short")
    assert result.out.count("\n") == 1
    assert "小活动" in result.out
    assert "06-15 18:00" in result.out


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("options", [[], ["--items"]])
def test_table_fits_80_columns_and_lines_up(
    duban: Duban, language: str, options: list[str]
) -> None:
    duban("mark", "ycc/plan", "done", "--note", "长" * 200)
    out = duban("--lang", language, "status", *options).out
    lines = out.splitlines()
    assert all(wcswidth(line) <= 80 for line in lines)
    assert "\x1b" not in out
    starts = {wcswidth(line[: line.index("06-15 18:00")]) for line in lines[3:]
              if "06-15 18:00" in line and not line.startswith(" ")}  # fmt: skip
    assert len(starts) == 1


def test_table_says_the_state_in_words_and_can_do_without_unicode(duban: Duban) -> None:
    out = duban("--ascii", "status", "--unit", "mine", "--items").out
    assert "not started" in out
    assert set("☐✗▢⚑✓☑☒▪").isdisjoint(out)


def test_a_note_cannot_drive_the_terminal(duban: Duban, tmp_path: Path) -> None:
    evil = (tmp_path / "small.yaml").read_text(encoding="utf-8")
    evil = evil.replace("工作总结", '"\\e[31m总\\n结"')
    (tmp_path / "small.yaml").write_text(evil, encoding="utf-8")
    for form in ("table", "short"):
        out = duban("status", "--items", "--format", form).out
        assert "\x1b" not in out


def test_as_of_is_the_past(duban: Duban) -> None:
    duban("--now", "2022-06-08T17:00", "mark", "ycc/weekly@2022-06-08", "done")
    before = duban("--as-of", "2022-06-08T16:59:59", "status", "--format", "json")
    after = duban("--as-of", "2022-06-08T17:00", "status", "--format", "json")
    assert before.json["now"] == "2022-06-08T16:59:59+08:00"
    assert before.item("ycc/weekly@2022-06-08")["state"] == "todo"
    assert after.item("ycc/weekly@2022-06-08")["state"] == "done"
    assert duban("--as-of", "2022-06-09T12:00", "status").code == 1
    assert duban("--as-of", "2022-06-09T12:00:01", "status").code == 2


def test_an_unreadable_unit_is_named_and_all_others_are_printed(
    duban: Duban, tmp_path: Path
) -> None:
    duban("mark", "ycc/plan", "done")
    (tmp_path / "data" / "small" / "units" / "ycc.json").write_text("{", encoding="utf-8")
    result = duban("status", "--format", "json")
    assert result.code == 4
    assert "ycc.json" in result.err
    assert "Traceback" not in result.err
    broken, whole, _ = result.json["units"]
    assert broken["unreadable"]
    assert (broken["items"], broken["totals"]["items"]) == ([], 0)
    assert len(whole["items"]) == 10
    for form in ("table", "short", "csv"):
        assert duban("status", "--format", form).code == 4
    filtered = duban("status", "--overdue", "--format", "json")
    assert [unit["id"] for unit in filtered.json["units"]] == ["ycc", "ycd"]
    assert duban("status", "--unit", "ycd").code == 1


def test_reading_writes_nothing(duban: Duban, tmp_path: Path) -> None:
    duban("status")
    duban("log")
    duban("log", "--verify")
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ["--unit", "nowhere"],
        ["--unit", ""],
        ["--unit", "荫城"],
        ["--kind", "nothing"],
        ["--section", "nothing"],
        ["--due-within", "soon"],
        ["--due-within", "３d"],
        ["--due-within", "9999999999m"],
        ["--format", "xml"],
        ["--no-such-option"],
    ],
)
def test_usage_errors(duban: Duban, arguments: list[str]) -> None:
    result = duban("status", *arguments)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("duban: ")
    assert result.err.count("\n") == 1


def test_an_ambiguous_unit_lists_the_candidates(duban: Duban) -> None:
    result = duban("status", "--unit", "yc")
    assert result.code == 2
    assert "ycc (荫城村)" in result.err
    assert "ycd (荫城东村)" in result.err


def test_global_options_may_follow_the_command(duban: Duban) -> None:
    result = duban("status", "--format", "json", "--now", "2022-06-20T08:00")
    assert result.json["now"] == "2022-06-20T08:00:00+08:00"
    before = duban("--now", "2022-06-20T08:00", "status", "--format", "json")
    assert before.out == result.out


@pytest.mark.parametrize(
    "now", ["tomorrow", "2022-13-01", "２０２２-06-01", "", "2022-02-30T10:00"]
)
def test_a_clock_that_is_none(duban: Duban, now: str) -> None:
    assert duban("--now", now, "status").code == 2
    if now:
        assert duban("status", DUBAN_NOW=now).code == 2


def test_the_clock_takes_an_offset(duban: Duban) -> None:
    status = duban("--now", "2022-06-09T04:00:00+00:00", "status", "--format", "json").json
    assert status["now"] == "2022-06-09T12:00:00+08:00"


def test_answers_without_an_item_are_not_passed_over_in_silence(
    duban: Duban, tmp_path: Path
) -> None:
    duban("mark", "ycc/plan", "done")
    text = (tmp_path / "small.yaml").read_text(encoding="utf-8")
    (tmp_path / "small.yaml").write_text(text.replace("id: plan", "id: scheme"), encoding="utf-8")
    result = duban("status", "--format", "json")
    assert result.item("ycc/scheme")["state"] == "todo"
    assert "--against-data" in result.err
    (tmp_path / "small.yaml").write_text(text, encoding="utf-8")
    result = duban("status", "--format", "json")
    assert (result.item("ycc/plan")["state"], result.err) == ("done", "")
