"""Working days: Monday to Friday, or the Chinese public calendar."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import date, timedelta
from typing import Final, Literal

from campaigns.definition import Holidays

_DAY: Final = timedelta(days=1)
_SATURDAY: Final = 5
_WORKED: Final = 5
_WEEK: Final = 7


class BeyondTable(Exception):
    """The Chinese public calendar does not have this year, and no override has a date in it."""

    def __init__(self, year: int) -> None:
        super().__init__(year)
        self.year = year


class Workdays:
    """The working days by a calendar and the exceptions of a definition."""

    def __init__(self, calendar: Literal["none", "cn"], holidays: Holidays) -> None:
        self._public = calendar == "cn"
        self._off = holidays.off
        self._on = holidays.on
        self._exceptions = sorted(day.toordinal() for day in holidays.off | holidays.on)
        self._public_days: dict[date, bool] = {}
        self._own_years = {day.year for day in holidays.off | holidays.on}

    def is_workday(self, day: date) -> bool:
        """Whether a day is a working day. Raises BeyondTable for a year that is not known."""
        if day in self._on:
            return True
        if day in self._off:
            return False
        return self._is_public_workday(day) if self._public else day.weekday() < _SATURDAY

    def shift(self, day: date, count: int) -> date:
        """The `count`th working day after a day, or before it for a negative count.

        The day itself never counts. Raises BeyondTable, and OverflowError outside the years 1
        to 9999.
        """
        step = _DAY if count > 0 else -_DAY
        if abs(count) > date.max.toordinal():
            raise OverflowError
        left = abs(count)
        while left:
            weeks = self._plain_weeks(day, left, forward=count > 0)
            day += step * (_WEEK * weeks)
            left -= _WORKED * weeks
            day += step
            left -= self.is_workday(day)
        return day

    def _plain_weeks(self, day: date, left: int, *, forward: bool) -> int:
        """How many whole weeks next to a day can be skipped at once, as five working days each."""
        if self._public or left <= _WORKED:
            return 0
        weeks, at = (left - 1) // _WORKED, day.toordinal()
        if forward:
            place = bisect_right(self._exceptions, at)
            ahead = self._exceptions[place : place + 1]
        else:
            place = bisect_left(self._exceptions, at)
            ahead = self._exceptions[max(place - 1, 0) : place]
        return min(weeks, *((abs(other - at) - 1) // _WEEK for other in ahead), weeks)

    def _is_public_workday(self, day: date) -> bool:
        # The table is slow, and thousands of activities need the same days.
        known = self._public_days.get(day)
        if known is None:
            known = self._public_days[day] = self._looked_up(day)
        return known

    def _looked_up(self, day: date) -> bool:
        # Slow to import, and needed by few campaigns.
        from chinese_calendar import is_workday

        try:
            return bool(is_workday(day))
        except NotImplementedError:
            if day.year in self._own_years:
                return day.weekday() < _SATURDAY
            raise BeyondTable(day.year) from None
