"""The clock of a command, and the times and durations in its arguments."""

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

    Raises UsageError for an invalid time.
    """
    moment = parse_moment(text, zone)
    if moment is None:
        raise UsageError(
            msg(
                "“{text}” is not a time. Write it like 2022-06-16T12:00, "
                "with an offset like +08:00 if it is not in the campaign's time zone.",
                text=text,
            )
        )
    return moment


def read_duration(text: str) -> Duration:
    """The duration that a text such as `24h` or `3d` names. Raises UsageError."""
    duration = parse_duration(text)
    if duration is None:
        raise UsageError(
            msg("“{text}” is not a length of time. Write it like 24h or 3d.", text=text)
        )
    return duration


def after(zone: ZoneInfo, moment: datetime, duration: Duration, text: str) -> datetime:
    """The instant a duration after another. Raises UsageError if it is beyond the calendar."""
    try:
        return later(zone, moment, duration)
    except OverflowError:
        raise UsageError(
            msg("“{text}” is too long: it goes beyond the calendar. Give a shorter one.", text=text)
        ) from None


def read_now(text: str | None, zone: ZoneInfo) -> datetime:
    """The fixed time given by `--now` or DUBAN_NOW, else the real one."""
    return real_clock() if text is None else read_moment(text, zone)


def read_as_of(text: str | None, zone: ZoneInfo, now: datetime) -> datetime | None:
    """The instant given by `--as-of`, if any. Raises UsageError if it is later than now."""
    if text is None:
        return None
    moment = read_moment(text, zone)
    if moment > now:
        raise UsageError(msg("“{text}” is in the future. Give a time up to now.", text=text))
    return moment
