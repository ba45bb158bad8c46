"""The title line: the campaign, its progress, and the date or past instant shown."""

from __future__ import annotations

from campaigns.totals import Totals
from desk.desk import Desk
from widgets.look import Look
from widgets.text_line import TextLine
from widgets.words import date_words, totals_words


class TitleBar(TextLine):
    """The title of the campaign on the left, its totals and the date on the right."""

    def __init__(self, look: Look, desk: Desk) -> None:
        super().__init__(id="title")
        self._look = look
        self._desk = desk
        self.left = desk.campaign.title

    def show(self, totals: Totals) -> None:
        """Show the totals of the whole campaign and the current date."""
        desk = self._desk
        today = date_words(
            self._look, desk.now(), past=desk.as_of is not None, definition=desk.brief
        )
        self.right = f"{totals_words(self._look.tr, totals)}  {today}"
