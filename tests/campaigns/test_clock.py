from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.clock import instant, later, parse_moment, zone_of
from campaigns.definition import END_OF_DAY, Duration
from campaigns.errors import UsageError
from tests.campaigns.builders import at, day, utc

SHANGHAI = zone_of("Asia/Shanghai")
NEW_YORK = zone_of("America/New_York")
FIRST, LAST = datetime(1972, 2, 1), datetime(2037, 1, 1)  # noqa: DTZ001 - wall-clock times
ZONES = [
    "Asia/Shanghai",
    "America/New_York",
    "America/Sao_Paulo",
    "America/Havana",
    "Asia/Beirut",
    "Australia/Lord_Howe",
    "Europe/Dublin",
    "Pacific/Apia",
    "UTC",
]


@pytest.mark.parametrize(
    "name", ["", "Mars/Base", "../etc/passwd", "/etc/hosts", "Asia", "A\0", "北京"]
)
def test_unknown_zone_is_a_usage_error(name: str) -> None:
    with pytest.raises(UsageError):
        zone_of(name)


def test_instants_are_utc() -> None:
    moment = instant(SHANGHAI, day("2022-06-01"), time(18, 0))
    assert moment == utc("2022-06-01 10:00")
    assert moment.tzinfo is UTC


@pytest.mark.parametrize(
    ("zone", "shown", "first_after"),
    [
        ("America/New_York", "2022-03-13 02:00", "2022-03-13 07:00"),
        ("America/New_York", "2022-03-13 02:30", "2022-03-13 07:00"),
        ("America/New_York", "2022-03-13 02:59:59", "2022-03-13 07:00"),
        ("Asia/Shanghai", "1986-05-04 02:30", "1986-05-03 18:00"),
        ("Asia/Shanghai", "1991-04-14 02:59", "1991-04-13 18:00"),
        ("America/Sao_Paulo", "2018-11-04 00:00", "2018-11-04 03:00"),
        ("America/Sao_Paulo", "2018-11-04 00:59:59", "2018-11-04 03:00"),
        ("Asia/Beirut", "2022-03-27 00:00", "2022-03-26 22:00"),
        ("Australia/Lord_Howe", "2022-10-02 02:10", "2022-10-01 15:30"),
        ("Pacific/Apia", "2011-12-30 18:00", "2011-12-30 10:00"),
        ("Pacific/Apia", "2011-12-30 00:00", "2011-12-30 10:00"),
    ],
)
def test_in_a_gap_the_first_instant_after_it(zone: str, shown: str, first_after: str) -> None:
    assert at(shown, zone) == utc(first_after)


@pytest.mark.parametrize(
    ("zone", "shown", "second"),
    [
        ("America/New_York", "2022-11-06 01:00", "2022-11-06 06:00"),
        ("America/New_York", "2022-11-06 01:59:59", "2022-11-06 06:59:59"),
        ("Asia/Shanghai", "1986-09-14 01:30", "1986-09-13 17:30"),
        ("Asia/Shanghai", "1991-09-15 01:00", "1991-09-14 17:00"),
        ("America/Sao_Paulo", "2018-02-17 23:59:59", "2018-02-18 02:59:59"),
        ("America/Havana", "2022-11-06 00:00", "2022-11-06 05:00"),
        ("Australia/Lord_Howe", "2022-04-03 01:40", "2022-04-02 15:10"),
    ],
)
def test_in_a_fold_the_later_instant(zone: str, shown: str, second: str) -> None:
    assert at(shown, zone) == utc(second)


def _by_search(zone_name: str, shown: datetime) -> datetime:
    """The rule said otherwise: look at every second of the two days around.

    The last instant that shows the time; if none does, the first whose clock is past it.
    """
    zone = zone_of(zone_name)
    guess = shown.replace(tzinfo=UTC)
    step = timedelta(minutes=10)
    moments = [guess + n * step for n in range(-26 * 6, 26 * 6 + 1)]
    walls = [moment.astimezone(zone).replace(tzinfo=None) for moment in moments]
    exact = [moment for moment, clock in zip(moments, walls, strict=True) if clock == shown]
    if exact:
        return exact[-1]
    return next(moment for moment, clock in zip(moments, walls, strict=True) if clock > shown)


