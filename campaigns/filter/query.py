"""A filter: which units and which items match what was typed.

Words are separated by spaces, also full-width ones, and all of them must match. Case does not
matter, and full-width letters, digits and signs count as ASCII.

- The full name of a state or a timing in either language (`逾期`, `overdue`) matches items
  of that state; `未报` and `missing` those that are owed and not submitted. Half a name
  (`over`) is text. All of them: `campaigns.filter.states`.
- `#word` matches items by their title or the id of their activity.
- Any other word matches units: by a part of the name, the id, a tag, or the name or id of
  the kind or of a kind above it, or by the name in pinyin (`campaigns.filter.pinyin`).
- `-` or `!` before a word excludes what it matches: `-煤矿`, `!逾期`, `-#演练`. A sign alone
  is not a word yet.
- `|` separates alternatives in a word: `南村|北村` matches both villages, `逾期|退回` items in
  either state, `#周报|月报` either title.

A unit is shown if it matches and, if the filter has words for items, one of its items does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from msgspec import Struct

from campaigns.definition import Activity, Unit
from campaigns.filter.states import STANDING_WORDS
from campaigns.filter.unit_texts import UnitTexts, fold
from campaigns.standing.board import Line
from campaigns.standing.matrix import CELLS, Cell, Column, Row, cell_of


class Word(Struct, frozen=True):
    """A word of a filter: its alternatives, folded and without their signs."""

    texts: tuple[str, ...]
    excludes: bool = False

    def holds(self, matches: Callable[[str], bool]) -> bool:
        """Whether one of the alternatives matches, or none does if the word excludes."""
        return any(map(matches, self.texts)) != self.excludes


class Query(Struct, frozen=True):
    """A filter. `standings` are words of STANDING_WORDS."""

    unit_words: tuple[Word, ...] = ()
    standings: tuple[Word, ...] = ()
    activity_words: tuple[Word, ...] = ()

    @classmethod
    def read(cls, text: str) -> Query:
        """Read a filter. Every text is valid; an empty one matches everything."""
        units, standings, activities = [], [], []
        for typed in fold(text).split():
            bare = typed[1:] if typed[0] in "-!" else typed
            parts = (part.removeprefix("#") for part in bare.split("|"))
            word = Word(tuple(filter(None, parts)), excludes=bare != typed)
            if not word.texts:
                continue
            if bare.startswith("#"):
                activities.append(word)
            elif STANDING_WORDS.keys() >= set(word.texts):
                standings.append(word)
            else:
                units.append(word)
        return cls(tuple(units), tuple(standings), tuple(activities))

    @property
    def is_empty(self) -> bool:
        """Whether it matches everything."""
        return not self.unit_words and not self.picks_items

    @property
    def picks_items(self) -> bool:
        """Whether it has words for items."""
        return bool(self.standings or self.activity_words)

    def matches_unit(self, unit: Unit, texts: UnitTexts) -> bool:
        """Whether a unit matches the words for units, whatever its items."""
        return all(texts.answers(unit, word.texts) != word.excludes for word in self.unit_words)

    def matches_line(self, line: Line) -> bool:
        """Whether an item matches the words for items, whatever its unit."""
        return self.matches_cell(cell_of(line)) and self.speaks_of(
            line.item.title, line.item.activity
        )

    def matches_cell(self, cell: Cell) -> bool:
        """Whether an item that stands like this matches the words for states."""
        return all(
            word.holds(lambda text: STANDING_WORDS[text].covers(cell)) for word in self.standings
        )

    def speaks_of(self, title: str, activity: Activity) -> bool:
        """Whether an item with this title matches the words for activities."""
        folded = f"{fold(title)}\n{fold(activity.id)}"
        return all(word.holds(folded.__contains__) for word in self.activity_words)


class RowFilter:
    """A filter prepared for the rows of a matrix, of which there may be ten thousand."""

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
        """Whether a unit is shown. One that has not been read yet has no items that match."""
        if not self._query.matches_unit(row.unit, self._texts):
            return False
        if not self._query.picks_items:
            return True
        cells = row.cells
        if self._query.activity_words:
            cells = bytes(cells[place] for place in self._places)
        return len(cells.translate(None, self._codes)) < len(cells)
