"""Texts in columns for a terminal: a Chinese character is two columns wide."""

from __future__ import annotations

from functools import cache
from unicodedata import combining, east_asian_width

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Final

_CUT: Final = ".."
_GAP: Final = "  "


class Column:
    """One column: its heading, which side its texts stand on, and whether it gives way.

    A column that gives way is cut where the table is wider than the terminal, but
    keeps at least `least` columns.
    """

    def __init__(
        self, heading: str, *, right: bool = False, gives_way: bool = False, least: int = 8
    ) -> None:
        self.heading = heading
        self.right = right
        self.gives_way = gives_way
        self.least = least


@cache
def width_of(text: str) -> int:
    """How many columns a text takes."""
    if text.isascii():
        return len(text)
    return sum(map(_width_of_character, text))


def fit(text: str, width: int, *, right: bool = False) -> str:
    """Exactly `width` columns of a text: padded, or cut with two dots at the end."""
    missing = width - width_of(text)
    if missing < 0:
        text = _cut(text, width - len(_CUT)) + _CUT if width > len(_CUT) else _cut(text, width)
        missing = width - width_of(text)
    return " " * missing + text if right else text + " " * missing


def lay_out(
    columns: Sequence[Column], rows: Sequence[Sequence[str]], *, width: int, indent: str = ""
) -> list[str]:
    """The lines of a table, its headings first unless they are all empty."""
    headings = [column.heading for column in columns]
    shown = [headings, *rows] if any(headings) else list(rows)
    if not shown:
        return []
    stacks = list(zip(*shown, strict=True))
    widths = _widths(columns, stacks, width - len(indent))
    cells = map(_cells, columns, widths, stacks)
    return [indent + _GAP.join(line).rstrip() for line in zip(*cells, strict=True)]


def _cells(column: Column, width: int, texts: Sequence[str]) -> Iterator[str]:
    """The texts of one column, each as wide as the column: equal ones are laid out once."""
    fitted = {text: fit(text, width, right=column.right) for text in set(texts)}
    return map(fitted.__getitem__, texts)


def _widths(columns: Sequence[Column], stacks: Sequence[Sequence[str]], width: int) -> list[int]:
    """The width of each column, given the texts that stand in it."""
    widths = [max(map(width_of, set(texts))) for texts in stacks]
    excess = sum(widths) + len(_GAP) * (len(columns) - 1) - width
    while excess > 0:
        able = [
            index
            for index, column in enumerate(columns)
            if column.gives_way and widths[index] > column.least
        ]
        if not able:
            break
        widest = max(able, key=lambda index: widths[index])
        widths[widest] -= 1
        excess -= 1
    return widths


def _cut(text: str, width: int) -> str:
    used = 0
    for index, character in enumerate(text):
        used += _width_of_character(character)
        if used > width:
            return text[:index]
    return text


@cache
def _width_of_character(character: str) -> int:
    if combining(character):
        return 0
    return 2 if east_asian_width(character) in "WF" else 1
