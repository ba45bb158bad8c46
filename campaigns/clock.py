"""Wall-clock times as instants and back (docs/items-and-time.md, "Clocks").

Inside the program an instant is an aware datetime in UTC. A wall-clock time has a meaning
only together with a time zone.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Final
from zoneinfo import ZoneInfo

from campaigns.definition import Duration
from campaigns.errors import UsageError
from campaigns.scalars import parse_date, parse_time
from i18n.messages import msg

_SECOND: Final = timedelta(seconds=1)
_TIME_OF_MOMENT: Final = re.compile(
    r"(?P<minute>[0-9]{2}:[0-9]{2})(:(?P<second>[0-5][0-9]))?"
    r"(?P<offset>Z|(?P<sign>[+-])(?P<hours>[01][0-9]|2[0-3]):?(?P<minutes>[0-5][0-9])?)?"
)


def zone_of(name: str) -> ZoneInfo:
    """The time zone with an IANA name. Raises UsageError for an unknown one."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise UsageError(
            msg("“{name}” is not a known time zone. Write one like Asia/Shanghai.", name=name)
        ) from None


def instant(zone: ZoneInfo, day: date, at: time) -> datetime:
    """The instant, in UTC, at which the zone's clocks show this day and time.

    If the clocks skip that time, the first instant after the gap; if they show it twice, the
    later one. Raises OverflowError past the calendar's years 1 to 9999.
    """
    shown = datetime.combine(day, at.replace(fold=1), zone)
    moment = shown.astimezone(UTC)
    if moment.astimezone(zone).replace(tzinfo=None) == shown.replace(tzinfo=None):
        return moment
    return _end_of_gap(zone, moment, shown.replace(fold=0).astimezone(UTC))


def later(zone: ZoneInfo, moment: datetime, duration: Duration) -> datetime:
    """The instant, in UTC, a duration after another.

    Minutes and hours are elapsed time. Days and weeks lead to the same wall-clock time, so a
    day may have 23 or 25 hours. Raises OverflowError past the year 9999.
    """
    days = whole_days(duration)
    if days is None:
        return moment.astimezone(UTC) + elapsed(duration)
    shown = moment.astimezone(zone)
    return instant(zone, shown.date() + timedelta(days=days), shown.time())


def whole_days(duration: Duration) -> int | None:
    """A duration in wall-clock days, None for one in minutes or hours."""
    match duration.unit:
        case "d":
            return duration.count
        case "w":
            return 7 * duration.count
        case _:
            return None


def elapsed(duration: Duration) -> timedelta:
    """The elapsed time of a duration in minutes or hours. Raises OverflowError."""
    minutes = duration.count * (60 if duration.unit == "h" else 1)
    return timedelta(minutes=minutes)


def parse_moment(text: str, zone: ZoneInfo) -> datetime | None:
    """The instant, in UTC, that a text stands for; None if it is invalid.

    `2022-06-16T12:00` or with a space, with seconds, and with an offset (`+08:00`, `Z`);
    without an offset it is a time of the zone. A date alone stands for its 00:00.
    """
    day = parse_date(text[:10])
    if day is None:
        return None
    if len(text) == 10:
        return _within_calendar(zone, day, time(0, 0), None)
    match = _TIME_OF_MOMENT.fullmatch(text[11:])
    at = parse_time(match["minute"]) if match else None
    if text[10] not in "T " or match is None or at is None:
        return None
    if match["second"]:
        if match["minute"] == "24:00":
            return None
        at = at.replace(second=int(match["second"]))
    return _within_calendar(zone, day, at, _offset(match) if match["offset"] else None)


def _offset(match: re.Match[str]) -> timezone:
    if match["offset"] == "Z":
        return UTC
    size = timedelta(hours=int(match["hours"]), minutes=int(match["minutes"] or 0))
    return timezone(-size if match["sign"] == "-" else size)


def _within_calendar(
    zone: ZoneInfo, day: date, at: time, offset: timezone | None
) -> datetime | None:
    """The instant, or None if its year, or the year in the zone, is not between 1 and 9999."""
    try:
        if offset is None:
            moment = instant(zone, day, at)
        else:
            moment = datetime.combine(day, at, offset).astimezone(UTC)
        moment.astimezone(zone)
    except OverflowError:
        return None
    return moment


def _end_of_gap(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    """The first instant after a change of the clocks that lies between two instants."""
    offset = after.astimezone(zone).utcoffset()
    while after - before > _SECOND:
        middle = before + (after - before) // _SECOND // 2 * _SECOND
        if middle.astimezone(zone).utcoffset() == offset:
            after = middle
        else:
            before = middle
    return after.replace(microsecond=0)
