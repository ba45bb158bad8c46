"""`was: OLD-ID`: the answers of an earlier id are those of the activity."""

from __future__ import annotations

from datetime import time

import pytest
from msgspec.structs import replace

from campaigns.definition import Every, OnEvent
from campaigns.entries import Entry, State
from campaigns.history import Incident, lineage
from campaigns.scheduling.schedule import Schedule
from campaigns.standing.answers import earlier_keys, entry_of, is_answer, orphans, stored_key
from campaigns.standing.board import build_unit
from tests.campaigns.builders import JUNE, activity, at, campaign, entry, record, unit
from tests.campaigns.campaign_files import (
    MARK,
    MINIMAL,
    activity_of,
    assert_problems,
    with_activity,
)

WEEKLY = Every("week", JUNE, on=(3,), times=(time(18, 0),))


def renamed(*was: str, due: Every | OnEvent | None = WEEKLY) -> Schedule:
    return Schedule(campaign(replace(activity("weekly", due), was=was)))


@pytest.mark.parametrize(("text", "ids"), [("plan", ("plan",)), ("[plan, 方案]", ("plan", "方案"))])
def test_one_id_or_a_list(text: str, ids: tuple[str, ...]) -> None:
    assert activity_of(with_activity(f"was: {text}")).was == ids
    assert activity_of(with_activity("level: optional")).was == ()


def test_ids_in_use_and_ids_claimed_twice_are_problems() -> None:
    assert_problems(with_activity(f"was: {MARK}other"), "“other” is an activity of this file")
    assert_problems(with_activity(f"was: [x, {MARK}a]"), "“a” is an activity of this file")
    assert_problems(with_activity(f"was: [x, {MARK}x]"), "stands twice")
    assert_problems(with_activity(f"was: {MARK}a/b"), "a/b")
    later = MINIMAL + "  - {id: a, title: A, was: x}\n  - {id: b, title: B, was: [y, ‸x]}\n"
    assert_problems(later, "only one activity")
    first = MINIMAL + "  - {id: a, title: A, was: ‸b}\n  - {id: b, title: B}\n"
    assert_problems(first, "“b” is an activity of this file")


def test_the_entry_of_the_same_occurrence_answers() -> None:
    old = entry(State.DONE, at("2022-06-01 12:00"))
    board = build_unit(
        renamed("older", "old"),
        unit(),
        record({"north/old@2022-06-01": old, "north/old@2022-06-02": old}),
        at("2022-06-09 12:00"),
    )
    states = {line.item.key: line.entry.state for line in board.lines}
    assert states["north/weekly@2022-06-01"] is State.DONE
    assert states["north/weekly@2022-06-08"] is State.TODO
    assert [key for key, _ in board.orphans] == ["north/old@2022-06-02"]


def test_its_own_entry_comes_first_then_the_ids_in_order() -> None:
    item = renamed("b", "a").items(unit())[0]
    own, first, second = (entry(state) for state in (State.DONE, State.DOING, State.RETURNED))
    stored = {"north/a@2022-06-01": second, "north/b@2022-06-01": first}
    assert entry_of(item, stored) is first
    assert stored_key(item, stored) == "north/b@2022-06-01"
    stored["north/weekly@2022-06-01"] = own
    assert entry_of(item, stored) is own
    assert [key for key, _ in orphans([item], stored)] == list(stored)[:2]
    assert stored_key(item, {}) == item.key
    assert entry_of(item, {}) == Entry()


def test_an_entry_that_was_taken_back_is_no_answer() -> None:
    assert not is_answer(Entry(recorded_at=at("2022-06-01 12:00"), recorded_by="a", rev=2))
    assert is_answer(Entry(note="x", rev=1))
    item = renamed().items(unit())[0]
    assert orphans([item], {"north/gone": Entry(rev=2)}) == ()


def test_the_keys_that_a_change_continues() -> None:
    known = renamed("old", "older").campaign
    assert earlier_keys(known, "north/weekly@2022-06-01") == (
        "north/old@2022-06-01",
        "north/older@2022-06-01",
    )
    assert earlier_keys(known, "north/other") == earlier_keys(known, "?") == ()


def test_events_that_were_logged_under_an_earlier_id_stay_its_events() -> None:
    schedule = renamed("old", due=OnEvent("事故"))
    happened = Incident("old", 1, at("2022-06-03 08:00"))
    assert [item.key for item in schedule.items(unit(), [happened])] == ["north/weekly@e1"]


def test_the_lineage_of_an_entry() -> None:
    steps = [("a", None), ("b", None), ("a", None), ("c", "a"), ("a", None), ("c", None)]
    assert lineage(steps, "c") == (0, 2, 3, 5)
    assert lineage(steps, "a") == (4,)
    assert lineage(steps, "b") == (1,)
    assert lineage(steps[:4], "a") == ()
    assert lineage([("a", None), ("b", "a"), ("a", "b")], "a") == (0, 1, 2)
