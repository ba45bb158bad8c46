"""Values of options: those that begin with `-`, and paths that begin with `~`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.conftest import Duban


@pytest.mark.parametrize("note", ["-缺3人", "-", "--缺3人", "-x=1"])
def test_a_value_may_begin_with_a_dash(duban: Duban, note: str) -> None:
    marked = duban("mark", "ycc/plan", "done", "--note", note, "--format", "json")
    assert marked.code == 0, marked.err
    assert marked.json["note"] == note


def test_an_option_is_not_taken_for_a_value(duban: Duban) -> None:
    asked = duban("mark", "ycc/plan", "done", "--note", "--format", "json")
    assert asked.code == 2
    assert "--note" in asked.err


@pytest.mark.parametrize(
    ("options", "says"),
    [(("status", "--due-within", "-1d"), "-1d"), (("log", "--since", "-1h"), "-1h"),
     (("mark", "ycc/plan", "done", "--rev", "-1"), "-1")],
)  # fmt: skip
def test_a_value_that_is_wrong_is_named(duban: Duban, options: tuple[str, ...], says: str) -> None:
    asked = duban(*options)
    assert asked.code == 2
    assert f"“{says}”" in asked.err


def test_what_comes_behind_two_dashes_is_no_option(duban: Duban) -> None:
    assert duban("mark", "--", "ycc/plan", "done").code == 0


@pytest.mark.parametrize(
    "note", ["\u200b", "\u2060\ufe0f", "\u2800", "\u3164", "\u00ad", "\u3000 \u200d"]
)
def test_a_reason_in_which_nothing_can_be_seen_is_none(duban: Duban, note: str) -> None:
    asked = duban("mark", "ycc/plan", "waived", "--note", note)
    assert asked.code == 2
    assert duban("mark", "ycc/plan", "doing", "--note", note, "--format", "json").json["note"] == ""


def test_a_path_may_begin_at_home(
    duban: Duban, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    assert duban("--data=~/y", "mark", "ycc/plan", "done").code == 0
    assert (home / "y" / "small" / "units" / "ycc.json").is_file()
    monkeypatch.setenv("DUBAN_DATA", "~/y")
    assert duban("log", "--format", "json").json != []
    assert duban("--data=~/y", "status", "--format", "short").code == 1
    assert duban("--data=~/y", "backup", "~/small.zip").code == 0
    assert (home / "small.zip").is_file()
    assert not Path("~").exists()


def test_the_home_of_nobody_is_refused(duban: Duban) -> None:
    asked = duban("--data=~nobody-of-this-name/y", "status")
    assert asked.code == 2
    assert not Path("~nobody-of-this-name").exists()