@settings(max_examples=150, deadline=None)
@given(
    zone=st.sampled_from(ZONES),
    shown=st.datetimes(FIRST, LAST),
)
def test_instant_against_a_search(zone: str, shown: datetime) -> None:
    shown = shown.replace(minute=shown.minute // 10 * 10, second=0, microsecond=0)
    assert instant(zone_of(zone), shown.date(), shown.time()) == _by_search(zone, shown)


@pytest.mark.parametrize(
    ("duration", "expected"),
    [
        (Duration(90, "m"), "2022-03-12 20:30"),
        (Duration(24, "h"), "2022-03-13 19:00"),
        (Duration(1, "d"), "2022-03-13 18:00"),
        (Duration(1, "w"), "2022-03-19 18:00"),
    ],
)
def test_hours_elapse_and_days_are_wall_clock_days(duration: Duration, expected: str) -> None:
    afternoon = at("2022-03-12 14:00", "America/New_York")
    assert afternoon == utc("2022-03-12 19:00")
    assert later(NEW_YORK, afternoon, duration) == utc(expected)


def test_a_day_later_in_a_gap_and_in_a_fold() -> None:
    before_gap = at("2022-03-12 02:30", "America/New_York")
    assert later(NEW_YORK, before_gap, Duration(1, "d")) == utc("2022-03-13 07:00")
    before_fold = at("2022-11-05 01:30", "America/New_York")
    assert later(NEW_YORK, before_fold, Duration(1, "d")) == utc("2022-11-06 06:30")


def test_later_past_the_calendar_overflows() -> None:
    for unit in ("m", "h", "d", "w"):
        with pytest.raises(OverflowError):
            later(SHANGHAI, utc("2022-06-01"), Duration(9_999_999_999, unit))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2022-06-16T12:00", "2022-06-16 04:00"),
        ("2022-06-16 12:00", "2022-06-16 04:00"),
        ("2022-06-16T12:00:05", "2022-06-16 04:00:05"),
        ("2022-06-16", "2022-06-15 16:00"),
        ("2022-06-16T12:00Z", "2022-06-16 12:00"),
        ("2022-06-16 12:00:05Z", "2022-06-16 12:00:05"),
        ("2022-06-16T12:00+08:00", "2022-06-16 04:00"),
        ("2022-06-16T12:00:00-0330", "2022-06-16 15:30"),
        ("2022-06-16T12:00+09", "2022-06-16 03:00"),
        ("2022-06-16T24:00", "2022-06-16 15:59:59"),
    ],
)
def test_moments_that_people_write(text: str, expected: str) -> None:
    moment = parse_moment(text, SHANGHAI)
    assert moment == utc(expected)
    assert moment is not None
    assert moment.tzinfo is UTC


@pytest.mark.parametrize(
    "text",
    [
        "", "now", "12:00", "2022-06-31", "2022-6-1", "20220616", "2022-06-16T", "2022-06-16T12",
        "2022-06-16T12:0", "2022-06-16T1200", "2022-06-16T25:00", "2022-06-16T12:60",
        "2022-06-16T12:00:60", "2022-06-16T24:00:30", "2022-06-16T12:00+8:00",
        "2022-06-16T12:00+24:00", "2022-06-16T12:00+08:60", "2022-06-16 12:00 Z", "2022-06-16Z",
        " 2022-06-16", "2022-06-16 ", "2022-06-16T12:00\n", "2022-06-16_12:00",
        "２０２２-06-16", "2022-06-16T１２:00", "2022-06-16T12：00", "٢٠٢٢-06-16",
        "0000-01-01", "0001-01-01", "0001-01-01T00:00+08:00", "9999-12-31T23:00Z",
        "9999-12-31T23:00-05:00",
    ],
)  # fmt: skip
def test_what_is_no_moment(text: str) -> None:
    assert parse_moment(text, SHANGHAI) is None


@settings(max_examples=200, deadline=None)
@given(text=st.text("0123456789-T: +Z:日", max_size=26))
def test_no_text_breaks_the_reader(text: str) -> None:
    assert parse_moment(text, SHANGHAI) is None or text[:4].isdigit()


@settings(max_examples=100, deadline=None)
@given(
    zone=st.sampled_from(ZONES),
    moment=st.datetimes(FIRST, LAST, timezones=st.just(UTC)),
)
def test_what_is_shown_reads_back(zone: str, moment: datetime) -> None:
    moment = moment.replace(microsecond=0)
    assert parse_moment(moment.astimezone(zone_of(zone)).isoformat(), SHANGHAI) == moment


def test_a_day_ends_on_its_last_second() -> None:
    assert instant(SHANGHAI, date(2022, 6, 30), END_OF_DAY) == utc("2022-06-30 15:59:59")
