"""Reads times of day as officers say them, in Chinese or English: `下午5点40`, `8点半`, `5:40pm`.

Texts are in the spelling of campaigns.typed.spelling.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import time
from typing import Final

from campaigns.definition import END_OF_DAY

_Hours = Mapping[int, int]
"""From the hour that is said to the hour of the clock; other hours are not said like that."""


def _same(first: int, last: int) -> dict[int, int]:
    return {hour: hour for hour in range(first, last + 1)}


def _past_noon(first: int, last: int) -> dict[int, int]:
    return {hour: hour + 12 for hour in range(first, last + 1)}


# Not 凌晨12点: it is unclear of which night.
_SMALL_HOURS: Final[_Hours] = _same(0, 6)
_EARLY: Final[_Hours] = _same(4, 11)
_FORENOON: Final[_Hours] = _same(1, 12)
_MIDDAY: Final[_Hours] = _same(11, 14) | _past_noon(1, 2)
_AFTERNOON: Final[_Hours] = _same(12, 19) | _past_noon(1, 7)
_EVENING: Final[_Hours] = _same(17, 23) | _past_noon(5, 12)

_PARTS: Final[Mapping[str, _Hours]] = {
    "凌晨": _SMALL_HOURS,
    "清晨": _EARLY, "早晨": _EARLY, "早上": _EARLY, "早": _EARLY,
    "上午": _FORENOON, "morning": _FORENOON,
    "中午": _MIDDAY,
    "下午": _AFTERNOON, "午后": _AFTERNOON, "afternoon": _AFTERNOON,
    "傍晚": _EVENING, "晚上": _EVENING, "晚间": _EVENING, "晚": _EVENING, "evening": _EVENING,
}  # fmt: skip
_HALVES: Final[Mapping[str, _Hours]] = {
    "am": _same(1, 11) | {12: 0},
    "pm": _same(12, 23) | _past_noon(1, 11),
}
_MINUTES: Final = {"": 0, "钟": 0, "整": 0, "1刻": 15, "半": 30, "3刻": 45}

_PART: Final = f"(?P<part>{'|'.join(_PARTS)})? ?(?:at )?"
_HALF: Final = "(?: ?(?P<half>am|pm))"
_FORMS: Final = tuple(
    re.compile(form)
    for form in (
        rf"{_PART}(?P<hour>[0-9]{{1,2}}):(?P<minute>[0-9]{{2}})(?::(?P<second>[0-9]{{2}}))?{_HALF}?",
        rf"{_PART}(?P<hour>[0-9]{{1,2}})[点时](?P<minute>钟|整|半|[13]刻|[0-9]{{1,2}}分|[0-9]{{2}}|)",
        rf"{_PART}(?P<hour>[0-9]{{1,2}}){_HALF}",
        r"(?P<hour>[0-9]{2})(?P<minute>[0-9]{2})",
    )
)


def time_of_day(text: str) -> time | None:
    """The time that a text means, None if it means none or an impossible one.

    24:00 and 晚上12点 are the end of the day, 23:59:59.
    """
    if text in ("noon", "正午"):
        return time(12)
    matches = (form.fullmatch(text) for form in _FORMS)
    match = next((match for match in matches if match), None)
    return None if match is None else _time(match.groupdict())


def _time(said: Mapping[str, str | None]) -> time | None:
    hour = _hour(int(said["hour"] or 0), said)
    minute = _minute(said.get("minute") or "")
    second = int(said.get("second") or 0)
    if hour is None or minute > 59 or second > 59:
        return None
    if hour > 23:
        is_the_end = (hour, minute, said.get("second")) == (24, 0, None)
        return END_OF_DAY if is_the_end else None
    return time(hour, minute, second)


def _hour(hour: int, said: Mapping[str, str | None]) -> int | None:
    """The hour of the clock, 24 for the end of the day; None if nobody would say it like that."""
    meant: int | None = hour
    for word, table in ((said.get("half"), _HALVES), (said.get("part"), _PARTS)):
        if word is not None and meant is not None:
            meant = table[word].get(meant)
    return meant


def _minute(text: str) -> int:
    return _MINUTES[text] if text in _MINUTES else int(text.removesuffix("分"))
