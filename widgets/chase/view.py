"""View 4: which units to chase for what, and the reminders to send."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import ClassVar

from textual import on
from textual.app import ComposeResult

from campaigns.overviews.chase import Chase, Group
from widgets.chase.list import ChaseList, count_words, name_of
from widgets.chase.rows import Owed
from widgets.list_view import ListView
from widgets.look import Look
from widgets.text_line import TextLine
from widgets.unread_line import UnreadLine
from widgets.view import EnterDoes, Picture
from widgets.words import liaison_words

WriteReminder = Callable[[Chase, Sequence[Group], datetime], str]
"""Writes the reminder for some groups, as of an instant in UTC."""


class ChaseView(ListView[ChaseList]):
    """Items by unit or by deadline. Enter on a heading copies its reminder."""

    enter: ClassVar[EnterDoes] = "open_menu"

    def __init__(self, look: Look, write: WriteReminder) -> None:
        super().__init__(ChaseList(look, id="chase"), id="chase-view")
        self._look = look
        self._write = write
        self._picture: Picture | None = None
        self._head = TextLine(id="chase-head", classes="pane-head")
        self._unread = UnreadLine(look)

    def compose(self) -> ComposeResult:
        """The grouping with the totals, the units left out, and the list."""
        yield self._head
        yield self._unread
        yield self.list

    def show(self, picture: Picture) -> None:
        """Show what these units are chased for."""
        self._picture = picture
        self._unread.show(picture.matrix)
        self.list.show(picture)
        self._draw_head()

    @on(ChaseList.Regrouped)
    def _draw_head(self) -> None:
        """Show how the list is grouped, and the totals."""
        tr, rows, head = self._look.tr, self.list.rows, self._head
        number = len(rows.groups)
        if not number:
            head.left, head.right = tr("Nothing is overdue, returned or due soon."), ""
            return
        head.left = (
            tr.count("by unit: 1 unit", "by unit: {n} units", number)
            if rows.grouping == "unit"
            else tr.count("by deadline: 1 deadline", "by deadline: {n} deadlines", number)
        )
        head.right = count_words(rows.chase.counts, self._look)

    def enter_row(self) -> None:
        """Copy the reminder of the heading under the cursor."""
        self.list.action_copy_group()

    @on(ChaseList.CopyWanted)
    async def _copy(self, event: ChaseList.CopyWanted) -> None:
        """Write the reminder in a thread, since thousands of units take a while, and copy it."""
        if self._picture is None:
            return
        tr, rows = self._look.tr, self.list.rows
        if event.group is None:
            groups, what = rows.groups, tr("the reminder for the whole list")
        else:
            name = name_of(event.group, self._look)
            groups, what = [event.group], tr("the reminder: {what}", what=name)
        text = await asyncio.to_thread(self._write, rows.chase, groups, self._picture.now)
        self.post_message(self.Copy(text, what))

    @property
    def explanation(self) -> str:
        """The item in full and whom to call; on a heading, what Enter does."""
        if not self.list.row_count:
            return ""
        row = self.list.current
        if not isinstance(row, Owed):
            return self._look.tr("Enter: copy the reminder")
        unit, column = row.debt.unit, row.debt.column
        due = self._look.deadline(column.occurrence.due)
        parts = [unit.name, column.title, due, liaison_words(unit)]
        return "  ".join(part for part in parts if part)
