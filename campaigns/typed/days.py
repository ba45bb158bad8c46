"""Reads days as officers say them, in Chinese or English: `昨天`, `6.8`, `上周五`, `8 June`.

Texts are in the spelling of campaigns.typed.spelling. A week begins on Monday. Of two
numbers the first is the month, as in Chinese.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Final

from campaigns.full_width import ascii_twins
from campaigns.scalars import parse_date
from campaigns.typed.spelling import one_spelling

Days = date | tuple[date, ...]
"""The day that a text means, or all that it can mean, the latest first."""

_Match = re.Match[str]

_YEARS_BACK: Final = 9  # two leap years always lie within, also around 1900
_MONTHS_BACK: Final = 4  # a 31st lies at most two months back

_NEAR: Final = {
    "大前天": -3,
    "前天": -2, "前日": -2,
    "昨天": -1, "昨日": -1, "yesterday": -1,
    "今天": 0, "今日": 0, "today": 0,
    "明天": 1, "明日": 1, "tomorrow": 1,
    "大后天": 3, "后天": 2,
}  # fmt: skip
_WEEKS: Final = {"上上": -2, "上": -1, "这": 0, "本": 0, "下": 1, "下下": 2, "this": 0, "next": 1}
_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAY_OF: Final = (
    {name[:3]: index for index, name in enumerate(_WEEKDAYS)}
    | {name: index for index, name in enumerate("一二三四五六日")}
    | {"天": 6}
)
_MONTHS: Final = ("january", "february", "march", "april", "may", "june", "july", "august",
                  "september", "october", "november", "december")  # fmt: skip
_MONTH_OF: Final = {name[:3]: number for number, name in enumerate(_MONTHS, 1)}


def read_day(text: str, today: date, last: date) -> date | None:
    """The day that a text means, None if it means none.

    A date without a year is the latest one up to `last`, the campaign's last day, since one
    looks up what is still to come. Relative days (`昨天`, `周三`) count from today.
    """
    said = one_spelling(ascii_twins(text).strip())
    exact = parse_date(said)
    if exact is not None:
        return exact
    until = max(today, last)
    try:
        for days, rest in read_days(said, today, until):
            if not rest.strip():
                return days if isinstance(days, date) else _latest(days, until)
    except OverflowError:
        return None
    return None


def _latest(days: tuple[date, ...], until: date) -> date | None:
    return next((day for day in days if day <= until), None)


def read_days(text: str, today: date, until: date) -> Iterator[tuple[Days, str]]:
    """The days that the beginning of a text can mean, each with the rest of the text.

    Dates without a year or month are up to the end of the year or month of `until`. An
    impossible day (6月31日) is none. Raises OverflowError outside the calendar.
    """
    for pattern, days_of in _FORMS:
        match = pattern.match(text)
        days = None if match is None else days_of(match, today, until)
        if match is not None and days is not None:
            yield days, text[match.end() :]


def _day_of_year(match: _Match, _today: date, until: date) -> Days | None:
    """A month and a day; without a year, of the latest years that have that day."""
    month, day = _month(match), int(match["day"])
    if match.groupdict().get("year"):
        return _date(int(match["year"]), month, day)
    years = range(until.year, until.year - _YEARS_BACK, -1)
    return _those_that_are(_date(year, month, day) for year in years)


def _day_of_month(match: _Match, _today: date, until: date) -> Days | None:
    last_month = 12 * until.year + until.month - 1
    months = (divmod(last_month - back, 12) for back in range(_MONTHS_BACK))
    return _those_that_are(_date(year, month + 1, int(match["day"])) for year, month in months)


def _near_day(match: _Match, today: date, _until: date) -> Days:
    return today + timedelta(days=_NEAR[match["near"]])


def _end_of_month(_match: _Match, today: date, _until: date) -> Days:
    return (today.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _days_ago(match: _Match, today: date, _until: date) -> Days:
    count = int(match["count"]) if match["count"].isdigit() else 1
    return today - timedelta(days=count * (1 if match["unit"][0] in "天日d" else 7))


def _weekday(match: _Match, today: date, _until: date) -> Days:
    """A weekday: of the named week, of the days before today (`last`), or the latest one."""
    weekday, week = _WEEKDAY_OF[match["weekday"][:3]], match["week"]
    if week in _WEEKS:
        return today + timedelta(days=weekday - today.weekday() + 7 * _WEEKS[week])
    if week == "last":
        return today - timedelta(days=(today.weekday() - weekday - 1) % 7 + 1)
    latest = today - timedelta(days=(today.weekday() - weekday) % 7)
    return latest, latest - timedelta(days=7)


def _month(match: _Match) -> int:
    return _MONTH_OF.get(match["month"][:3], 0) or int(match["month"])


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _those_that_are(days: Iterator[date | None]) -> tuple[date, ...] | None:
    return tuple(day for day in days if day is not None) or None


_YEAR: Final = "(?P<year>[0-9]{4})"
_NUMBERED: Final = "(?P<month>[0-9]{1,2})"
_DAY: Final = "(?P<day>[0-9]{1,2})"
_END: Final = "(?![0-9])"
_NAMED: Final = rf"(?P<month>{'|'.join((*_MONTHS, 'sept', *_MONTH_OF))})(?![a-z])\.?"
_ORDINAL: Final = "(?:st|nd|rd|th)?"
# Only years of this century: in “June 8 1940” the number is a time, 19:40.
_YEAR_BEHIND: Final = "(?:,? (?P<year>20[0-9]{2})(?![0-9]))?"
_NAMED_WEEKDAY: Final = "|".join(
    (*_WEEKDAYS, "tues", "thurs", "thur", *(name[:3] for name in _WEEKDAYS))
)

_FORMS: Final[tuple[tuple[re.Pattern[str], Callable[[_Match, date, date], Days | None]], ...]] = (
    tuple(
        (re.compile(form), days_of)
        for form, days_of in (
            (rf"{_YEAR}(?P<sign>[./-]){_NUMBERED}(?P=sign){_DAY}{_END}", _day_of_year),
            (rf"{_YEAR}(?P<month>[0-9]{{2}})(?P<day>[0-9]{{2}}){_END}", _day_of_year),
            (rf"{_YEAR}年 ?{_NUMBERED}月 ?{_DAY}(?:[日号]|{_END})", _day_of_year),
            (rf"{_NUMBERED}月 ?{_DAY}(?:[日号]|{_END})", _day_of_year),
            (rf"{_NUMBERED}[./-]{_DAY}{_END}", _day_of_year),
            (rf"{_DAY}{_ORDINAL} ?(?:of )?{_NAMED}{_YEAR_BEHIND}", _day_of_year),
            (rf"{_NAMED} ?{_DAY}{_END}{_ORDINAL}{_YEAR_BEHIND}", _day_of_year),
            (rf"{_DAY}[日号]", _day_of_month),
            (r"(?:本?月[底末]|(?:the )?end of (?:the |this )?month)", _end_of_month),
            (rf"(?P<near>{'|'.join(_NEAR)})", _near_day),
            (r"(?P<count>[0-9]{1,4}) ?个?(?P<unit>天|日|周|星期|礼拜)(?:以|之)?前", _days_ago),
            (r"(?P<count>[0-9]{1,4}|an?|one) ?(?P<unit>d|w)(?:ays?|eeks?)? ago", _days_ago),
            (
                r"(?P<week>上上|上|这|本|下下|下)?个?(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天])",
                _weekday,
            ),
            (rf"(?:(?P<week>last|this|next) )?(?P<weekday>{_NAMED_WEEKDAY})(?![a-z])", _weekday),
        )
    )
)
