from __future__ import annotations

from datetime import date, time

import pytest

from campaigns.definition import END_OF_DAY, Duration
from campaigns.scalars import (
    Moment,
    parse_boolean,
    parse_date,
    parse_duration,
    parse_figure,
    parse_integer,
    parse_moment,
    parse_number,
    parse_time,
)


def test_dates_are_year_month_day() -> None:
    assert parse_date("2022-06-01") == date(2022, 6, 1)
    assert parse_date("2024-02-29") == date(2024, 2, 29)


@pytest.mark.parametrize(
    "text",
    ["2022-06-31", "2023-02-29", "2022-6-1", "20220601", "2022/06/01", "0000-01-01", " 2022-06-01",
     "2022-06-01\n", "２０２２-06-01", "2022-06-01 18:00", "２０２２－０６－０１", "",
     "٢٠٢٢-٠٦-٠١"],
)  # fmt: skip
def test_other_dates_are_refused(text: str) -> None:
    assert parse_date(text) is None


def test_times_are_hours_and_minutes_and_24_00_ends_the_day() -> None:
    assert parse_time("00:00") == time(0, 0)
    assert parse_time("18:00") == time(18, 0)
    assert parse_time("23:59") == time(23, 59)
    assert parse_time("24:00") == END_OF_DAY == time(23, 59, 59)


@pytest.mark.parametrize(
    "text",
    ["8:00", "18：00", "１８:00", "24:01", "25:00", "18:60", "18:00:00", "1800", "18:00\n", ""],
)
def test_other_times_are_refused(text: str) -> None:
    assert parse_time(text) is None


def test_a_moment_is_a_date_with_or_without_a_time() -> None:
    assert parse_moment("2022-06-01") == Moment(date(2022, 6, 1), END_OF_DAY)
    assert parse_moment("2022-06-01 18:00") == Moment(date(2022, 6, 1), time(18, 0))


@pytest.mark.parametrize("text", ["2022-06-01T18:00", "2022-06-01 ", "2022-06-01 8:00", "18:00"])
def test_other_moments_are_refused(text: str) -> None:
    assert parse_moment(text) is None


def test_durations_are_a_number_and_a_unit() -> None:
    assert parse_duration("90m") == Duration(90, "m")
    assert parse_duration("24h") == Duration(24, "h")
    assert parse_duration("3d") == Duration(3, "d")
    assert parse_duration("2w") == Duration(2, "w")


@pytest.mark.parametrize(
    "text",
    ["0d", "3", "d", "-3d", "+3d", "1.5h", "3 d", "3D", "1y", "1d12h", "３d", "99999999w",
     "9" * 5000 + "d"],
)  # fmt: skip
def test_other_durations_are_refused(text: str) -> None:
    assert parse_duration(text) is None


def test_numbers_are_plain_decimals() -> None:
    assert parse_integer("010") == 10
    assert parse_integer("-1") == -1
    assert parse_number("3") == 3
    assert isinstance(parse_number("3"), int)
    assert parse_number("1.5") == 1.5


@pytest.mark.parametrize(
    "text", ["1_000", "0x10", "1e3", "+1", "１", "1.", ".5", "nan", "9" * 5000, ""]
)
def test_other_numbers_are_refused(text: str) -> None:
    assert parse_integer(text) is None
    assert parse_number(text) is None


def test_figures_are_numbers_that_are_not_negative() -> None:
    assert parse_figure("0") == 0
    assert parse_figure("12") == 12
    assert parse_figure("3.5") == 3.5
    assert parse_figure("-0") == 0
    for text in ("-1", "-0.5", "1,200", "１", "1.5万", "", "nan"):
        assert parse_figure(text) is None


def test_booleans_are_true_and_false() -> None:
    assert parse_boolean("true") is True
    assert parse_boolean("false") is False
    for text in ("True", "yes", "on", "1", "是", ""):
        assert parse_boolean(text) is None
