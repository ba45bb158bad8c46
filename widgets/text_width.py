"""Fits texts into columns; wide characters take two and are never cut in half."""

from __future__ import annotations

from typing import Final

from rich.cells import cell_len, set_cell_size

from campaigns.plain_text import one_line
from widgets.stable import stable

_CUT: Final = ".."
_CLOSING: Final = "、，。；：！？）》】」』%,.;:!?)"


def clean(text: str) -> str:
    """A text that is safe to draw: on one line, without control characters, of stable width."""
    return stable(one_line(text))


def fit(text: str, width: int) -> str:
    """A text in exactly `width` columns: padded, or cut with two dots at the end."""
    if width <= 0:
        return ""
    if cell_len(text) <= width:
        return set_cell_size(text, width)
    if width <= len(_CUT):
        return set_cell_size(text, width)
    return set_cell_size(text, width - len(_CUT)) + _CUT


def fit_right(text: str, width: int) -> str:
    """A text at the right end of exactly `width` columns, cut if it is longer."""
    missing = width - cell_len(text)
    return " " * missing + text if missing >= 0 else fit(text, width)


def wrap(text: str, width: int, height: int) -> list[str]:
    """Break a text into at most `height` lines of `width` columns; the last one is cut."""
    lines: list[str] = []
    rest = clean(text).strip()
    while rest and width > 1:
        if len(lines) == height - 1:
            lines.append(fit(rest, width))
            break
        end = _break_at(rest, width)
        lines.append(fit(rest[:end], width))
        rest = rest[end:].lstrip()
    return lines


def _break_at(text: str, width: int) -> int:
    """How many characters fit, without breaking a Latin word if possible."""
    used = 0
    for index, character in enumerate(text):
        used += cell_len(character)
        if used > width:
            space = text.rfind(" ", 0, index + 1)
            breaks_word = character.isascii() and text[index - 1].isascii()
            if breaks_word and space > 0:
                return space
            # No line begins with closing punctuation.
            return max(index - (character in _CLOSING and index > 1), 1)
    return len(text)
