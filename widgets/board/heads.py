"""The heads over the columns of the board, two columns wide."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, tzinfo
from itertools import groupby, zip_longest
from typing import Final, NamedTuple

from rich.cells import cell_len

from campaigns.standing.matrix import Column
from widgets.text_width import clean

SIGN_WIDTH: Final = 2
"""The width of a sign: one Chinese character, or two letters."""

_UNDATED: Final = "--"


class ColumnHead(NamedTuple):
    """Month and day of the deadline, and a sign that distinguishes it from others of that day.

    `day` is the date in the campaign's time zone, None for no deadline.
    """

    day: date | None
    sign: str

    @property
    def month_words(self) -> str:
        """`06`."""
        return _UNDATED if self.day is None else f"{self.day.month:02}"

    @property
    def day_words(self) -> str:
        """`15`."""
        return _UNDATED if self.day is None else f"{self.day.day:02}"


def column_heads(columns: Sequence[Column], zone: tzinfo) -> tuple[ColumnHead, ...]:
    """The heads of columns, which are in the order of their deadlines."""
    heads: list[ColumnHead] = []
    for day, group in groupby(columns, key=lambda column: due_day(column, zone)):
        same_day = list(group)
        heads += [ColumnHead(day, sign) for sign in _signs(same_day, zone)]
    return tuple(heads)


def due_day(column: Column, zone: tzinfo) -> date | None:
    """The date of a column's deadline in a time zone, None if it has none."""
    due = column.occurrence.due
    return None if due is None else due.astimezone(zone).date()


def _signs(columns: Sequence[Column], zone: tzinfo) -> list[str]:
    """A sign for each column of one day; columns with the same title differ by the hour."""
    titles = [column.title for column in columns]
    pieces = [title_pieces(title) for title in titles]
    by_place = list(zip_longest(*pieces, fillvalue=""))
    signs: list[str] = []
    for column, title, own in zip(columns, titles, pieces, strict=True):
        same_title = titles.count(title) > 1
        signs.append(_hour(column, zone) if same_title else _own_piece(own, by_place, signs))
    return signs


def _own_piece(
    pieces: Sequence[str], by_place: Sequence[tuple[str, ...]], taken: Sequence[str]
) -> str:
    """The first piece that no other title has at the same place, else simply the first."""
    for piece, at_this_place in zip(pieces, by_place, strict=False):
        if at_this_place.count(piece) == 1 and piece not in taken:
            return piece
    return pieces[0] if pieces else ""


def _hour(column: Column, zone: tzinfo) -> str:
    due = column.occurrence.due
    return _UNDATED if due is None else f"{due.astimezone(zone):%H}"


def title_pieces(title: str) -> list[str]:
    """The pieces of a title: single Chinese characters, and the first two letters of words."""
    pieces: list[str] = []
    in_word = False
    for character in clean(title):
        if not character.isalnum():
            in_word = False
        elif cell_len(character) == SIGN_WIDTH:
            pieces.append(character)
            in_word = False
        elif in_word:
            pieces[-1] = (pieces[-1] + character)[:SIGN_WIDTH]
        else:
            pieces.append(character)
            in_word = True
    return pieces
