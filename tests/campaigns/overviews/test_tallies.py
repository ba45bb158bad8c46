from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from campaigns.definition import Activity, By, Campaign, Every, Metric
from campaigns.entries import Entry, Number, State
from campaigns.history import UnitRecord
from campaigns.overviews.tallies import FigureTally, Pair, figures_of
from campaigns.scheduling.schedule import Schedule
from campaigns.standing.board import build_board
from campaigns.standing.matrix import Columns, Row
from tests.campaigns.builders import JUNE, activity, at, campaign, day, unit

NOW = at("2022-07-10 12:00")
UNITS = ("north", "south")
METRICS = {
    "sessions": Metric("sessions", "活动场次", "场"),
    "largest": Metric("largest", "最大一场", "人次", aggregate="max"),
    "so-far": Metric("so-far", "累计场次", "场", aggregate="last"),
}


def weekly(*metrics: str, activity_id: str = "weekly") -> Activity:
    due = Every("week", JUNE, on=(3,), times=(time(18, 0),))
    return replace(activity(activity_id, due, units=UNITS), metrics=metrics)


def given_at(
    metrics: Mapping[str, Number],
    received: str | None = "2022-06-08 12:00",
    *,
    state: State = State.DONE,
    recorded: str | None = "2022-06-20 12:00",
) -> Entry:
    return Entry(
        state=state,
        received_at=at(received) if received else None,
        recorded_at=at(recorded) if recorded else None,
        metrics=metrics,
        rev=1,
    )


def rows(of: Campaign, entries: Mapping[str, Entry]) -> tuple[Row, ...]:
    records = {
        name: UnitRecord({key: entry for key, entry in entries.items() if key.startswith(name)})
        for name in UNITS
    }
    schedule = Schedule(of)
    columns = Columns(schedule)
    return tuple(map(columns.row, build_board(schedule, of.units, records, NOW).units))


def totals(*activities: Activity, entries: Mapping[str, Entry]) -> Mapping[Pair, FigureTally]:
    of = campaign(*activities, units=[unit(name) for name in UNITS], metrics=METRICS)
    return figures_of(of, rows(of, entries))


def only(metric: str, entries: Mapping[str, Entry]) -> FigureTally | None:
    return totals(weekly(metric), entries=entries).get(("weekly", metric))


WEEKS = {
    "north/weekly@2022-06-01": 5,
    "north/weekly@2022-06-08": 7,
    "south/weekly@2022-06-08": 2,
}


def reports(metric: str) -> dict[str, Entry]:
    return {key: given_at({metric: value}, f"{key[-10:]} 12:00") for key, value in WEEKS.items()}


def test_increments_are_added_over_occurrences_and_units() -> None:
    assert only("sessions", reports("sessions")) == FigureTally(3, 14)


def test_max_is_the_largest_of_all() -> None:
    assert only("largest", reports("largest")) == FigureTally(3, 7)


def test_last_is_each_units_last_level_added_over_the_units() -> None:
    assert only("so-far", reports("so-far")) == FigureTally(3, 9)


@pytest.mark.parametrize(
    ("first_week", "second_week", "value"),
    [
        (("2022-06-20 12:00", "2022-06-20 12:00"), ("2022-06-08 12:00", "2022-06-21 12:00"), 5),
        (("2022-06-01 12:00", "2022-06-21 12:00"), ("2022-06-08 12:00", "2022-06-20 12:00"), 7),
        ((None, "2022-06-20 12:00"), (None, "2022-06-19 12:00"), 5),
        ((None, "2022-06-20 12:00"), ("2022-06-08 12:00", "2022-06-21 12:00"), 5),
        ((None, None), ("2022-06-08 12:00", None), 7),
        (("2022-06-08 12:00", None), (None, None), 5),
        (("2022-06-08 12:00", None), ("2022-06-08 12:00", None), 7),
    ],
)
def test_last_is_by_receipt_else_by_recording_else_by_the_order_of_the_items(
    first_week: tuple[str | None, str | None],
    second_week: tuple[str | None, str | None],
    value: int,
) -> None:
    entries = {
        f"north/weekly@{week}": given_at({"so-far": figure}, received, recorded=recorded)
        for week, figure, (received, recorded) in (
            ("2022-06-01", 5, first_week),
            ("2022-06-08", 7, second_week),
        )
    }
    assert only("so-far", entries) == FigureTally(2, value)


