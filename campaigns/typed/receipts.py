"""Reads when a report came in, as officers say it: `昨天17:40`, `6.8 18:00`, `2h ago`.

The forms of days are in campaigns.typed.days, those of times in campaigns.typed.hours.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from campaigns.clock import instant, parse_moment
from campaigns.definition import END_OF_DAY
from campaigns.full_width import ascii_twins
from campaigns.typed.days import Days, read_days
from campaigns.typed.hours import time_of_day
from campaigns.typed.spelling import one_spelling

_LONGEST: Final = 60
_NOW: Final = frozenset({"现在", "此刻", "刚才", "刚刚", "now", "right now", "just now"})
_AGO: Final = (
    re.compile(
        "(?:(?P<count>[0-9]{1,4}) ?个?)?(?P<half>半)? ?个?(?P<unit>小时|钟头|分钟?)(?:以|之)?前"
    ),
    re.compile(
        "(?:(?P<count>[0-9]{1,4}) ?|(?P<one>an?|one) |(?P<half>half )(?:an? )?)"
        "(?P<unit>h|hr|hrs|hours?|m|min|mins|minutes?) ago"
    ),
)
_BETWEEN: Final = re.compile(r"[ ,]*(?:at )?")


def read_loosely(text: str, now: datetime, zone: ZoneInfo) -> datetime | None:
    """The instant of receipt, in UTC, that a text means at `now`; None if it means none.

    What campaigns.clock.parse_moment can read has the meaning it has there, also a date alone
    such as `2022-06-08`, which is its 00:00. Other days and times are in `zone`. Full-width
    characters count as ASCII.

    A receipt is never in the future: a date without a year or a weekday means the latest day
    that is not after `now`. A text that can mean only one day keeps its meaning even in the
    future: `今天17:40` in the morning, a date with a year, and a time alone, which is today's
    (if a clock is some minutes ahead, it must not become yesterday's). The caller refuses
    those and says why.

    A day without a time means its end, 23:59:59, or `now` on the day itself: the report had
    arrived when the day was over, and no more was said. So it is on time for a deadline that
    is a day, as dates in a definition are, but not for one at 18:00; for that one types the
    time.

    Minutes and hours ago are elapsed time, days and weeks ago are days. Nothing is guessed: an
    impossible date or time (6月31日, 25:00) means none.
    """
    said = ascii_twins(text).strip()
    exact = parse_moment(said, zone)
    if exact is not None or len(said) > _LONGEST:
        return exact
    try:
        return _read(one_spelling(said), now, zone)
    except OverflowError:
        return None


def _read(said: str, now: datetime, zone: ZoneInfo) -> datetime | None:
    if said in _NOW:
        return now.astimezone(UTC)
    elapsed = _elapsed(said)
    if elapsed is not None:
        return now.astimezone(UTC) - elapsed
    today = now.astimezone(zone).date()
    at = time_of_day(said)
    if at is not None:
        return _on(today, at, now, zone)
    for days, rest in read_days(said, today, today):
        at = time_of_day(_BETWEEN.sub("", rest, count=1))
        if at is not None or not rest:
            return _latest(days, at, now, zone)
    return None


def _elapsed(said: str) -> timedelta | None:
    """The minutes or hours ago that a text says, None if it says neither."""
    matches = (form.fullmatch(said) for form in _AGO)
    match = next((match for match in matches if match), None)
    if match is None:
        return None
    count = int(match["count"] or bool(match.groupdict().get("one")))
    halves = 2 * count + bool(match["half"])
    if not halves:
        return None
    return halves * timedelta(minutes=30 if match["unit"][0] in "小钟h" else 0.5)


def _latest(days: Days, at: time | None, now: datetime, zone: ZoneInfo) -> datetime | None:
    """The instant on a single day; of several days, the first one that is not after `now`."""
    if isinstance(days, date):
        return _on(days, at, now, zone)
    moments = (_on(day, at, now, zone) for day in days)
    return next((moment for moment in moments if moment <= now), None)


def _on(day: date, at: time | None, now: datetime, zone: ZoneInfo) -> datetime:
    if at is None and day == now.astimezone(zone).date():
        return now.astimezone(UTC)
    return instant(zone, day, END_OF_DAY if at is None else at)
