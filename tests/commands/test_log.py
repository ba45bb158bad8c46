"""`duban log`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from wcwidth import wcswidth

from tests.commands.conftest import Duban


@pytest.fixture
def history(duban: Duban) -> Duban:
    """Three changes of two units, recorded in turns."""
    duban("--now", "2022-06-01T10:00", "mark", "ycd/plan", "done")
    duban("--now", "2022-06-02T10:00", "mark", "ycc/plan", "doing", "--note", "正在写")
    duban("--now", "2022-06-08T10:00", "mark", "ycc/weekly@2022-06-08", "done", "--nil")
    duban("--now", "2022-06-09T10:00", "mark", "ycd/plan", "verified")
    return duban


def items(duban: Duban, *arguments: str) -> list[str]:
    return [event["item"] for event in duban("log", "--format", "json", *arguments).json]


ALL = ["ycd/plan", "ycc/plan", "ycc/weekly@2022-06-08", "ycd/plan"]


def test_json_is_a_list_of_events_in_the_order_of_recording(history: Duban) -> None:
    events = history("log", "--format", "json").json
    assert [event["item"] for event in events] == ALL
    for event in events:
        assert {"id", "item", "op", "before", "after", "who", "recorded_at", "prev", "hash"} <= set(
            event
        )
    first = events[0]
    assert first["recorded_at"] == "2022-06-01T10:00:00+08:00"
    assert (first["before"]["state"], first["after"]["state"]) == ("todo", "done")
    assert events[3]["prev"] == first["hash"]


def test_at_the_same_instant_units_go_by_id(duban: Duban) -> None:
    for item in ("ycd/plan", "ycc/plan", "mine/summary"):
        duban("mark", item, "doing")
    assert items(duban) == ["mine/summary", "ycc/plan", "ycd/plan"]


def test_by_unit_and_item(history: Duban) -> None:
    assert items(history, "--unit", "荫城村") == ALL[1:3]
    assert items(history, "--item", "荫城东村/活动方案") == ["ycd/plan"] * 2
    assert items(history, "--item", "ycc/plan") == ["ycc/plan"]
    assert items(history, "--unit", "ycc", "--item", "ycd/plan") == []
    assert history("log", "--item", "ycc/nothing").code == 2
    assert history("log", "--unit", "nowhere").code == 2


def test_since_a_time_or_for_so_long(history: Duban) -> None:
    assert items(history, "--since", "2022-06-08T10:00") == ALL[2:]
    assert items(history, "--since", "2022-06-08T10:00:01") == ALL[3:]
    assert items(history, "--since", "2h") == ALL[3:]
    assert items(history, "--since", "7d") == ALL[2:]
    assert items(history, "--since", "2w") == ALL
    assert history("log", "--since", "lately").code == 2
    assert history("log", "--since", "9999999999m").code == 2


def test_as_of(history: Duban) -> None:
    assert items(history, "--as-of", "2022-06-02T10:00") == ALL[:2]


def test_a_now_before_the_last_recorded_change_hides_nothing(history: Duban) -> None:
    assert items(history, "--now", "2022-06-01T00:00") == ALL


def test_a_unit_keeps_its_own_order_where_clocks_went_back(duban: Duban) -> None:
    duban("--now", "2022-06-05T10:00", "mark", "ycc/plan", "doing")
    duban("--now", "2022-06-04T10:00", "mark", "ycc/big-1", "doing")
    duban("--now", "2022-06-04T12:00", "mark", "ycd/plan", "doing")
    duban("--now", "2022-06-05T12:00", "mark", "ycd/big-1", "doing")
    assert items(duban) == ["ycd/plan", "ycc/plan", "ycc/big-1", "ycd/big-1"]
    assert items(duban, "--as-of", "2022-06-04T12:00") == ["ycd/plan", "ycc/big-1"]


def test_verify_without_an_anchor_is_of_the_whole_history(history: Duban) -> None:
    result = history("log", "--verify", "--as-of", "2022-06-02T10:00")
    assert (result.code, result.out) == (2, "")
    assert "--anchor" in result.err


def test_an_item_that_the_definition_no_longer_makes_has_its_history(
    history: Duban, tmp_path: Path
) -> None:
    text = (tmp_path / "small.yaml").read_text(encoding="utf-8")
    (tmp_path / "small.yaml").write_text(text.replace("id: plan", "id: scheme"), encoding="utf-8")
    assert items(history, "--item", "ycc/plan") == ["ycc/plan"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_table_fits_80_columns(history: Duban, language: str) -> None:
    history("mark", "ycc/big-1", "doing", "--note", "长" * 100 + "\x1b[31m\n")
    result = history("--lang", language, "log")
    lines = result.out.splitlines()
    assert len(lines) == 6
    assert all(wcswidth(line) <= 80 for line in lines)
    assert "\x1b" not in result.out


def test_nothing_recorded(duban: Duban) -> None:
    assert duban("log", "--format", "json").json == []
    result = duban("log")
    assert (result.code, result.out) == (0, "")


def test_verify_prints_a_digest_that_pins_the_history(history: Duban) -> None:
    first = history("log", "--verify")
    assert first.code == 0
    assert first.out == history("log", "--verify").out
    digest = history("log", "--verify", "--format", "json").json["digest"]
    assert len(digest) == 64
    assert digest in first.out
    history("mark", "ycc/plan", "done")
    assert digest not in history("log", "--verify").out


def test_verify_finds_a_history_that_was_altered(history: Duban, tmp_path: Path) -> None:
    file = tmp_path / "data" / "small" / "units" / "ycc.json"
    file.write_text(file.read_text(encoding="utf-8").replace("正在写", "写完了"), encoding="utf-8")
    result = history("log", "--verify")
    assert result.code == 4
    assert result.out.startswith("ycc:")
    assert history("log", "--verify", "--unit", "ycd").code == 0
    units = history("log", "--verify", "--format", "json").json["units"]
    assert [unit["id"] for unit in units if unit["faults"]] == ["ycc"]


@pytest.fixture
def newer(history: Duban, tmp_path: Path) -> Duban:
    """One unit's file was written by a newer duban."""
    file = tmp_path / "data" / "small" / "units" / "ycc.json"
    text = file.read_text(encoding="utf-8")
    assert '"schema":2' in text
    file.write_text(text.replace('"schema":2', '"schema":3'), encoding="utf-8")
    return history


