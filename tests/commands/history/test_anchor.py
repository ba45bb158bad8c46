"""`duban log --anchor`: a sheet of paper that pins the history."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from wcwidth import wcswidth

from tests.commands.conftest import Duban


@pytest.fixture
def history(duban: Duban) -> Duban:
    """Two units that commit in the same second, and one later."""
    duban("--now", "2022-06-01T10:00", "mark", "ycd/plan", "done")
    duban("--now", "2022-06-01T10:00", "mark", "ycc/plan", "doing", "--note", "正在写")
    duban("--now", "2022-06-08T10:00", "mark", "ycc/weekly@2022-06-08", "done", "--nil")
    return duban


def anchor(duban: Duban, *arguments: str) -> dict[str, object]:
    result = duban("log", "--anchor", "--format", "json", *arguments)
    assert result.code == 0
    found: dict[str, object] = result.json
    return found


def check(duban: Duban, digest: object, *arguments: str) -> int:
    return duban("log", "--verify", "--anchor", str(digest), *arguments).code


def test_it_names_the_campaign_the_time_the_events_and_the_digest(history: Duban) -> None:
    assert anchor(history) == {
        "format": 1,
        "campaign": "small",
        "as_of": "2022-06-09T12:00:00+08:00",
        "events": 3,
        "digest": history("log", "--verify", "--format", "json").json["digest"],
    }
    result = history("log", "--anchor")
    assert result.code == 0
    for text in ("small", "小活动", "2022-06-09T12:00:00+08:00", "3"):
        assert text in result.out
    assert str(anchor(history)["digest"]) in result.out


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_paper_is_80_columns_wide_at_most(history: Duban, language: str) -> None:
    lines = history("--lang", language, "log", "--anchor").out.splitlines()
    assert max(wcswidth(line) for line in lines) <= 80


def test_the_digest_is_found_after_more_was_recorded(history: Duban) -> None:
    printed = anchor(history)
    history("mark", "ycd/plan", "verified")
    history("undo", "ycc/plan")
    assert anchor(history)["digest"] != printed["digest"]
    result = history("log", "--verify", "--anchor", str(printed["digest"]))
    assert result.code == 0
    assert "2022-06-08T10:00:00+08:00" in result.out
    found = history("log", "--anchor", str(printed["digest"]), "--format", "json").json
    assert found["anchor"]["events"] == 3
    assert found["anchor"]["digest"] == printed["digest"]


def test_as_of_gives_the_anchor_of_then_and_bounds_the_search(history: Duban) -> None:
    then, now = anchor(history, "--as-of", "2022-06-05T00:00"), anchor(history)
    assert (then["events"], then["as_of"]) == (2, "2022-06-05T00:00:00+08:00")
    assert check(history, then["digest"]) == 0
    assert check(history, then["digest"], "--as-of", "2022-06-05T00:00") == 0
    assert check(history, now["digest"], "--as-of", "2022-06-05T00:00") == 4


def test_a_digest_between_two_commits_of_one_second_is_found(duban: Duban) -> None:
    duban("mark", "ycd/plan", "done")
    printed = anchor(duban)
    duban("mark", "ycc/plan", "doing")
    duban("mark", "mine/summary", "doing")
    assert check(duban, printed["digest"]) == 0


def test_a_digest_may_be_typed_as_it_stands_on_paper(history: Duban) -> None:
    out = history("log", "--anchor").out
    groups = re.search(r"(?:[0-9a-f]{8} ){7}[0-9a-f]{8}", out)
    assert groups is not None
    assert check(history, groups[0]) == 0
    assert check(history, groups[0].upper().replace(" ", "-")) == 0


def test_a_history_written_anew_does_not_have_it(history: Duban, tmp_path: Path) -> None:
    """Every hash fits again: only the paper knows."""
    digest = anchor(history)["digest"]
    (tmp_path / "data" / "small" / "units" / "ycc.json").unlink()
    history("--now", "2022-06-01T10:00", "mark", "ycc/plan", "doing", "--note", "写完了")
    history("--now", "2022-06-08T10:00", "mark", "ycc/weekly@2022-06-08", "done", "--nil")
    assert history("log", "--verify").code == 0
    result = history("log", "--verify", "--anchor", str(digest))
    assert result.code == 4
    assert str(digest) in result.err
    assert history("log", "--anchor", str(digest), "--format", "json").json["anchor"] is None


def test_a_broken_history_has_no_anchor(history: Duban, tmp_path: Path) -> None:
    digest = anchor(history)["digest"]
    file = tmp_path / "data" / "small" / "units" / "ycc.json"
    file.write_text(file.read_text(encoding="utf-8").replace("正在写", "写完了"), encoding="utf-8")
    result = history("log", "--anchor")
    assert result.code == 4
    assert result.out.startswith("ycc:")
    assert result.out.count("\n") == 1
    assert not re.search("[0-9a-f]{64}", result.out + result.err)
    assert "No digest is printed" in result.err
    assert "broken" in result.err
    as_json = history("log", "--anchor", "--format", "json")
    assert as_json.code == 4
    assert (as_json.json["digest"], as_json.json["events"]) == (None, None)
    assert [unit["id"] for unit in as_json.json["units"]] == ["ycc"]
    assert as_json.json["units"][0]["faults"]
    assert not re.search("[0-9a-f]{64}", as_json.out + as_json.err)
    assert check(history, digest) == 4


def test_what_could_not_be_checked_has_no_anchor(history: Duban, tmp_path: Path) -> None:
    file = tmp_path / "data" / "small" / "units" / "ycc.json"
    text = file.read_text(encoding="utf-8").replace('"schema":2', '"schema":99')
    file.write_text(text, encoding="utf-8")
    result = history("log", "--anchor")
    assert result.code == 4
    assert not re.search("[0-9a-f]{64}", result.out + result.err)
    assert "No digest is printed" in result.err
    assert "Not checked: ycc" in result.err
    assert "broken" not in result.err.replace("unbroken", "")


def test_what_is_no_digest_or_no_whole_history_is_refused(history: Duban) -> None:
    digest = str(anchor(history)["digest"])
    assert check(history, digest[:-1]) == 2
    assert check(history, "g" + digest[1:]) == 2
    for choice in (["--unit", "ycc"], ["--item", "ycc/plan"], ["--since", "1d"]):
        assert history("log", "--anchor", *choice).code == 2
        assert check(history, digest, *choice) == 2


def test_an_empty_history_has_an_anchor_too(duban: Duban) -> None:
    digest = anchor(duban)["digest"]
    duban("mark", "ycd/plan", "done")
    assert check(duban, digest) == 0


def test_log_of_a_long_history(duban: Duban, tmp_path: Path) -> None:
    for number in range(160):
        now = f"2022-06-0{1 + number // 60}T10:{number % 60:02}"
        duban(
            "--now", now, "mark", "ycc/plan", "doing", "--note", f"n{number}", "--op", f"{number}"
        )
    assert list((tmp_path / "data" / "small" / "archive" / "ycc").glob("*.json"))
    notes = [f"n{number}" for number in range(160)]
    events = duban("log", "--format", "json").json
    assert [event["after"]["note"] for event in events] == notes
    since = duban("log", "--since", "2022-06-02T10:00", "--format", "json").json
    assert [event["after"]["note"] for event in since] == notes[60:]
    by_item = duban("log", "--item", "ycc/plan", "--unit", "ycc").out
    assert len(by_item.splitlines()) == 161
    past = duban("--as-of", "2022-06-01T10:05", "status", "--format", "json").item("ycc/plan")
    assert past["note"] == "n5"
    assert json.loads(duban("log", "--verify", "--format", "json").out)["units"][0]["events"] == 160
    assert check(duban, anchor(duban, "--as-of", "2022-06-01T10:05")["digest"]) == 0
    again = duban("mark", "ycc/plan", "doing", "--note", "n3", "--op", "3", "--format", "json")
    assert (again.code, again.json["note"]) == (0, "n159")
    other = duban("mark", "ycc/plan", "done", "--op", "3")
    assert (other.code, "n3" in other.err) == (6, True)
