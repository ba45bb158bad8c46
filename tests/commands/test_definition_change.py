"""A definition that changes while the campaign runs (docs/storage.md, "Definitions")."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests import ROOT
from tests.commands.conftest import DEFINITION, Duban

PLAN = "{id: plan, title: 活动方案, for: village, due: 2022-05-31}"
RENAMED = "{id: scheme, title: 工作方案, for: village, due: 2022-06-20, was: plan}"
WEEKLIES = tuple(f"weekly@2022-06-{day:02}" for day in (1, 8, 15, 22, 29))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "small.yaml"


def rewrite(file: Path, old: str, new: str) -> None:
    """Put the definition in place again with one thing in it changed."""
    assert old in DEFINITION
    file.write_text(DEFINITION.replace(old, new), encoding="utf-8")


def taken_up(tmp_path: Path) -> int:
    return len(list((tmp_path / "data" / "small" / "definition").glob("*.json")))


def test_a_renamed_activity_keeps_its_answers(duban: Duban, file: Path, tmp_path: Path) -> None:
    duban("mark", "ycc/plan", "done", "--received-at", "2022-06-02T12:00", "--note", "纸质件")
    rewrite(file, PLAN, RENAMED)
    item = duban("status", "--format", "json").item("ycc/scheme")
    assert (item["state"], item["note"], item["rev"]) == ("done", "纸质件", 1)
    assert (item["timing"], item["late_by"]) == ("late", 36 * 3600 + 1)
    assert item["due"] == "2022-06-20T23:59:59+08:00"
    assert item["judged_due"] == "2022-05-31T23:59:59+08:00"
    assert "05-31" in duban("status", "--items", "--unit", "ycc").out
    assert taken_up(tmp_path) == 1

    marked = duban("mark", "ycc/scheme", "verified", "--rev", "1", "--format", "json")
    assert marked.code == 0
    assert (marked.json["rev"], marked.json["note"]) == (2, "纸质件")
    assert "definition" in marked.err
    assert taken_up(tmp_path) == 2
    assert duban("log", "--verify").code == 0
    story = duban("log", "--item", "ycc/scheme", "--format", "json").json
    assert [event["item"] for event in story] == ["ycc/plan", "ycc/scheme"]
    assert story[1]["before"] == story[0]["after"]
    assert len(duban("log", "--item", "ycc/plan", "--format", "json").json) == 1
    assert duban("check", str(file), "--against-data").code == 0

    for state in ("done", "todo"):
        undone = duban("undo", "ycc/scheme", "--format", "json")
        assert (undone.code, undone.json["state"]) == (0, state)
    assert duban("log", "--verify").code == 0
    past = duban("status", "--format", "json", "--as-of", "2022-06-09T11:00")
    assert past.item("ycc/scheme")["state"] == "todo"


def test_an_undo_before_any_other_change_takes_the_old_answer_back(
    duban: Duban, file: Path
) -> None:
    duban("mark", "ycc/plan", "done")
    rewrite(file, PLAN, RENAMED)
    assert duban("log", "--item", "ycc/scheme", "--format", "json").json[0]["item"] == "ycc/plan"
    undone = duban("undo", "ycc/scheme", "--format", "json", "--rev", "1")
    assert (undone.code, undone.json["item"], undone.json["state"]) == (0, "ycc/scheme", "todo")
    assert duban("redo", "ycc/scheme", "--format", "json").json["state"] == "done"
    assert duban("status", "--format", "json").item("ycc/scheme")["state"] == "done"
    assert duban("log", "--verify").code == 0


def test_the_same_in_processes_of_their_own(environ: dict[str, str], file: Path) -> None:
    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "cli", *arguments]
        path = {"PYTHONPATH": str(ROOT)}
        return subprocess.run(
            command, env=environ | path, capture_output=True, text=True, cwd=ROOT, check=False
        )

    assert run("mark", "ycc/plan", "done").returncode == 0
    rewrite(file, PLAN, RENAMED)
    assert run("mark", "ycc/scheme", "returned", "--note", "缺页", "--rev", "1").returncode == 0
    assert run("mark", "ycc/scheme", "done", "--rev", "1").returncode == 6
    assert run("log", "--verify").returncode == 0
    assert run("undo", "ycc/scheme").returncode == 0
    assert "scheme" in run("status", "--items").stdout


def test_an_orphan_is_kept_and_comes_back_with_its_item(
    duban: Duban, file: Path, tmp_path: Path
) -> None:
    duban("mark", "ycc/plan", "done", "--note", "已收")
    rewrite(file, PLAN, "{id: other, title: 其他, for: village}")
    lost = duban("check", str(file), "--against-data")
    assert lost.code == 1
    assert "ycc/plan: submitted" in lost.out
    in_chinese = duban("--lang", "zh", "check", str(file), "--against-data").out
    assert "已报送" in in_chinese
    assert "done" not in in_chinese
    as_json = duban("check", str(file), "--against-data", "--format", "json").json
    assert as_json["orphans"][0]["state"] == "done"
    status = duban("status", "--format", "json")
    assert "ycc/plan" not in status.out
    assert "1 recorded answer" in status.err
    assert duban("mark", "ycc/other", "done").code == 0
    assert duban("check", str(file), "--against-data").code == 1, "it is orphaned still"
    file.write_text(DEFINITION, encoding="utf-8")
    assert duban("status", "--format", "json").item("ycc/plan")["note"] == "已收"
    assert taken_up(tmp_path) == 2
    assert duban("mark", "ycc/plan", "verified").code == 0
    assert taken_up(tmp_path) == 3
    assert duban("log", "--verify").code == 0


def test_a_deadline_moved_forward_makes_nobody_late(duban: Duban, file: Path) -> None:
    duban("mark", "ycc/summary", "done", "--received-at", "2022-06-08T10:00")
    rewrite(file, "due: 2022-07-04}", "due: 2022-06-03}")
    result = duban("status", "--format", "json")
    item = result.item("ycc/summary")
    assert (item["timing"], item["late_by"]) == ("on_time", None)
    assert item["due"] == "2022-06-03T23:59:59+08:00"
    assert item["judged_due"] == "2022-07-04T23:59:59+08:00"
    assert result.item("ycd/summary")["timing"] == "overdue"
    assert duban("mark", "ycd/summary", "done", "--format", "json").json["timing"] == "late"
    shown = duban("mark", "ycc/summary", "verified").out
    assert "judged by the deadline 2022-07-04 23:59" in shown
    found = duban("check", str(file), "--against-data")
    assert (found.code, "Deadline moved" in found.out) == (0, False), "it was taken up"


def test_the_difference_is_told_before_it_is_taken_up(
    duban: Duban, file: Path, tmp_path: Path
) -> None:
    duban("mark", "ycc/plan", "done")
    rewrite(file, "due: 2022-07-04}", "due: 2022-07-05}")
    text = file.read_text("utf-8").replace("{day: 2022-06-16}}", "{day: 2022-06-17}}")
    text = text.replace("      - {id: big-2, title: 大宣传, for: village, due: 2022-06-30}\n", "")
    text = text.replace("- {id: mine,", "- {id: pit, name: 二号煤矿, kind: coal}\n  - {id: mine,")
    file.write_text(text, encoding="utf-8")
    result = duban("check", str(file), "--against-data")
    assert (result.code, taken_up(tmp_path)) == (0, 1)
    lines = result.out.splitlines()
    assert any("summary" in line and "2022-07-04 -> 2022-07-05" in line for line in lines)
    assert any("big-1" in line and "2022-06-16 -> 2022-06-17" in line for line in lines)
    assert any("Removed" in line and "big-2" in line and "2 items" in line for line in lines)
    assert any("ycd/big-2" in line for line in lines)
    assert any("pit" in line for line in lines)
    data = duban("check", str(file), "--against-data", "--format", "json").json
    assert data["removed"] == ["ycc/big-2", "ycd/big-2"]
    assert {"pit/summary", "pit/mechanism", "pit/news"} == set(data["added"])
    assert data["units_added"] == ["pit"]
    moved = {row["item"]: (row["from"], row["to"]) for row in data["moved"]}
    assert moved["mine/summary"] == ("2022-07-04T23:59:59+08:00", "2022-07-05T23:59:59+08:00")
    assert set(moved) == {f"{unit}/summary" for unit in ("ycc", "ycd", "mine")} | {
        "ycc/big-1",
        "ycd/big-1",
    }
    assert (data["orphans"], data["renamed"]) == ([], [])
    duban("mark", "ycc/summary", "doing")
    again = duban("check", str(file), "--against-data")
    assert (again.code, again.out.count("\n")) == (0, 2)


def test_removed_items_stand_behind_the_line_that_tells_of_them(duban: Duban, file: Path) -> None:
    duban("mark", "ycc/plan", "done")
    duban("mark", "ycd/big-2", "done")
    text = file.read_text("utf-8")
    for line in (
        "  - {id: ycd, name: 荫城东村, kind: village}\n",
        "      - {id: plan, title: 活动方案, for: village, due: 2022-05-31}\n",
        "      - {id: big-2, title: 大宣传, for: village, due: 2022-06-30}\n",
    ):
        assert line in text
        text = text.replace(line, "")
    file.write_text(text, encoding="utf-8")
    result = duban("check", str(file), "--against-data")
    assert result.code == 1
    lines = result.out.splitlines()
    headings = [number for number, line in enumerate(lines) if not line.startswith(" ")]
    told = {
        lines[first].split(" “")[0]: [line.split(": ")[-1] for line in lines[first + 1 : end]]
        for first, end in zip(headings, [*headings[1:], None], strict=True)
    }
    assert list(told.values())[-1] == ["no item of this definition"] * 2
    del told[list(told)[-1]]
    assert told == {
        "Units removed: 荫城东村 (ycd)": [
            *(f"ycd/{name}" for name in ("plan", *WEEKLIES, "summary", "big-1", "big-2", "news")),
        ],
        "Removed: plan": ["ycc/plan"],
        "Removed: big-2": ["ycc/big-2"],
    }


def test_nothing_in_force_is_nothing_to_compare_with(duban: Duban, file: Path) -> None:
    result = duban("check", str(file), "--against-data")
    assert (result.code, result.err) == (0, "")
    assert "No definition is in force yet" in result.out
    assert "Items and deadlines are the same" not in result.out
    assert duban("check", str(file), "--format", "json").code == 2