def test_verify_calls_nothing_broken_that_it_only_cannot_read(newer: Duban) -> None:
    result = newer("log", "--verify")
    assert result.code == 4
    assert "newer duban" in result.out
    assert "is broken" not in result.err
    assert "Not checked: ycc" in result.err
    assert "0 units with faults" in result.out
    units = newer("log", "--verify", "--format", "json").json["units"]
    assert {unit["id"]: unit["checked"] for unit in units if unit["events"] or unit["faults"]} == {
        "ycc": False,
        "ycd": True,
    }


def test_what_is_broken_is_said_beside_what_cannot_be_read(newer: Duban, tmp_path: Path) -> None:
    file = tmp_path / "data" / "small" / "units" / "ycd.json"
    file.write_text(file.read_text(encoding="utf-8").replace("done", "doing"), encoding="utf-8")
    result = newer("log", "--verify")
    assert (result.code, "is broken" in result.err) == (4, True)


def test_an_anchor_is_not_denied_where_a_unit_cannot_be_read(newer: Duban) -> None:
    result = newer("log", "--verify", "--anchor", "0" * 64)
    assert result.code == 4
    assert "never had" not in result.err


def test_an_unreadable_unit_is_named_and_the_others_are_printed(
    history: Duban, tmp_path: Path
) -> None:
    (tmp_path / "data" / "small" / "units" / "ycc.json").write_text("{", encoding="utf-8")
    result = history("log", "--format", "json")
    assert result.code == 4
    assert "ycc.json" in result.err
    assert [event["item"] for event in json.loads(result.out)] == ["ycd/plan"] * 2


def test_a_unit_that_left_the_roster_keeps_its_history(history: Duban, tmp_path: Path) -> None:
    digest = history("log", "--verify", "--format", "json").json["digest"]
    text = (tmp_path / "small.yaml").read_text(encoding="utf-8")
    (tmp_path / "small.yaml").write_text(text.replace("id: ycd,", "id: new,"), encoding="utf-8")
    assert items(history) == ALL
    assert items(history, "--unit", "ycd") == ["ycd/plan"] * 2
    assert items(history, "--item", "ycd/plan") == ["ycd/plan"] * 2
    assert history("log", "--verify", "--format", "json").json["digest"] == digest


def test_of_a_damaged_unit_nobody_says_that_nothing_was_recorded(
    history: Duban, tmp_path: Path
) -> None:
    (tmp_path / "data" / "small" / "units" / "ycc.json").write_text("", encoding="utf-8")
    result = history("log", "--unit", "ycc")
    assert (result.code, result.out) == (4, "")
    assert "ycc.json" in result.err
    assert "Nothing was recorded" not in result.err
    assert "Nothing was recorded" in history("log", "--unit", "mine").err
