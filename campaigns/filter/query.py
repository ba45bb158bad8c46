"""What is typed in the filter: which units and which items it picks.

Words are parted by spaces, full-width ones too, and all of them must match. Case does not
matter, and full-width letters, digits and signs count as their ASCII twins.

- The name of a state or a timing, whole and in either language (`逾期`, `overdue`), picks
  items that stand so; `未报` and `missing` those that are owed and not handed in. Half
  a name (`over`) is still text. All of them: `campaigns.filter.states`.
- `#word` picks items by their title or the id of their activity.
- Any other word picks units: it stands in the name, the id, a tag, or the name or id of
  the kind or of a kind above it, or it spells the name in pinyin (`campaigns.filter.pinyin`).
- `-` or `!` before a word excludes what it would pick: `-煤矿`, `!逾期`, `-#演练`. A sign
  with nothing behind it is not a word yet.

A unit is shown if it matches and, where the query picks items, has one that does.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from campaigns.definition import Activity, Unit
from campaigns.filter.states import STANDING_WORDS
from campaigns.filter.unit_texts import UnitTexts, fold
from campaigns.standing.board import Line
from campaigns.standing.matrix import CELLS, Cell, Column, Row, cell_of


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a query, folded and without its signs."""

    text: str
    excludes: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """A filter as it was read. `standings` are words of STANDING_WORDS."""

    unit_words: tuple[Word, ...] = ()
    standings: tuple[Word, ...] = ()
    activity_words: tuple[Word, ...] = ()

    @classmethod
    def read(cls, text: str) -> Query:
        """The query that was typed. Any text is one; an empty one picks everything."""
        units, standings, activities = [], [], []
        for typed in fold(text).split():
            bare = typed[1:] if typed[0] in "-!" else typed
            word = Word(bare.removeprefix("#"), excludes=bare != typed)
            if not word.text:
                continue
            if bare.startswith("#"):
                activities.append(word)
            elif word.text in STANDING_WORDS:
                standings.append(word)
            else:
                units.append(word)
        return cls(tuple(units), tuple(standings), tuple(activities))

    @property
    def is_empty(self) -> bool:
        """Whether it picks everything."""
        return not self.unit_words and not self.picks_items

    @property
    def picks_items(self) -> bool:
        """Whether a unit is shown only for its items."""
        return bool(self.standings or self.activity_words)

    def matches_unit(self, unit: Unit, texts: UnitTexts) -> bool:
        """Whether a unit answers to the words that pick units; its items are not looked at."""
        return all(texts.answers(unit, word.text) != word.excludes for word in self.unit_words)

    def matches_line(self, line: Line) -> bool:
        """Whether an item answers to the words that pick items; its unit is not looked at."""
        return self.matches_cell(cell_of(line)) and self.speaks_of(
            line.item.title, line.item.activity
        )

    def matches_cell(self, cell: Cell) -> bool:
        """Whether an item that stands so answers to the words for that."""
        return all(
            STANDING_WORDS[word.text].covers(cell) != word.excludes for word in self.standings
        )

    def speaks_of(self, title: str, activity: Activity) -> bool:
        """Whether an item with this title answers to the words for activities."""
        return all(
            (word.text in fold(title) or word.text in fold(activity.id)) != word.excludes
            for word in self.activity_words
        )


class RowFilter:
    """A query made ready for the rows of a matrix, of which there may be ten thousand."""

    def __init__(self, query: Query, columns: Iterable[Column], texts: UnitTexts) -> None:
        self._query = query
        self._texts = texts
        self._codes = bytes(
            code for code, cell in enumerate(CELLS) if cell and query.matches_cell(cell)
        )
        self._places = [
            place
            for place, column in enumerate(columns)
            if query.speaks_of(column.title, column.activity)
        ]

    def lets_through(self, row: Row) -> bool:
        """Whether a unit is shown. One that is not read yet has no items to answer with."""
        if not self._query.matches_unit(row.unit, self._texts):
            return False
        if not self._query.picks_items:
            return True
        cells = row.cells
        if self._query.activity_words:
            cells = bytes(cells[place] for place in self._places)
        return len(cells.translate(None, self._codes)) < len(cells)
