"""`duban redo`: what undo took back comes again."""

from __future__ import annotations

from tests.commands.conftest import Duban


def test_redo_repeats_what_undo_took_back(duban: Duban) -> None:
    duban("mark", "ycc/plan", "done", "--note", "甲")
    assert duban("undo", "ycc/plan", "--format", "json").json["state"] == "todo"
    redone = duban("redo", "ycc/plan", "--format", "json")
    assert redone.code == 0
    assert (redone.json["state"], redone.json["note"], redone.json["rev"]) == ("done", "甲", 3)
    assert [event["redoes"] for event in duban("log", "--format", "json").json] == [
        None,
        None,
        "ycc#1",
    ]


def test_nothing_to_redo_is_a_conflict(duban: Duban) -> None:
    assert duban("redo", "ycc/plan").code == 6
    duban("mark", "ycc/plan", "done")
    assert duban("redo", "ycc/plan").code == 6
    duban("undo", "ycc/plan")
    duban("mark", "ycc/plan", "doing")
    assert duban("redo", "ycc/plan").code == 6


def test_a_stale_revision_and_a_repeated_operation(duban: Duban) -> None:
    duban("mark", "ycc/plan", "doing")
    duban("mark", "ycc/plan", "done")
    duban("undo", "ycc/plan")
    duban("undo", "ycc/plan")
    assert duban("redo", "ycc/plan", "--rev", "3").code == 6
    first = duban("redo", "ycc/plan", "--rev", "4", "--op", "r", "--format", "json")
    assert first.json["state"] == "doing"
    again = duban("redo", "ycc/plan", "--op", "r", "--format", "json")
    assert (again.code, again.json) == (0, first.json)


def test_the_past_is_read_only(duban: Duban) -> None:
    assert duban("--as-of", "2022-06-01", "redo", "ycc/plan").code == 2


def test_an_item_that_is_none(duban: Duban) -> None:
    assert duban("redo", "ycc/nothing").code == 2
