"""Reads dates, times, durations, numbers (docs/campaign-format.md, "Texts and values").

Each function returns None for an invalid text; the caller says what was expected. Only
ASCII digits count, and nothing may stand around the value.
"""

from __future__ import annotations

import re
from datetime import date, time
from typing import Final, Literal, NamedTuple, cast

from campaigns.definition import END_OF_DAY, Duration

_DATE: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_TIME: Final = re.compile(r"([0-9]{2}):([0-9]{2})")
_DURATION: Final = re.compile(r"([0-9]{1,10})([mhdw])")
_INTEGER: Final = re.compile(r"-?[0-9]{1,15}")
_NUMBER: Final = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?")

_MINUTES: Final = {"m": 1, "h": 60, "d": 24 * 60, "w": 7 * 24 * 60}
_LONGEST: Final = 10_000 * 366 * _MINUTES["d"]


LARGEST_NUMBER: Final = 10**15 - 1
"""The largest whole number, and the largest whole part of a decimal one."""

_DIGITS: Final = re.compile(r"([0-9]+)(?:\.[0-9]+)?([mhdw]?)")


class Moment(NamedTuple):
    """A wall-clock date and time in the campaign's time zone."""

    day: date
    at: time


def parse_date(text: str) -> date | None:
    """`2022-06-01`."""
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    try:
        return date(*map(int, match.groups()))
    except ValueError:
        return None


def parse_time(text: str) -> time | None:
    """`HH:MM`; `24:00` is the end of the day, 23:59:59."""
    match = _TIME.fullmatch(text)
    if match is None:
        return None
    hour, minute = map(int, match.groups())
    if (hour, minute) == (24, 0):
        return END_OF_DAY
    return time(hour, minute) if hour < 24 and minute < 60 else None


def parse_moment(text: str) -> Moment | None:
    """`2022-06-01` or `2022-06-01 18:00`; a date without a time stands for its end."""
    first, space, second = text.partition(" ")
    day = parse_date(first)
    at = parse_time(second) if space else END_OF_DAY
    return None if day is None or at is None else Moment(day, at)


def parse_duration(text: str) -> Duration | None:
    """`90m`, `24h`, `3d`, `2w`: more than 0, and not more than the 10,000 years of the calendar."""
    match = _DURATION.fullmatch(text)
    if match is None:
        return None
    count, unit = int(match[1]), cast("Literal['m', 'h', 'd', 'w']", match[2])
    if not 0 < count * _MINUTES[unit] <= _LONGEST:
        return None
    return Duration(count, unit)


def parse_integer(text: str) -> int | None:
    """A whole number of at most 15 digits; `010` is ten."""
    return int(text) if _INTEGER.fullmatch(text) else None


def parse_number(text: str) -> int | float | None:
    """A number in plain decimal notation; an int if it has no decimal point."""
    if _NUMBER.fullmatch(text) is None:
        return None
    return float(text) if "." in text else int(text)


def parse_figure(text: str) -> int | float | None:
    """A number that is not negative: a figure, or a target for one."""
    number = parse_number(text)
    return None if number is None or number < 0 else number


def is_above(text: str, most: int) -> bool:
    """Whether a text is a number in plain notation, of any length, that is larger than `most`."""
    match = _DIGITS.fullmatch(text)
    if match is None or match[2]:
        return False
    return _is_more(match[1], most)


def longest_below(text: str) -> str | None:
    """The longest valid duration, for a text that is a duration but too long; else None."""
    match = _DIGITS.fullmatch(text)
    if match is None or "." in text or not match[2]:
        return None
    most = min(_LONGEST // _MINUTES[match[2]], 10**10 - 1)
    return f"{most}{match[2]}" if _is_more(match[1], most) else None


def _is_more(digits: str, most: int) -> bool:
    # Compared as texts: Python refuses to convert thousands of digits.
    plain, largest = digits.lstrip("0"), str(most)
    return (len(plain), plain) > (len(largest), largest)


def parse_boolean(text: str) -> bool | None:
    """`true` or `false`, nothing else."""
    return {"true": True, "false": False}.get(text)
