"""The dialog for an item that somebody else changed first: theirs, mine, or both."""

from __future__ import annotations

from enum import Enum
from typing import Final

from textual.app import ComposeResult

from campaigns.board import Line
from campaigns.definition import Unit
from campaigns.entries import Change, Entry
from campaigns.wording import state_name
from i18n.messages import Message, msg
from screens.menu_dialog import MenuDialog
from widgets.cells import clean
from widgets.look import Look
from widgets.prose import Prose


class Resolution(Enum):
    """What to do about a conflict."""

    THEIRS = "theirs"
    MINE = "mine"
    BOTH = "both"


_CHOICES: Final = (
    (Resolution.THEIRS, msg("Keep theirs")),
    (Resolution.MINE, msg("Take mine")),
    (Resolution.BOTH, msg("Take mine, and put both in the note")),
)


class Conflict(MenuDialog[Resolution | None]):
    """Shows both values and who recorded the other one; Esc keeps theirs."""

    def __init__(self, look: Look, unit: Unit, line: Line, theirs: Entry, mine: Change) -> None:
        words = tuple(look.tr.render(words) for _, words in _CHOICES)
        super().__init__(look, look.tr("Somebody else changed this first"), words)
        self._what = clean(f"{unit.name}  {line.item.title}")
        self._theirs = theirs
        self._mine = mine

    def compose_facts(self) -> ComposeResult:
        """The item, theirs and mine."""
        tr = self.look.tr
        lines = [
            self._what,
            tr("Theirs: {value}", value=theirs_words(self._theirs, self.look)),
            tr("Mine: {value}", value=mine_words(self._mine, self._theirs, self.look)),
        ]
        yield Prose("\n".join(clean(line) for line in lines), classes="dialog-text")

    async def chosen(self, row: int) -> None:
        """Answer with the choice."""
        self.dismiss(_CHOICES[row][0])


def theirs_words(entry: Entry, look: Look) -> str:
    """How the item stands now, who made it so, and when."""
    value = _value(state_name(entry.state), entry.note, look)
    if entry.recorded_at is None:
        return value
    when = look.moment(entry.recorded_at)
    return look.tr("{value} ({who}, {time})", value=value, who=entry.recorded_by, time=when)


def mine_words(change: Change, theirs: Entry, look: Look) -> str:
    """What was asked for."""
    state = change.state or theirs.state
    name = msg("nil report") if change.nil_report else state_name(state)
    return _value(name, change.note or "", look)


def note_of_both(mine: Change, theirs: Entry, look: Look) -> str:
    """A note with mine, and with what theirs said."""
    other = look.tr("before that {value}", value=theirs_words(theirs, look))
    return f"{mine.note}; {other}" if mine.note else other


def _value(state: Message, note: str, look: Look) -> str:
    name = look.tr.render(state)
    return look.tr("{value}, “{note}”", value=name, note=note) if note else name
