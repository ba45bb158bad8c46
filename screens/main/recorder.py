"""Sends the changes of this session to the store, in the order they were requested."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Protocol

from textual.widget import Widget

from campaigns.definition import Unit
from campaigns.entries import Change, Entry
from campaigns.errors import DubanError
from campaigns.standing.board import Line, UnitBoard
from desk.desk import Desk
from screens.changes.queue import WriteQueue
from screens.changes.request import ChangeRequest
from screens.changes.writer import Writer
from widgets.look import Look
from widgets.view import Pointed

if TYPE_CHECKING:
    from screens.changes.plan import Planned
    from screens.changes.resolution import Resolution


class Say(Protocol):
    """Shows a text in the status line, with `refused` in the colour of errors."""

    def __call__(self, text: str, *, refused: bool = False) -> None:
        """Show the text."""


class Recorder:
    """Queues writes, asks the officer about conflicts, and knows the last change.

    `take` gets the boards of units after a write. Dialogs are pushed on the app of `host`.
    """

    def __init__(
        self,
        look: Look,
        desk: Desk,
        *,
        take: Callable[[list[UnitBoard]], None],
        say: Say,
        host: Widget,
    ) -> None:
        self._look = look
        self._desk = desk
        self._say = say
        self._host = host
        self._writer = Writer(look, desk, take=take, say=say, conflict=self._conflict)
        self._queue = WriteQueue(self._refused)
        self._open_conflicts = 0
        self.last: ChangeRequest | None = None

    async def run(self) -> None:
        """Carry out the queued writes; runs until it is cancelled."""
        await self._queue.run()

    @property
    def awaits_an_answer(self) -> bool:
        """Whether a conflict is still to be decided."""
        return self._open_conflicts > 0

    async def line_of(self, pointed: Pointed) -> Line:
        """The line of the item under the cursor. Raises DubanError if the item is gone."""
        return await self._writer.line_of(pointed)

    def tick(self, pointed: Pointed) -> None:
        """Mark an item as submitted, or take that back."""
        self.last = ChangeRequest.ticked()
        self._add(partial(self._writer.tick, pointed))

    def repeat(self, pointed: Pointed) -> None:
        """Repeat the last recorded change on an item."""
        if self.last is None:
            self._say(self._look.tr("Nothing to repeat yet."))
        else:
            self._add(partial(self._record, pointed, self.last))

    async def _record(self, pointed: Pointed, request: ChangeRequest) -> None:
        line = await self._writer.line_of(pointed)
        await self._writer.carry_out(pointed.unit, line, request)

    def carry_out(self, unit: Unit, line: Line, request: ChangeRequest | None) -> None:
        """Record a change of an item; None undoes the last change of the item."""
        self.last = request or self.last
        self._add(partial(self._writer.carry_out, unit, line, request))

    def carry_out_plan(self, request: ChangeRequest, planned: Sequence[Planned]) -> None:
        """Record the planned changes of several items."""
        from screens.changes.plan import by_unit

        self.last = request
        self._add(partial(self._writer.carry_out_lot, by_unit(planned)))

    def undo(self) -> None:
        """Undo the last change made in this session."""
        self._add(self._writer.undo)

    def redo(self) -> None:
        """Redo the change that was undone last."""
        self._add(self._writer.redo)

    async def settle(self) -> bool:
        """Wait until every requested change is on disk; False if any was refused."""
        refused = self._queue.refused
        self._say(self._look.tr("Saving ..."))
        await self._queue.settle()
        return self._queue.refused == refused

    def _add(self, write: Callable[[], Awaitable[None]]) -> None:
        self._queue.add(write)

    def _refused(self, error: DubanError) -> None:
        self._say(self._look.tr.render(error.message), refused=True)

    def _conflict(self, unit: Unit, line: Line, theirs: Entry, mine: Change) -> None:
        """Ask what to do about an item that somebody else has changed in the meantime."""
        from screens.dialogs.conflict import Conflict

        def resolved(answer: Resolution | None) -> None:
            self._open_conflicts -= 1
            self._add(partial(self._writer.resolve, unit, line, theirs, mine, answer))

        self._open_conflicts += 1
        dialog = Conflict(self._look, self._desk.campaign, unit, line, theirs, mine)
        self._host.app.push_screen(dialog, resolved)
