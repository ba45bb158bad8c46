"""Replaces characters that have different widths on different terminals.

Unicode calls them ambiguous (UAX #11): a Chinese terminal may give a curly quote two columns
and others one, which would shift everything after it. The replacements have the same width
everywhere.
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
    """The text with each ambiguous character replaced by ones that every terminal draws alike.

    Letters of other scripts without a replacement stay as they are.
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
