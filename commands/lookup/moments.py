"""The clock of a command, and instants and lengths of time as its arguments name them."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from campaigns.clock import later, parse_moment
from campaigns.definition import Duration
from campaigns.errors import UsageError
from campaigns.scalars import parse_duration
from i18n.messages import msg


def real_clock() -> datetime:
    """Now in UTC, to the second."""
    return datetime.now(UTC).replace(microsecond=0)


def read_moment(text: str, zone: ZoneInfo) -> datetime:
    """The instant that a text names, in the campaign's zone unless it has an offset.

    Raises UsageError if it names none.
    """
    moment = parse_moment(text, zone)
    if moment is None:
        raise UsageError(
            msg(
                "“{text}” is not a time. Write it like 2022-06-16T12:00, "
                "with an offset like +08:00 if it is not the campaign's clock.",
                text=text,
            )
        )
    return moment


def read_duration(text: str) -> Duration:
    """The length of time that a text names. Raises UsageError if it names none."""
    duration = parse_duration(text)
    if duration is None:
        raise UsageError(
            msg("“{text}” is not a length of time. Write it like 24h or 3d.", text=text)
        )
    return duration


def after(zone: ZoneInfo, moment: datetime, duration: Duration, text: str) -> datetime:
    """The instant so long after another. Raises UsageError where the calendar ends before it."""
    try:
        return later(zone, moment, duration)
    except OverflowError:
        raise UsageError(
            msg("“{text}” leads out of the calendar. Give a shorter time.", text=text)
        ) from None


def read_now(text: str | None, zone: ZoneInfo) -> datetime:
    """The fixed clock that was asked for (`--now`, DUBAN_NOW), else the real one."""
    return real_clock() if text is None else read_moment(text, zone)


def read_as_of(text: str | None, zone: ZoneInfo, now: datetime) -> datetime | None:
    """The past instant that was asked for. Raises UsageError for one later than now."""
    if text is None:
        return None
    moment = read_moment(text, zone)
    if moment > now:
        raise UsageError(msg("“{text}” lies in the future. Ask for a time up to now.", text=text))
    return moment
