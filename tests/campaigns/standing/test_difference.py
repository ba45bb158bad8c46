"""What a changed definition changes (docs/campaign-format.md, "Changing the file")."""

from __future__ import annotations

from datetime import date, time

from msgspec.structs import replace

from campaigns.clock import zone_of
from campaigns.definition import (
    Activity,
    By,
    Duration,
    Every,
    OnEvent,
    Period,
    Unit,
    Window,
)
from campaigns.entries import Entry, State
from campaigns.history import Incident, UnitRecord
from campaigns.standing.difference import Difference, ItemsChanged, difference
from campaigns.words.difference import summary
from i18n.catalogue import open_catalogue
from tests.campaigns.builders import JUNE, activity, at, campaign, day, entry, record, unit

WEEKLY = Every("week", JUNE, on=(3,), times=(time(18, 0),))
BOTH = ("north", "south")
DONE = entry(State.DONE, at("2022-05-31 12:00"))


def compare(
    before: tuple[Activity, ...],
    after: tuple[Activity, ...],
    records: dict[str, UnitRecord] | None = None,
    *,
    units: tuple[Unit, ...] = (unit("north"), unit("south")),
    units_after: tuple[Unit, ...] | None = None,
) -> Difference:
    return difference(
        campaign(*before, units=units),
        campaign(*after, units=units if units_after is None else units_after),
        records or {},
    )


def plan(due: str = "2022-05-31", units: tuple[str, ...] = BOTH) -> Activity:
    return activity("plan", By(day(due)), units=units)


def weekly(due: Every = WEEKLY) -> Activity:
    return activity("weekly", due, units=BOTH)


def kinds(found: Difference) -> list[tuple[str, str, str | None, list[str]]]:
    return [
        (each.kind, each.activity.id, each.occurrence, sorted(each.units)) for each in found.items
    ]


def said(found: Difference) -> list[str]:
    return summary(found, open_catalogue("en"), zone_of("Asia/Shanghai"))


def test_the_same_definition_changes_nothing() -> None:
    found = compare((plan(), weekly()), (plan(), weekly()), {"north": record({"north/plan": DONE})})
    assert not found
    assert (found.items, found.orphans, found.moving, said(found)) == ((), (), (), [])


def test_activities_come_and_go_with_their_items() -> None:
    found = compare((plan(),), (weekly(),))
    assert [each[:2] for each in kinds(found)] == [("added", "weekly")] * 5 + [("removed", "plan")]
    assert found.items[0].keys == ("north/weekly@2022-06-01", "south/weekly@2022-06-01")
    assert found.items[-1].before == at("2022-05-31 23:59:59")
    lines = said(found)
    assert len(lines) == 2
    assert "weekly" in lines[0]
    assert "10 items" in lines[0]
    assert "2 units" in lines[0]


def test_a_moved_deadline_is_told_from_and_to() -> None:
    found = compare((plan(), weekly()), (plan("2022-06-02"), weekly()))
    (moved,) = found.items
    assert moved == ItemsChanged(
        "moved",
        moved.activity,
        None,
        frozenset(BOTH),
        at("2022-05-31 23:59:59"),
        at("2022-06-02 23:59:59"),
    )
    (line,) = said(found)
    assert "2022-05-31 -> 2022-06-02" in line
    assert "2 units" in line


def test_a_later_hour_keeps_the_occurrences_and_another_day_does_not() -> None:
    later = replace(WEEKLY, times=(time(20, 0),))
    found = compare((weekly(),), (weekly(later),))
    assert {each.kind for each in found.items} == {"moved"}
    assert len(said(found)) == 5
    assert "2022-06-01 18:00 -> 2022-06-01 20:00" in said(found)[0]
    thursdays = replace(WEEKLY, on=(4,))
    found = compare((weekly(),), (weekly(thursdays),))
    assert [each[0] for each in kinds(found)] == ["added"] * 5 + ["removed"] * 5


def test_many_moved_dates_are_cut_short() -> None:
    daily = Every("day", JUNE, times=(time(18, 0),))
    found = compare((weekly(daily),), (weekly(replace(daily, times=(time(19, 0),))),))
    assert len(found.items) == 30
    assert len(said(found)) < 12
    assert "22 more" in said(found)[-1]


