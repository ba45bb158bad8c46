"""Brings what was typed to one spelling, so that there are fewer forms to look for."""

from __future__ import annotations

import re
from typing import Final

_VALUES: Final = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6,
                  "七": 7, "八": 8, "九": 9}  # fmt: skip
_NUMERALS: Final = "零〇一二两三四五六七八九十"

# Not the weekday of 周三八点, and only where a unit shows that it is a number.
_NUMBER: Final = re.compile(
    f"(?<![周期拜])[{_NUMERALS}]+(?=[年月日号点时分刻天个周]|小时|星期|礼拜)"
    f"|(?<=[点时])[{_NUMERALS}]+(?![{_NUMERALS}])"
)
_CLOCK: Final = "[0-9]{1,2}(?::[0-9]{2}| ?[ap]m|:[0-9]{2} ?[ap]m)"
_SPELLINGS: Final = (
    (re.compile(r"\s+"), " "),
    (re.compile(r"^前(?:晚上?|夜)"), "前天晚上"),
    (re.compile(r"昨(?:晚上?|夜)"), "昨天晚上"),
    (re.compile(r"今晚上?"), "今天晚上"),
    (re.compile(r"昨早上?"), "昨天早上"),
    (re.compile(r"今(?:早上?|晨)"), "今天早上"),
    (re.compile(r"\b([ap])\.m\."), r"\1m"),
    (re.compile(r"\bthe day before yesterday\b"), "前天"),
    (re.compile(r"\blast night\b"), "yesterday evening"),
    (re.compile(r"\b(?:tonight|this evening)\b"), "today evening"),
    (re.compile(r"\bthis (?=morning\b|afternoon\b)"), "today "),
    # “5pm yesterday” as “yesterday 5pm”.
    (re.compile(rf"({_CLOCK}) (?:on )?(?![ap]m)([a-z].*)"), r"\2 \1"),
)


def one_spelling(text: str) -> str:
    """An ASCII text in lower case, with single spaces and the day first.

    Chinese numerals that count something become digits (`八点四十` is `8点40`).
    """
    words = _NUMBER.sub(lambda match: _digits(match[0]), text.casefold())
    for pattern, spelling in _SPELLINGS:
        words = pattern.sub(spelling, words)
    return words


def _digits(numeral: str) -> str:
    """`二十三` as 23, `零五` as 05, `二〇二二` as 2022; others (`三四`) stay as they are."""
    tens, ten, ones = numeral.partition("十")
    if ten and len(tens) < 2 and len(ones) < 2 and "十" not in ones:
        return str(10 * _VALUES.get(tens, 1) + _VALUES.get(ones, 0))
    if not ten and (len(numeral) == 1 or "零" in numeral or "〇" in numeral):
        return "".join(str(_VALUES[character]) for character in numeral)
    return numeral
