"""The statistics say what the boards of the units say, counted one item at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from campaigns.definition import Aggregate, By, Every, Metric, OnEvent, UnitKind
from campaigns.entries import REPORTED, Entry, Number, State
from campaigns.history import Incident
from campaigns.overviews.metric_sums import MetricSum
from campaigns.overviews.statistics import Statistics, statistics_of
from campaigns.overviews.tallies import AT_ONCE, RowTally, counted, tallies_of
from campaigns.scheduling.schedule import Schedule
from campaigns.standing.board import Line, UnitBoard, build_unit
from campaigns.standing.matrix import Columns, Matrix, Row
from campaigns.timing import Timing
from campaigns.totals import Progress, Totals
from tests.campaigns.builders import (
    JUNE,
    activity,
    at,
    campaign,
    day,
    entry,
    hours,
    record,
    unit,
)

NOON: Final = at("2022-06-16 12:00")
KINDS: Final = {
    "village": UnitKind("village", "村"),
    "enterprise": UnitKind("enterprise", "企业"),
    "coal": UnitKind("coal", "煤矿", "enterprise"),
    "deep": UnitKind("deep", "井工矿", "coal"),
    "school": UnitKind("school", "学校"),
}
UNITS: Final = (
    unit("north"),
    unit("south"),
    unit("firm", kind="enterprise"),
    unit("pit", kind="deep"),
)
IDS: Final = tuple(one.id for one in UNITS)
METRICS: Final[Mapping[str, Metric]] = {
    "people": Metric("people", "人数", "人次"),
    "peak": Metric("peak", "最多在场", "人", "max"),
    "all-people": Metric("all-people", "累计人数", "人次", "last"),
}
WEEKLY: Final = replace(
    activity(
        "weekly",
        Every("week", JUNE, on=(3,), times=(time(18),)),
        units=IDS,
        section="reports",
    ),
    metrics=("people", "peak", "all-people"),
    target={"people": 10, "all-people": 40},
)
SUMMARY: Final = replace(
    activity("summary", By(day("2022-07-04")), units=IDS, section="reports"), metrics=("people",)
)
CAMPAIGN: Final = replace(
    campaign(
        WEEKLY,
        SUMMARY,
        activity("free", None, units=IDS, section="drills"),
        activity("extra", By(day("2022-06-10")), units=IDS, section="drills", level="optional"),
        activity("accident", OnEvent("accident"), units=IDS, section="events"),
        activity("rumour", OnEvent("accident"), units=IDS, section="events", level="optional"),
        units=UNITS,
        metrics=METRICS,
    ),
    unit_kinds=KINDS,
)
SCHEDULE: Final = Schedule(CAMPAIGN)
COLUMNS: Final = Columns(SCHEDULE)
ACCIDENT: Final = Incident("accident", 1, at("2022-06-03 09:00"))
RUMOUR: Final = Incident("rumour", 1, at("2022-06-03 09:00"))


def board(unit_id: str, entries: Mapping[str, Entry], *incidents: Incident) -> UnitBoard:
    found = next(one for one in UNITS if one.id == unit_id)
    return build_unit(SCHEDULE, found, record(entries, *incidents), NOON)


def statistics(boards: Iterable[UnitBoard], *, now: datetime = NOON) -> Statistics:
    matrix = Matrix(COLUMNS.all, tuple(map(COLUMNS.row, boards)))
    return statistics_of(CAMPAIGN, matrix, tallies_of(CAMPAIGN, matrix.rows, {}), now)


def only_sum(boards: Iterable[UnitBoard], activity_id: str, metric: str) -> MetricSum:
    (found,) = (
        one
        for one in statistics(boards).sums
        if (one.activity.id, one.metric.id) == (activity_id, metric)
    )
    return found


def weekly(unit_id: str, number: int) -> str:
    return f"{unit_id}/weekly@2022-06-{1 + 7 * number:02}"


def told(received: str, state: State = State.DONE, /, **figures: Number) -> Entry:
    """A report received then, with its figures."""
    metrics = {name.replace("_", "-"): value for name, value in figures.items()}
    return replace(entry(state, received_at=at(received)), metrics=metrics)


def accident_of(unit_id: str) -> str:
    """The key of the report that the accident asks for."""
    lines = board(unit_id, {}, ACCIDENT).lines
    (key,) = (line.item.key for line in lines if line.item.activity.id == "accident")
    return key


# By example.


def test_what_is_waived_is_not_expected_and_nothing_expected_has_no_percentage() -> None:
    entries = {weekly("north", number): entry(State.WAIVED) for number in range(5)}
    entries["north/summary"] = entry(State.WAIVED)
    entries["north/free"] = entry(State.DONE, received_at=at("2022-06-03 10:00"))
    reports, drills, _ = statistics([board("north", entries)]).sections
    assert reports.progress == Progress(0, 0, 0)
    assert reports.progress.percent is None
    assert drills.progress == Progress(1, 1, 0)
    assert drills.progress.percent == 100.0
    assert drills.progress.complete


def test_reports_of_events_belong_to_their_section() -> None:
    handed_in = {accident_of("north"): entry(State.DONE, received_at=at("2022-06-03 10:00"))}
    found = statistics([board("north", handed_in, ACCIDENT, RUMOUR), board("south", {}, ACCIDENT)])
    assert found.sections[2].progress == Progress(2, 1, 0)


def test_kinds_hold_those_below_them_and_stand_behind_their_parent() -> None:
    found = statistics(board(unit_id, {}) for unit_id in IDS)
    assert [(one.kind.id, one.depth, one.units) for one in found.kinds] == [
        ("village", 0, 2),
        ("enterprise", 0, 2),
        ("coal", 1, 1),
        ("deep", 2, 1),
    ]
    assert [one.progress.expected for one in found.kinds] == [14, 14, 7, 7]


def test_every_day_until_today_has_its_receipts_its_running_total_and_what_was_due() -> None:
    entries = {
        weekly("north", 0): told("2022-06-01 17:00"),
        weekly("north", 1): told("2022-06-02 00:30"),
        weekly("north", 2): entry(State.WAIVED),
        "north/extra": told("2022-06-02 10:00"),
        "north/summary": told("2021-12-31 23:59"),
    }
    days = statistics([board("north", entries), board("south", {})]).days
    first, *rest = ((one.day, one.received, one.total, one.due) for one in days)
    assert first == (date(2021, 12, 31), 1, 1, 0)
    assert [one[0] for one in rest] == [date(2022, 5, 30), date(2022, 5, 31)] + [
        date(2022, 6, number) for number in range(1, 17)
    ]
    assert rest[2:5] == [
        (date(2022, 6, 1), 1, 2, 2),
        (date(2022, 6, 2), 2, 4, 0),
        (date(2022, 6, 3), 0, 4, 0),
    ]
    assert {one[0].day: one[3] for one in rest if one[3]} == {1: 2, 8: 2, 15: 1}


def test_days_end_with_the_last_deadline() -> None:
    days = statistics([board("north", {})], now=at("2023-01-01 12:00")).days
    assert days[-1].day == date(2022, 7, 4)
    assert statistics([], now=at("2022-05-01 12:00")).days == ()


def test_weekly_figures_and_those_of_a_summary_are_never_added() -> None:
    entries = {
        weekly("north", 0): told("2022-06-01 10:00", people=3),
        weekly("north", 1): told("2022-06-08 10:00", people=4),
        "north/summary": told("2022-06-16 10:00", people=100),
    }
    sums = {
        one.activity.id: (one.value, one.reports)
        for one in statistics([board("north", entries)]).sums
        if one.metric.id == "people"
    }
    assert sums == {"weekly": (7, 2), "summary": (100, 1)}


def test_the_last_figure_is_each_units_own_by_its_receipt() -> None:
    north = {
        weekly("north", 0): told("2022-06-09 10:00", all_people=30),
        weekly("north", 1): told("2022-06-08 10:00", all_people=20),
    }
    south = {
        weekly("south", 0): told("2022-06-01 10:00", all_people=5),
        weekly("south", 1): told("2022-06-01 10:00", all_people=6),
    }
    found = only_sum([board("north", north), board("south", south)], "weekly", "all-people")
    assert (found.value, found.reports) == (36, 4)


def test_the_greatest_figure_is_that_of_all_units() -> None:
    entries = {weekly("north", 0): told("2022-06-01 10:00", peak=9)}
    other = {weekly("south", 0): told("2022-06-01 10:00", peak=12)}
    found = only_sum([board("north", entries), board("south", other)], "weekly", "peak")
    assert (found.value, found.reports, found.target) == (12, 2, None)


def test_figures_of_a_returned_report_do_not_count() -> None:
    returned = replace(told("2022-06-01 10:00", State.RETURNED, people=3), received_at=None)
    found = only_sum([board("north", {weekly("north", 0): returned})], "weekly", "people")
    assert (found.value, found.reports) == (None, 0)


def test_a_target_is_for_each_item_that_is_not_waived() -> None:
    entries = {weekly("north", 0): entry(State.WAIVED)}
    all_waived = {weekly("south", number): entry(State.WAIVED) for number in range(5)}
    boards = [board("north", entries), board("south", all_waived), board("pit", {})]
    found = only_sum(boards, "weekly", "people")
    assert (found.value, found.reports, found.target) == (None, 0, 10 * (4 + 5))
    assert only_sum(boards, "weekly", "all-people").target == 40 * 2


def test_binary_dust_is_swept_from_sums() -> None:
    entries = {
        weekly("north", number): told("2022-06-01 10:00", people=value)
        for number, value in enumerate((0.1, 0.2))
    }
    assert only_sum([board("north", entries)], "weekly", "people").value == 0.3


def test_a_metric_that_is_no_longer_defined_goes_by_its_id() -> None:
    entries = {weekly("north", 0): told("2022-06-01 10:00", gone=2)}
    found = statistics([board("north", entries)]).sums[-1]
    assert (found.metric.name, found.value) == ("gone", 2)


# Against counting one by one.

_MOMENTS = st.integers(-300, 800).map(lambda passed: NOON + hours(passed))
_FIGURES = st.dictionaries(st.sampled_from(list(METRICS)), st.integers(0, 50))


@st.composite
def entries_of(draw: st.DrawFn, unit_id: str, incidents: tuple[Incident, ...]) -> dict[str, Entry]:
    keys = [line.item.key for line in board(unit_id, {}, *incidents).lines]
    found = {}
    for key in draw(st.sets(st.sampled_from(keys))):
        state = draw(st.sampled_from(State))
        received = draw(_MOMENTS) if state in REPORTED else None
        found[key] = replace(entry(state, received_at=received), metrics=draw(_FIGURES))
    return found


@st.composite
def some_boards(draw: st.DrawFn) -> list[UnitBoard]:
    boards = []
    for unit_id in draw(st.lists(st.sampled_from(IDS), unique=True)):
        incidents = tuple(draw(st.sets(st.sampled_from((ACCIDENT, RUMOUR)))))
        boards.append(board(unit_id, draw(entries_of(unit_id, incidents)), *incidents))
    return boards


def progress_by_hand(lines: Iterable[Line]) -> Progress:
    counting = [line for line in lines if line.item.counts]
    return Progress(
        expected=sum(line.entry.state is not State.WAIVED for line in counting),
        reported=sum(line.entry.state in REPORTED for line in counting),
        overdue=sum(line.timing is Timing.OVERDUE for line in counting),
    )


@given(boards=some_boards())
def test_sections_and_kinds_count_the_lines_of_the_boards(boards: list[UnitBoard]) -> None:
    found = statistics(boards)
    lines = [line for one in boards for line in one.lines]
    for section in found.sections:
        own = [line for line in lines if line.item.activity.section == section.section.id]
        assert section.progress == progress_by_hand(own)
    for kind in found.kinds:
        below = {kind.kind.id} | {
            "enterprise": {"coal", "deep"}, "coal": {"deep"}
        }.get(kind.kind.id, set())  # fmt: skip
        of_kind = [one for one in boards if one.unit.kind in below]
        assert kind.units == len(of_kind)
        assert kind.progress == progress_by_hand(line for one in of_kind for line in one.lines)


@given(boards=some_boards())
def test_sections_and_kinds_add_up_to_the_totals(boards: list[UnitBoard]) -> None:
    found = statistics(boards)
    totals = sum((one.totals for one in boards), Totals())
    assert found.whole == Progress(totals.expected, totals.reported, totals.overdue)
    assert found.whole.percent == totals.percent
    top = [one.progress for one in found.kinds if one.depth == 0]
    assert sum(top, Progress()) == (found.whole if top else Progress())
    assert sum(one.received for one in found.days) == totals.done + totals.verified


@given(boards=some_boards())
def test_days_count_the_receipts_and_run_on(boards: list[UnitBoard]) -> None:
    received = Counter(
        line.entry.received_at.astimezone(SCHEDULE.zone).date()
        for one in boards
        for line in one.lines
        if line.entry.state in REPORTED and line.entry.received_at is not None
    )
    days = statistics(boards).days
    assert {one.day: one.received for one in days if one.received} == dict(received)
    for number, one in enumerate(days):
        assert one.total == sum(earlier.received for earlier in days[: number + 1])


def value_by_hand(aggregate: Aggregate, by_unit: list[list[tuple[datetime | None, int]]]) -> int:
    match aggregate:
        case "sum":
            return sum(value for reports in by_unit for _, value in reports)
        case "max":
            return max(value for reports in by_unit for _, value in reports)
        case "last":
            last = [
                max(reports, key=lambda one: (one[0] is not None, one[0])) for reports in by_unit
            ]
            return sum(value for _, value in last)


@given(boards=some_boards())
def test_figures_come_to_what_the_entries_hold(boards: list[UnitBoard]) -> None:
    sums = {(one.activity.id, one.metric.id): one for one in statistics(boards).sums}
    for owner in CAMPAIGN.activities:
        for name, metric in METRICS.items():
            by_unit = [
                [
                    (
                        line.entry.received_at or line.entry.recorded_at,
                        int(line.entry.metrics[name]),
                    )
                    for line in reversed(one.lines)
                    if line.item.activity.id == owner.id
                    and line.entry.state in REPORTED | {State.DOING}
                    and name in line.entry.metrics
                ]
                for one in boards
            ]
            by_unit = [reports for reports in by_unit if reports]
            found = sums.get((owner.id, name))
            if by_unit:
                assert found is not None
                assert found.value == value_by_hand(metric.aggregate, by_unit)
                assert found.reports == sum(map(len, by_unit))
            else:
                assert found is None or (found.value is None and name in owner.target)


# Counting on.


def many_rows(number: int) -> tuple[Row, ...]:
    row = COLUMNS.row(board("north", {weekly("north", 0): told("2022-06-01 10:00", people=1)}))
    return tuple(replace(row, unit=unit(f"north-{index}")) for index in range(number))


def test_rows_that_stay_are_not_counted_again() -> None:
    rows = many_rows(3 * AT_ONCE)
    before = tallies_of(CAMPAIGN, rows, {})
    changed = (*rows[:-1], replace(rows[-1], orphans=1))
    after = tallies_of(CAMPAIGN, changed, before)
    assert [after[start] is before[start] for start in after] == [True, True, False]


@pytest.mark.parametrize("number", [0, 1, AT_ONCE, AT_ONCE + 1, 4 * AT_ONCE + 7])
def test_counting_on_ends_with_what_counting_at_once_gives(number: int) -> None:
    rows = many_rows(number)
    found: Mapping[int, RowTally] = {}
    steps = 0
    while counted(found) < number:
        found = tallies_of(CAMPAIGN, rows, found, most=2)
        steps += 1
    assert found == tallies_of(CAMPAIGN, rows, {})
    assert steps == -(-number // (2 * AT_ONCE))


def test_a_row_counts_the_changes_of_its_items_those_of_events_included() -> None:
    plain = board("north", {weekly("north", 0): entry(State.DONE)})
    assert COLUMNS.row(plain).changes == 1
    event = board("north", {accident_of("north"): replace(entry(State.DONE), rev=3)}, ACCIDENT)
    assert COLUMNS.row(event).changes == 3
