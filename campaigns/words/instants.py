"""Shows an instant back to the person who typed it in a short form."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from campaigns.terms import month_name, weekday_name
from i18n.messages import Message, msg

_NEAR: Final = {0: msg("today"), 1: msg("yesterday"), 2: msg("the day before yesterday")}


def shown_back(moment: datetime, now: datetime, zone: ZoneInfo) -> Message:
    """`Wed 8 June (yesterday) 17:40`, in `zone`, with the year if it is not that of `now`."""
    shown, today = moment.astimezone(zone), now.astimezone(zone).date()
    return msg("{day} {time}", day=_day(shown.date(), today), time=f"{shown:%H:%M}")


def _day(day: date, today: date) -> Message:
    weekday, month = weekday_name(day), month_name(day)
    near = _NEAR.get((today - day).days)
    if day.year == today.year and near is None:
        return msg("{weekday} {day} {month}", weekday=weekday, day=day.day, month=month)
    if near is None:
        return msg(
            "{weekday} {day} {month} {year}",
            weekday=weekday, day=day.day, month=month, year=day.year,
        )  # fmt: skip
    if day.year == today.year:
        return msg(
            "{weekday} {day} {month} ({near})",
            weekday=weekday, day=day.day, month=month, near=near,
        )  # fmt: skip
    return msg(
        "{weekday} {day} {month} {year} ({near})",
        weekday=weekday, day=day.day, month=month, year=day.year, near=near,
    )  # fmt: skip
