"""Reads `every: PERIOD` and its bounds (docs/campaign-format.md, "Recurring")."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from typing import Final, cast

from campaigns.definition import END_OF_DAY, LAST_DAY, Every, Period, PeriodName
from campaigns.reading.fields import Fields, backwards, choice_of, date_of, duration_of, time_of
from campaigns.reading.nodes import Node, Scalar
from campaigns.reading.problems import Problems, quoted
from campaigns.scalars import parse_integer
from campaigns.scheduling.occurrences import same_minute
from i18n.messages import Message, msg

PERIODS: Final = ("day", "week", "dekad", "month", "quarter", "half-year", "year", "shift")

_WEEKDAYS: Final[Mapping[str, int]] = {
    "mon": 1, "tue": 2, "wed": 3, "thu": 4, "fri": 5, "sat": 6, "sun": 7,
}  # fmt: skip


def every_of(fields: Fields, period: Period | None) -> Every | None:
    """A recurrence. None if its period, or that of the campaign, could not be read."""
    name = fields.maybe("every", choice_of(*PERIODS))
    on = _on(fields, name)
    times = fields.many("at", time_of) or (END_OF_DAY,)
    _check_keys(times, fields)
    plus = fields.maybe("plus", duration_of)
    skip = fields.many("skip", date_of)
    bounds = bounds_of(fields, period)
    if name is None or bounds is None:
        return None
    return Every(cast("PeriodName", name), bounds, on, tuple(sorted(times)), plus, frozenset(skip))


def bounds_of(fields: Fields, period: Period | None) -> Period | None:
    """`from` and `to`, by default those of the campaign."""
    first, last = fields.maybe("from", date_of), fields.maybe("to", date_of)
    if _unreadable(fields, "from", first) or _unreadable(fields, "to", last):
        return None
    if period is None and (first is None or last is None):
        return None
    first = first or cast("Period", period).first
    last = last or cast("Period", period).last
    if first > last:
        fields.problems.add(fields.table.place, _unordered(first, last, fields))
        return None
    return Period(first, last)


def _unreadable(fields: Fields, key: str, value: date | None) -> bool:
    return value is None and key in fields


def _unordered(first: date, last: date, fields: Fields) -> Message:
    if "from" not in fields:
        return msg("“to” ({last}) comes before the campaign begins ({first}): give a “from”.",
                   first=first, last=last)  # fmt: skip
    if "to" not in fields:
        return msg("“from” ({first}) comes after the campaign ends ({last}): give a “to”.",
                   first=first, last=last)  # fmt: skip
    return backwards(first, last)


def _on(fields: Fields, period: str | None) -> tuple[int, ...]:
    reading = {"week": _weekday_of, "month": _month_day_of}.get(period or "")
    if reading is not None:
        return fields.many("on", reading)
    if "on" in fields and period is not None:
        fields.note_key(
            "on",
            msg(
                "“on” goes with every: week and every: month only, not with {period}.",
                period=period,
            ),
        )
    return ()


def _weekday_of(node: Node, problems: Problems) -> int | None:
    name = choice_of(*_WEEKDAYS)(node, problems)
    return None if name is None else _WEEKDAYS[name]


def _month_day_of(node: Node, problems: Problems) -> int | None:
    if isinstance(node, Scalar):
        day = LAST_DAY if node.text == "last" else parse_integer(node.text)
        if day is not None and (node.text == "last" or 1 <= day <= 31):
            return day
        message = msg(
            "Expected a day from 1 to 31 or “last”, found “{text}”.", text=quoted(node.text)
        )
        problems.explain(node.place, message, node.text, ("last",))
        return None
    problems.add(node.place, msg("Expected a day from 1 to 31 or “last”."))
    return None


def _check_keys(times: tuple[time, ...], fields: Fields) -> None:
    if same_minute(times):
        fields.note("at", msg("23:59 and 24:00 would make one item; give only one of them."))
