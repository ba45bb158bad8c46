"""Tables for a terminal, where a Chinese character is two columns wide."""

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
    """A column of a table; `right` aligns its texts on the right.

    If the table is wider than the terminal, a column that `gives_way` is cut, but not to less
    than `least` columns of the terminal.
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
    """The width of a text in terminal columns."""
    if text.isascii():
        return len(text)
    return sum(map(_width_of_character, text))


def fit(text: str, width: int, *, right: bool = False) -> str:
    """A text padded to `width` columns, or cut to it with two dots at the end."""
    missing = width - width_of(text)
    if missing < 0:
        text = _cut(text, width - len(_CUT)) + _CUT if width > len(_CUT) else _cut(text, width)
        missing = width - width_of(text)
    return " " * missing + text if right else text + " " * missing


def lay_out(
    columns: Sequence[Column], rows: Sequence[Sequence[str]], *, width: int, indent: str = ""
) -> list[str]:
    """The lines of a table, with the headings first unless they are all empty."""
    headings = [column.heading for column in columns]
    shown = [headings, *rows] if any(headings) else list(rows)
    if not shown:
        return []
    texts = list(zip(*shown, strict=True))
    widths = _widths(columns, texts, width - len(indent))
    cells = map(_cells, columns, widths, texts)
    return [indent + _GAP.join(line).rstrip() for line in zip(*cells, strict=True)]


def _cells(column: Column, width: int, texts: Sequence[str]) -> Iterator[str]:
    """The texts of one column, fitted to its width; equal texts are fitted once."""
    fitted = {text: fit(text, width, right=column.right) for text in set(texts)}
    return map(fitted.__getitem__, texts)


def _widths(columns: Sequence[Column], texts: Sequence[Sequence[str]], width: int) -> list[int]:
    """The width of each column, given its texts."""
    widths = [max(map(width_of, set(column))) for column in texts]
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
