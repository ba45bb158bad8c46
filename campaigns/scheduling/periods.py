"""Calendar periods, and the dates in them (docs/campaign-format.md, "Recurring").

A dekad (旬) is the 1st to the 10th, the 11th to the 20th, or the rest of a month; a
week begins on Monday.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from campaigns.definition import LAST_DAY, Every, PeriodName

SUNDAY: Final = 7
_MONTHS: Final = {"month": 1, "quarter": 3, "half-year": 6, "year": 12}
_LAST_ORDINAL: Final = date.max.toordinal()
_LENGTHS: Final = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def first_day(period: PeriodName, day: date) -> date:
    """The first day of the period that a day is in."""
    match period:
        case "day":
            return day
        case "week":
            return day - timedelta(days=day.weekday())
        case "dekad":
            return day.replace(day=1 if day.day <= 10 else 11 if day.day <= 20 else 21)
        case _:
            months = _MONTHS[period]
            return date(day.year, (day.month - 1) // months * months + 1, 1)


def dates(every: Every, first: date, last: date) -> Iterator[date]:
    """The dates of `every` from `first` to `last`, before `plus`, ascending and each once.

    Its bounds and `skip` are ignored. Lazy: a range of 10,000 years costs no more than what
    is taken from it.
    """
    candidates: Iterator[date]
    match every.period:
        case "day":
            candidates = map(date.fromordinal, range(first.toordinal(), last.toordinal() + 1))
        case "week":
            candidates = _weekdays(every.on or (SUNDAY,), first, last)
        case _:
            candidates = _days_of_months(every, first, last)
    return (day for day in candidates if first <= day <= last)


def occurrence_dates(every: Every) -> Iterator[date]:
    """The dates within the bounds, both ends included, without the skipped ones."""
    within = dates(every, every.bounds.first, every.bounds.last)
    return (day for day in within if day not in every.skip)


def length_of_month(year: int, month: int) -> int:
    """The number of days of a month."""
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 29 if month == 2 and leap else _LENGTHS[month - 1]


def _weekdays(on: tuple[int, ...], first: date, last: date) -> Iterator[date]:
    weekdays = sorted(set(on))
    monday = first_day("week", first).toordinal()
    for start in range(monday, last.toordinal() + 1, 7):
        for weekday in weekdays:
            if start + weekday - 1 <= _LAST_ORDINAL:
                yield date.fromordinal(start + weekday - 1)


def _days_of_months(every: Every, first: date, last: date) -> Iterator[date]:
    months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    for number in months:
        year, month = divmod(number, 12)
        for day in _days_of_month(every, year, month + 1):
            yield date(year, month + 1, day)


def _days_of_month(every: Every, year: int, month: int) -> tuple[int, ...]:
    """The days of a month that belong to `every`, ascending."""
    length = length_of_month(year, month)
    match every.period:
        case "dekad":
            return 10, 20, length
        case "month":
            on = every.on or (LAST_DAY,)
            return tuple(sorted({length if day == LAST_DAY else min(day, length) for day in on}))
        case period:
            return (length,) if month % _MONTHS[period] == 0 else ()
