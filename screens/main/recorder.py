"""Carries out the changes of this session, in the order they were requested."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Protocol, TypeVar

from msgspec.structs import replace
from textual.widget import Widget

from campaigns.definition import Unit
from campaigns.entries import Change, Entry
from campaigns.errors import DubanError
from campaigns.standing.board import Line, UnitBoard
from campaigns.transitions import apply_change
from desk.desk import Desk
from i18n.messages import msg
from screens.changes.pace import Pace
from screens.changes.queue import WriteQueue
from screens.changes.request import ChangeRequest, new_operation
from screens.changes.resolution import Resolution, note_of_both, theirs_words
from screens.changes.session_changes import LotOutcome, Made, SessionChanges, Wanted
from screens.changes.words import lot_recorded, recorded
from storage.errors import StaleRevision
from widgets.look import Look
from widgets.view import Pointed

if TYPE_CHECKING:
    from screens.changes.plan import Planned

Result = TypeVar("Result")


class Say(Protocol):
    """Shows a text in the status line, with `refused` in the colour of errors."""

    def __call__(self, text: str, *, refused: bool = False) -> None:
        """Show the text."""


class Recorder:
    """Queues changes, shows them once they are on disk, and asks the officer about conflicts.

    `take` shows the boards of changed units. Dialogs are pushed on the app of `host`.
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
        self._take = take
        self._say = say
        self._host = host
        self._changes = SessionChanges(desk, take)
        self._queue = WriteQueue(self._refused)
        self._open_conflicts = 0
        self._last: ChangeRequest | None = None
        self._pace: Pace | None = None

    # Requests.

    def tick(self, pointed: Pointed) -> None:
        """Mark an item as submitted, or take that back."""
        self._last = ChangeRequest.ticked()
        self._queue.add(partial(self._tick, pointed))

    def repeat(self, pointed: Pointed) -> None:
        """Repeat the last recorded change on an item."""
        if self._last is None:
            self._say(self._look.tr("Nothing to repeat yet."))
        else:
            self._queue.add(partial(self._repeat, pointed, self._last))

    def carry_out(self, unit: Unit, line: Line, request: ChangeRequest | None) -> None:
        """Record a change of an item; None undoes the last change of the item."""
        self._last = request or self._last
        self._queue.add(partial(self._carry_out, unit, line, request))

    def carry_out_plan(self, request: ChangeRequest, planned: Sequence[Planned]) -> None:
        """Record the planned changes of several items."""
        from screens.changes.plan import by_unit

        self._last = request
        self._queue.add(partial(self._carry_out_lot, by_unit(planned)))

    def undo(self) -> None:
        """Undo the last change made in this session."""
        nothing = self._look.tr("Nothing to undo here.")
        self._queue.add(partial(self._step, self._changes.undo, nothing))

    def redo(self) -> None:
        """Redo the change that was undone last."""
        nothing = self._look.tr("Nothing to redo.")
        self._queue.add(partial(self._step, self._changes.redo, nothing))

    def stop(self) -> bool:
        """Stop a change of several items after the present unit; False if there is none."""
        if self._pace is not None:
            self._pace.stop()
        return self._pace is not None

    async def run(self) -> None:
        """Carry out the requests; runs until it is cancelled."""
        await self._queue.run()

    async def settle(self) -> bool:
        """Wait until every requested change is on disk; False if any was refused."""
        refused = self._queue.refused
        self._say(self._look.tr("Saving ..."))
        await self._queue.settle()
        return self._queue.refused == refused

    @property
    def awaits_an_answer(self) -> bool:
        """Whether a conflict is still to be decided."""
        return self._open_conflicts > 0

    async def line_of(self, pointed: Pointed) -> Line:
        """The line of the item under the cursor, at the revision that the officer sees.

        Raises DubanError if its unit cannot be read any more or no longer has the item.
        """
        if pointed.line is not None:
            return pointed.line
        line = await asyncio.to_thread(self._desk.line, pointed.unit, pointed.item)
        return replace(line, entry=replace(line.entry, rev=pointed.rev))

    # Carrying them out, one at a time.

    async def _tick(self, pointed: Pointed) -> None:
        line = await self.line_of(pointed)
        await self._change(pointed.unit, line, lambda entry: ChangeRequest.ticked(entry).of(line))

    async def _repeat(self, pointed: Pointed, request: ChangeRequest) -> None:
        await self._carry_out(pointed.unit, await self.line_of(pointed), request)

    async def _carry_out(self, unit: Unit, line: Line, request: ChangeRequest | None) -> None:
        if request is not None:
            change = request.of(line)
            await self._change(unit, line, lambda _entry: change)
            return
        self._tell(await self._or_read_again(unit, self._changes.undo_item(unit, line)))

    async def _carry_out_lot(self, lot: Sequence[tuple[Unit, Sequence[Wanted]]]) -> None:
        with self._at_a_pace() as pace:
            outcome = await self._changes.change_lot(lot, pace)
        self._say(lot_recorded(self._look, outcome))

    @contextmanager
    def _at_a_pace(self) -> Iterator[Pace]:
        """Say how far a change of several items is, and let it be stopped."""
        tr = self._look.tr

        def tell(made: int, total: int) -> None:
            self._say(tr("Recording {made} of {total} ... Esc stops.", made=made, total=total))

        self._pace = Pace(tell)
        try:
            yield self._pace
        finally:
            self._pace = None

    async def _step(
        self, step: Callable[[Pace], Awaitable[LotOutcome | None]], nothing: str
    ) -> None:
        """Undo or redo; `nothing` says that there is nothing to."""
        try:
            with self._at_a_pace() as pace:
                done = await step(pace)
        except StaleRevision as stale:
            now = theirs_words(stale.current, self._desk.campaign, self._look)
            raise DubanError(msg("Changed by somebody else since: {value}", value=now)) from stale
        if done is None:
            self._say(nothing)
        elif len(done.made) == 1 and not done.refused:
            self._tell(done.made[0])
        else:
            self._say(lot_recorded(self._look, done))

    async def _change(self, unit: Unit, line: Line, ask: Callable[[Entry], Change]) -> None:
        try:
            made = await self._or_read_again(unit, self._changes.change(unit, line, ask))
        except StaleRevision as stale:
            theirs, mine = stale.current, ask(stale.seen or line.entry)
            if _says_so(theirs, mine):
                who = theirs.recorded_by or ""
                self._say(self._look.tr("{who} has recorded the same.", who=who))
            else:
                self._ask_about_conflict(unit, line, theirs, mine)
        else:
            self._tell(made)

    # Conflicts.

    def _ask_about_conflict(self, unit: Unit, line: Line, theirs: Entry, mine: Change) -> None:
        from screens.dialogs.conflict import Conflict

        def resolved(answer: Resolution | None) -> None:
            self._open_conflicts -= 1
            self._queue.add(partial(self._resolve, unit, line, theirs, mine, answer))

        self._open_conflicts += 1
        dialog = Conflict(self._look, self._desk.campaign, unit, line, theirs, mine)
        self._host.app.push_screen(dialog, resolved)

    async def _resolve(
        self, unit: Unit, line: Line, theirs: Entry, mine: Change, answer: Resolution | None
    ) -> None:
        """Do what the officer decided about a conflict."""
        if answer is None or answer is Resolution.THEIRS:
            self._say(self._look.tr("Theirs was kept."))
            return
        change = replace(mine, op=new_operation())
        if answer is Resolution.BOTH:
            note = note_of_both(mine, theirs, self._desk.campaign, self._look)
            change = replace(change, note=note)
        await self._change(unit, replace(line, entry=theirs), lambda _entry: change)

    # What is shown.

    def _tell(self, made: Made | None) -> None:
        if made is None:
            self._say(self._look.tr("Nothing changed: the record already says this."))
        else:
            self._say(recorded(self._look, made.unit, made.title, made.entry))

    def _refused(self, error: DubanError) -> None:
        self._say(self._look.tr.render(error.message), refused=True)

    async def _or_read_again(self, unit: Unit, work: Awaitable[Result]) -> Result:
        """Run the work; if it is refused, read and show the unit as it is."""
        try:
            return await work
        except DubanError:
            self._take(await asyncio.to_thread(self._desk.read, [unit]))
            raise


def _says_so(theirs: Entry, mine: Change) -> bool:
    """Whether the entry already has all that a change would set."""
    if theirs.recorded_at is None or theirs.nil_report != mine.nil_report:
        return False
    try:
        return apply_change(theirs, mine, by="", at=theirs.recorded_at) is theirs
    except DubanError:
        return False
