"""Lengths of time in minutes, hours or, from two days on, days; rounded down."""

from __future__ import annotations

from i18n.catalogue import Translator
from i18n.messages import Message, msg

_MINUTE = 60
_HOUR = 60 * _MINUTE
_DAY = 24 * _HOUR


def span(seconds: int) -> Message:
    """A length of time where there is little room: `33 h`."""
    match _amount(seconds):
        case n, "minutes":
            return msg("{n} min", n=n)
        case n, "hours":
            return msg("{n} h", n=n)
        case n, _:
            return msg("{n} d", n=n)


def length(seconds: int, tr: Translator) -> str:
    """A length of time in a sentence: `33 hours`."""
    match _amount(seconds):
        case 0, _:
            return tr("less than a minute")
        case n, "minutes":
            return tr.count("1 minute", "{n} minutes", n)
        case n, "hours":
            return tr.count("1 hour", "{n} hours", n)
        case n, _:
            return tr.count("1 day", "{n} days", n)


def _amount(seconds: int) -> tuple[int, str]:
    if seconds < _HOUR:
        return seconds // _MINUTE, "minutes"
    if seconds < 2 * _DAY:
        return seconds // _HOUR, "hours"
    return seconds // _DAY, "days"
