"""Texts of stable width: characters that some terminals draw double, said by others.

Unicode calls them ambiguous (UAX #11): a Chinese terminal may give a curly quote two
columns where others give it one, and every column behind it stands crooked. What is drawn
here has the same width in both.
"""

from __future__ import annotations

import unicodedata
from typing import Final

_TWINS: Final = {
    "“": "＂", "”": "＂", "‘": "＇", "’": "＇",
    "—": "－", "–": "-", "―": "－", "‖": "｜", "…": "...", "‥": "..", "·": "・",
    "×": "x", "÷": "/", "°": "度", "±": "+-", "§": "S.", "¶": "P.", "※": "*", "€": "EUR",
    "←": "<-", "→": "->", "↑": "^", "↓": "v", "↔": "<->", "⇒": "=>", "⇔": "<=>",
    "●": "*", "○": "o", "◎": "o", "■": "▪", "□": "▢", "▲": "^", "△": "^", "▼": "v", "▽": "v",
    "◆": "*", "◇": "*", "★": "*", "☆": "*", "≤": "<=", "≥": ">=", "≠": "!=", "≈": "~", "√": "v",
    "\u00ad": "",
}  # fmt: skip
_AMBIGUOUS: Final = "A"


def stable(text: str) -> str:
    """The text with each ambiguous character as one or more that every terminal draws alike.

    Letters of other scripts that have no twin stay as they are.
    """
    if text.isascii() or not any(map(_is_ambiguous, text)):
        return text
    return "".join(map(_of_stable_width, text))


def _is_ambiguous(character: str) -> bool:
    return unicodedata.east_asian_width(character) == _AMBIGUOUS


def _of_stable_width(character: str) -> str:
    if not _is_ambiguous(character):
        return character
    known = _TWINS.get(character)
    if known is not None:
        return known
    plain = unicodedata.normalize("NFKC", character)
    if plain == character or any(map(_is_ambiguous, plain)):
        return character
    return f"({plain})" if unicodedata.category(character) == "No" else plain
