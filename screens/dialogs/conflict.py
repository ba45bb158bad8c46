"""Asks what to do about an item that somebody else changed first."""

from __future__ import annotations

from typing import Final

from campaigns.definition import Campaign, Unit
from campaigns.entries import Change, Entry
from campaigns.standing.board import Line
from i18n.messages import msg
from screens.changes.resolution import Resolution, mine_words, theirs_words
from screens.dialogs.menu import MenuDialog
from widgets.look import Look
from widgets.text_width import clean

_CHOICES: Final = (
    (Resolution.THEIRS, msg("Keep theirs")),
    (Resolution.MINE, msg("Take mine")),
    (Resolution.BOTH, msg("Take mine, and put both in the note")),
)


class Conflict(MenuDialog[Resolution | None]):
    """Shows both values and who recorded the other one. Esc keeps theirs."""

    def __init__(
        self, look: Look, campaign: Campaign, unit: Unit, line: Line, theirs: Entry, mine: Change
    ) -> None:
        words = tuple(look.tr.render(words) for _, words in _CHOICES)
        super().__init__(look, look.tr("Somebody else changed this first"), words)
        self._what = clean(f"{unit.name}  {line.item.title}")
        self._campaign = campaign
        self._theirs = theirs
        self._mine = mine

    def facts(self) -> str:
        """The item, theirs and mine."""
        tr, campaign = self.look.tr, self._campaign
        theirs = theirs_words(self._theirs, campaign, self.look)
        mine = mine_words(self._mine, self._theirs, campaign, self.look)
        lines = [self._what, tr("Theirs: {value}", value=theirs), tr("Mine: {value}", value=mine)]
        return "\n".join(map(clean, lines))

    async def chosen(self, row: int) -> None:
        """Close with the choice."""
        self.dismiss(_CHOICES[row][0])
