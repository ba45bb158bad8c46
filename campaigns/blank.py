"""Texts in which nothing can be seen count as empty."""

from __future__ import annotations

import unicodedata
from typing import Final

_INVISIBLE_KINDS: Final = frozenset({"Cc", "Cf", "Zl", "Zp", "Zs"})
_INVISIBLE: Final = frozenset(
    {
        *map(chr, range(0xFE00, 0xFE10)),  # variation selectors
        *map(chr, range(0xE0100, 0xE01F0)),
        *"\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0",  # joiners and blank letters
    }
)
"""Characters that are drawn as nothing although they are marks, letters or symbols."""


def is_blank(text: str) -> bool:
    """Whether a text has only spaces, zero-width and blank characters of any script."""
    return all(
        character in _INVISIBLE or unicodedata.category(character) in _INVISIBLE_KINDS
        for character in text
    )