@pytest.mark.parametrize(
    ("state", "counts"),
    [
        (State.DONE, True), (State.VERIFIED, True), (State.DOING, True),
        (State.TODO, False), (State.RETURNED, False), (State.WAIVED, False),
    ],
)  # fmt: skip
def test_figures_count_while_they_stand(state: State, counts: bool) -> None:
    entries = {"north/weekly@2022-06-01": given_at({"sessions": 5}, state=state)}
    assert only("sessions", entries) == (FigureTally(1, 5) if counts else None)


def test_a_figure_of_zero_is_given_and_none_is_not() -> None:
    entries = {
        "north/weekly@2022-06-01": given_at({"sessions": 0}),
        "north/weekly@2022-06-08": given_at({}),
    }
    assert only("sessions", entries) == FigureTally(1, 0)


def test_activities_are_never_added_to_each_other() -> None:
    summary = replace(
        activity("summary", By(day("2022-07-04")), units=UNITS), metrics=("sessions",)
    )
    entries = reports("sessions") | {"north/summary": given_at({"sessions": 30})}
    assert totals(weekly("sessions"), summary, entries=entries) == {
        ("weekly", "sessions"): FigureTally(3, 14),
        ("summary", "sessions"): FigureTally(1, 30),
    }


def test_answers_under_an_earlier_id_count() -> None:
    moved = replace(weekly("sessions"), was=("old",))
    found = totals(moved, entries={"north/old@2022-06-01": given_at({"sessions": 5})})
    assert found == {("weekly", "sessions"): FigureTally(1, 5)}


OCCURRENCES = ("2022-06-01", "2022-06-08", "2022-06-15")
RECEIPTS = st.datetimes(datetime(2022, 6, 1), datetime(2022, 6, 30))  # noqa: DTZ001
FIGURES = st.dictionaries(
    st.tuples(st.sampled_from(UNITS), st.sampled_from(OCCURRENCES)),
    st.tuples(st.integers(0, 99), RECEIPTS),
    min_size=1,
)


@given(FIGURES)
def test_totals_against_the_words_that_define_them(
    figures: dict[tuple[str, str], tuple[int, datetime]],
) -> None:
    received = [moment for _, moment in figures.values()]
    entries = {
        f"{name}/weekly@{week}": given_at(dict.fromkeys(METRICS, value), f"{moment}")
        for (name, week), (value, moment) in figures.items()
    }
    found = totals(weekly(*METRICS), entries=entries)
    by_metric = {metric: tally.value for (_, metric), tally in found.items()}
    values = [value for value, _ in figures.values()]
    assert by_metric["sessions"] == sum(values)
    assert by_metric["largest"] == max(values)
    if len(set(received)) == len(received):
        lasts = {}
        for (name, _), (value, _) in sorted(figures.items(), key=lambda each: each[1][1]):
            lasts[name] = value
        assert by_metric["so-far"] == sum(lasts.values())
    assert {tally.reports for tally in found.values()} == {len(figures)}


def test_the_order_of_the_units_changes_nothing() -> None:
    of = campaign(weekly(*METRICS), units=[unit(name) for name in UNITS], metrics=METRICS)
    entries = {key: given_at(dict.fromkeys(METRICS, value), f"{key[-10:]} 12:00")
               for key, value in WEEKS.items()}  # fmt: skip
    ways = [figures_of(of, way) for way in permutations(rows(of, entries))]
    assert ways[0] == ways[1]