def test_no_deadline_is_one_too() -> None:
    found = compare((plan(),), (activity("plan", units=BOTH),))
    assert kinds(found) == [("moved", "plan", None, ["north", "south"])]
    assert "no deadline" in said(found)[0]


def test_some_units_owe_it_no_longer() -> None:
    found = compare((plan(),), (plan(units=("north",)),))
    assert kinds(found) == [("removed", "plan", None, ["south"])]


def test_units_come_and_go() -> None:
    found = compare(
        (plan(units=("north",)),),
        (plan(units=("south",)),),
        {"north": record({"north/plan": DONE})},
        units=(unit("north"),),
        units_after=(unit("south"),),
    )
    assert [each.id for each in found.units_added] == ["south"]
    assert [each.id for each in found.units_removed] == ["north"]
    assert [each[0] for each in kinds(found)] == ["added", "removed"]
    assert [key for key, _ in found.orphans] == ["north/plan"]
    lines = said(found)
    assert len(lines) == 3
    assert "north" in lines[0]
    assert "south" in lines[1]


def test_active_dates_decide_item_by_item() -> None:
    until = unit("north", active=Window(last=date(2022, 6, 8)))
    found = compare((weekly(),), (weekly(),), units_after=(until, unit("south")))
    assert kinds(found) == [
        ("removed", "weekly", f"2022-06-{number}", ["north"]) for number in (15, 22, 29)
    ]


def test_was_keeps_answers_and_tells_moved_deadlines() -> None:
    renamed = replace(plan("2022-06-02"), id="scheme", was=("plan",))
    found = compare((plan(),), (renamed,), {"north": record({"north/plan": DONE})})
    assert [(each.kind, each.was) for each in found.items] == [("moved", "plan")]
    assert (found.orphans, found.moving) == ((), (("north/plan", "north/scheme"),))
    found = compare((plan(),), (replace(plan(), id="scheme", was=("plan",)),))
    assert [(each.kind, each.was) for each in found.items] == [("renamed", "plan")]
    assert "plan is now scheme" in said(found)[0]
    without = compare(
        (plan(),), (replace(plan(), id="scheme"),), {"north": record({"north/plan": DONE})}
    )
    assert [each[0] for each in kinds(without)] == ["added", "removed"]
    assert [key for key, _ in without.orphans] == ["north/plan"]


def test_two_activities_become_one() -> None:
    north, south = plan(units=("north",)), replace(plan(units=("south",)), id="scheme")
    one = replace(plan(), id="both", was=("plan", "scheme"))
    found = compare((north, south), (one,))
    assert [(each.kind, each.was, sorted(each.units)) for each in found.items] == [
        ("renamed", "plan", ["north"]),
        ("renamed", "scheme", ["south"]),
    ]


def test_titles() -> None:
    found = compare((plan(),), (replace(plan(), title="方案"),))
    assert found
    assert [(each.before, each.after) for each in found.retitled] == [("activity plan", "方案")]
    assert "方案" in said(found)[0]


def test_an_entry_that_was_taken_back_is_no_loss() -> None:
    taken_back = Entry(recorded_at=at("2022-05-31 12:00"), recorded_by="a", rev=2)
    found = compare((plan(), weekly()), (weekly(),), {"north": record({"north/plan": taken_back})})
    assert found.orphans == ()


def test_items_of_logged_events_move_each_on_its_own() -> None:
    before = activity("accident", OnEvent("事故", within=Duration(24, "h")), units=BOTH)
    after = replace(before, due=OnEvent("事故", within=Duration(12, "h")))
    records = {"north": record({}, Incident("accident", 1, at("2022-06-03 08:00")))}
    assert kinds(compare((before,), (after,), records)) == [("moved", "accident", "e1", ["north"])]
    assert not compare((before,), (after,))
    found = compare((before,), (plan(),), records)
    assert ("removed", "accident", "e1", ["north"]) in kinds(found)


def test_ten_thousand_units_stay_readable() -> None:
    units = tuple(unit(f"u{number}") for number in range(10_000))
    names = tuple(each.id for each in units)
    june = activity("weekly", WEEKLY, units=names)
    later = activity("weekly", replace(WEEKLY, bounds=Period(day("2022-06-08"), JUNE.last),
                                       times=(time(20, 0),)), units=names)  # fmt: skip
    found = compare((june, plan(units=names)), (later,), units=units)
    lines = said(found)
    assert len(lines) == 6
    assert all("10000 units" in line for line in lines)
