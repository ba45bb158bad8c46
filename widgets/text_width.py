"""Texts in columns: Chinese is two columns wide, and no character is ever cut in half."""

from __future__ import annotations

from typing import Final

from rich.cells import cell_len, set_cell_size

from widgets.stable import stable

_CUT: Final = ".."
_CLOSING: Final = "、，。；：！？）》】」』%,.;:!?)"


def clean(text: str) -> str:
    """A text safe to draw: control characters and line breaks are spaces, widths are stable."""
    if not text.isprintable():
        text = "".join(character if character.isprintable() else " " for character in text)
    return stable(text)


def fit(text: str, width: int) -> str:
    """Exactly `width` columns of a text: padded, or cut with two dots at the end."""
    if width <= 0:
        return ""
    if cell_len(text) <= width:
        return set_cell_size(text, width)
    if width <= len(_CUT):
        return set_cell_size(text, width)
    return set_cell_size(text, width - len(_CUT)) + _CUT


def fit_right(text: str, width: int) -> str:
    """Exactly `width` columns with the text at the right end, cut where it is longer."""
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
    """How many characters fit, back to a space where a Latin word would be broken."""
    used = 0
    for index, character in enumerate(text):
        used += cell_len(character)
        if used > width:
            space = text.rfind(" ", 0, index + 1)
            breaks_word = character.isascii() and text[index - 1].isascii()
            if breaks_word and space > 0:
                return space
            # No line begins with a sign that ends something.
            return max(index - (character in _CLOSING and index > 1), 1)
    return len(text)
