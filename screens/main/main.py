"""The main screen: puts its parts together and sends each key to the part that acts on it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.events import Mount
from textual.screen import Screen
from textual.widgets import Input

from campaigns.standing.board import UnitBoard
from desk.desk import Desk
from screens.changes.selection import Selection
from screens.main.allowed import Situation, is_allowed
from screens.main.compositor import FineCompositor
from screens.main.filter_bar import FilterBar
from screens.main.keys import MAIN_KEYS
from screens.main.last_place import LastPlace
from screens.main.navigation import Navigation
from screens.main.one_item import OneItem
from screens.main.recorder import Recorder
from screens.main.several_items import SeveralItems
from screens.main.status_line import StatusLine
from screens.main.title_bar import TitleBar
from screens.main.unit_reader import UnitReader
from screens.main.view_deck import ViewDeck
from screens.main.views import CHECKLIST, VIEWS
from screens.settings.remembered import Memory
from screens.settings.settings import Settings
from widgets.checklist.list import Checklist
from widgets.cursor_view import CursorView
from widgets.drawn import Drawn, cannot_be_drawn
from widgets.keys.bar import KeyBar
from widgets.keys.keymap import change_bindings, rebind
from widgets.line_list import CHOSEN
from widgets.look import Look
from widgets.view import View
from widgets.view_bar import ViewBar

if TYPE_CHECKING:
    from screens.dialogs.palette import Command
    from screens.main.history_reader import HistoryReader

_FOLLOW_EVERY = 1.0
"""Seconds between looks at what other sessions changed."""


class Main(Screen[None]):
    """The checklist and the other views, with the filter, the status line and the keys.

    Keys are handled in the order they are typed, even those that have to read the store
    first: `Down Enter Space` typed in one go ticks an item of the next unit. Writes go
    through one queue in the same order.

    `first` is the unit shown in the first frame, `seen` the store's token from before it
    was read, and `first_words` what the status line says in the first frame.
    """

    BINDINGS: ClassVar[list[BindingType]] = MAIN_KEYS
    AUTO_FOCUS = "#checklist"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (70, "-standard"), (110, "-roomy")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-low"), (16, "-high"), (30, "-tall")]  # noqa: RUF012

    def __init__(
        self,
        look: Look,
        desk: Desk,
        first: UnitBoard,
        seen: str | None = None,
        memory: Memory | None = None,
        settings: Settings | None = None,
    ) -> None:
        super().__init__()
        rebind(self, look.keys)
        self._compositor = FineCompositor()
        self._look = look
        self._desk = desk
        self._settings = settings or Settings()
        self.memory = memory or Memory()
        self.first_words = ""
        self._make_widgets(first)
        self._make_parts(first, seen)
        if desk.as_of is not None:
            from screens.main.past_keys import for_the_past

            change_bindings(self, for_the_past)

    def _make_widgets(self, first: UnitBoard) -> None:
        look, campaign = self._look, self._desk.campaign
        names = (CHECKLIST, *(kind.name for kind in VIEWS))
        self._title = TitleBar(look, self._desk)
        self.views = ViewDeck(look, campaign, first)
        self.checklists = self.views.checklists
        self.filter = FilterBar(look)
        self.status = StatusLine(look)
        self._view_bar = ViewBar(look, tuple(look.tr(name) for name in names))

    def _make_parts(self, first: UnitBoard, seen: str | None) -> None:
        look, desk, status = self._look, self._desk, self.status
        self._reader = UnitReader(
            look,
            desk,
            first,
            seen,
            title=self._title,
            views=self.views,
            filter_bar=self.filter,
            status=status,
        )
        self._navigation = Navigation(
            look, desk, screen=self, views=self.views, reader=self._reader, status=status
        )
        self._last_place = LastPlace(
            look,
            self.memory,
            views=self.views,
            filter_bar=self.filter,
            reader=self._reader,
            navigation=self._navigation,
            status=status,
        )
        self._history: HistoryReader | None = None
        self._recorder = Recorder(look, desk, take=self._reader.take, say=status.say, host=self)
        self._one = OneItem(look, desk, recorder=self._recorder, roll=self._reader.roll, host=self)
        self._several = SeveralItems(
            look,
            desk,
            recorder=self._recorder,
            views=self.views,
            show=self._show_chosen,
            in_worker=self._in_worker,
            screen=self,
        )

    def compose(self) -> ComposeResult:
        """Title, the open view, filter, status, the names of the views, keys."""
        yield self._title
        yield self.views
        yield self.filter
        yield self.status
        yield self._view_bar
        yield KeyBar(self._look)

    @on(Mount)
    async def _begin(self) -> None:
        """Show the first unit at once and read the others afterwards."""
        self._reader.draw()
        self.checklists.show_board(self.checklists.board)
        self.checklists.point_to(self.checklists.board.unit)
        if self.first_words:
            self.status.say(self.first_words, refused=True)
        self._write()
        # Reading thousands of units takes seconds, so the first frame is drawn before.
        self.call_after_refresh(self._in_worker, self._reader.read_first)
        self.set_interval(_FOLLOW_EVERY, self._follow)
        await self._last_place.come_back()
        is_new_here = self.memory.is_lasting and not self.memory.remembered.tour_seen
        if self._settings.show_tour and is_new_here:
            await self.action_tour()

    @work(group="write")
    async def _write(self) -> None:
        await self._recorder.run()

    async def remember_place(self) -> None:
        """Save the view, item and filter that the next session starts from."""
        await self._last_place.leave()

    async def action_tour(self) -> None:
        """Show the five lines of introduction."""
        # Imported here since few sessions need it.
        from screens.main.tour import Tour

        if not self.query(Tour):
            await self.mount(Tour(self._look), before=self.status)
        await self._last_place.keep(tour_seen=True)

    async def action_theme(self, name: str) -> None:
        """Change the colours, for later sessions too."""
        self.app.theme = name
        await self._last_place.keep(theme=name)

    # Reading.

    async def _follow(self) -> None:
        await self.status.guard(self._reader.follow)

    def action_read_again(self) -> None:
        """Read everything again from the store."""
        self._in_worker(self._reader.read_again)

    @work(group="read", description="read")
    async def _in_worker(self, work: Callable[[], Awaitable[None]]) -> None:
        await self.status.guard(work)

    @on(View.HistoryWanted)
    @work(group="history", description="read the history")
    async def _read_history(self, event: View.HistoryWanted) -> None:
        # Imported here, as the view that wants it is when it is opened.
        from screens.main.history_reader import HistoryReader

        self._history = self._history or HistoryReader(self._desk)
        await self._history.read(event.rows, event.take)

    @on(Drawn.Failed)
    def _could_not_be_drawn(self, event: Drawn.Failed) -> None:
        self.status.say(cannot_be_drawn(self._look.tr, event.error), refused=True)

    # Moving around.

    async def action_view(self, number: int) -> None:
        """Open a view by its digit."""
        await self._navigation.open_view(number)

    @on(ViewDeck.Opened)
    def _view_opened(self, event: ViewDeck.Opened) -> None:
        self._view_bar.current = event.number

    @on(CursorView.Moved)
    def _cursor_moved(self) -> None:
        self.status.cursor_moved()

    @on(ViewDeck.Rested)
    async def _explain_cursor(self) -> None:
        await self._navigation.explain_cursor()

    async def action_other_pane(self) -> None:
        """Move the focus to the other pane."""
        if self.focused is self.checklists.units:
            await self.action_focus_checklist()
        else:
            self.action_focus_units()

    def action_focus_units(self) -> None:
        """Go to the units."""
        self._navigation.focus_pane("units")

    async def action_focus_checklist(self) -> None:
        """Go to the checklist of the unit under the cursor."""
        await self._navigation.focus_checklist()

    async def action_back(self) -> None:
        """Stop a long change; else close what is open, or go back to the units."""
        tour = self.query("#tour")
        if self._recorder.stop():
            return
        if self._several.is_on:
            self._several.end()
        elif tour:
            await tour.remove()
        elif self.filter.is_open:
            self.filter.close()
            self._navigation.land("units")
        elif self.views.current is self.checklists:
            self.action_focus_units()
        else:
            await self.action_view(1)

    @on(View.Jump)
    async def _jump(self, event: View.Jump) -> None:
        await self._navigation.jump(event.unit, event.item)

    async def action_jump(self) -> None:
        """Go to the item under the cursor in the checklist of its unit."""
        place = self.views.current.leads_to
        if place is not None:
            await self._navigation.jump(*place)

    async def action_next_overdue(self, step: int) -> None:
        """Go to the next overdue item below (1) or above (-1), in any unit shown."""
        await self._navigation.next_overdue(step)

    async def action_go_to_day(self) -> None:
        """Ask for a date and go to the first item due then."""
        await self._navigation.ask_for_day()

    # The filter.

    def action_filter(self) -> None:
        """Open the line in which the filter is typed."""
        self.filter.open()
        self.set_focus(self.filter.field)

    async def action_saved_filters(self) -> None:
        """Save the current filter, or apply a saved one."""
        await self.filter.offer_saved(self.memory.remembered)

    async def action_take_filter(self) -> None:
        """Apply the filter that was typed and go to the units it shows."""
        await self.filter.take()
        self._filter_taken()
        if self.views.current is self.checklists:
            await self._navigation.show_selected()

    @on(FilterBar.Changed)
    def _filter_changed(self) -> None:
        self._reader.draw()
        self.status.cursor_moved()
        self.views.wait_for_rest()

    @on(FilterBar.Taken)
    def _filter_taken(self) -> None:
        self._reader.draw()
        self._navigation.land("units")

    @on(FilterBar.Kept)
    async def _keep_filters(self, event: FilterBar.Kept) -> None:
        await self._last_place.keep(filters=event.filters)

    # Changing.

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether an action is possible now; a letter is a shortcut for another action."""
        if action == "shortcut":
            if isinstance(self.focused, Input):
                return False
            return self.check_action(str(parameters[0]).partition("(")[0], ())
        view = self.views.current
        in_panes = view is self.checklists
        return is_allowed(
            action,
            Situation(
                is_past=self._desk.as_of is not None,
                is_typing=isinstance(self.focused, Input),
                is_choosing=self._several.is_on,
                in_panes=in_panes,
                on_item=isinstance(self.focused, Checklist) if in_panes else view.points,
                enter=view.enter,
            ),
        )

    async def action_shortcut(self, action: str) -> None:
        """Run the action that a letter is a shortcut for."""
        await self.run_action(action)

    def action_tick(self) -> None:
        """Mark the item under the cursor as submitted or take that back; select it in that mode."""
        pointed = self.views.current.pointed
        if self._several.is_on:
            self._several.toggle()
        elif pointed is not None:
            self._recorder.tick(pointed)

    def action_repeat(self) -> None:
        """Repeat the last recorded change on the item under the cursor."""
        pointed = self.views.current.pointed
        if pointed is not None:
            self._recorder.repeat(pointed)

    def action_say_why_not(self) -> None:
        """Say why nothing can be recorded in the past, and how to get back to the present."""
        self.status.say(
            self._look.tr("The past is read-only. To record, leave (F10) and open without --as-of.")
        )

    async def action_open_menu(self) -> None:
        """Open the menu of the item under the cursor, or of the selected items."""
        pointed = self.views.current.pointed
        if self._several.is_on:
            await self._several.open_menu()
        elif pointed is None:
            self.views.current.enter_row()
        else:
            await self.status.guard(partial(self._one.open, pointed))

    def action_expand(self) -> None:
        """Do what Enter means in the open view."""
        self.views.current.enter_row()

    async def action_item_menu(self) -> None:
        """Open the same menu by a key that works where Enter does something else."""
        await self.action_open_menu()

    def action_choose_several(self) -> None:
        """Start or stop selecting several items."""
        self._several.begin_or_end()

    def _show_chosen(self, selection: Selection) -> None:
        """Show which items are selected."""
        tr = self._look.tr
        self._view_bar.note = f"{CHOSEN}{len(selection.items)}" if selection.is_on else ""
        chosen = tr.count("1 item chosen", "{n} items chosen", len(selection.items))
        hint = tr("{chosen}: Space chooses, Enter goes on, F4 ends", chosen=chosen)
        self.status.say(hint if selection.is_on else "")
        self.views.current.mark(selection.keys)
        self.refresh_bindings()

    def action_undo(self) -> None:
        """Undo the last change made in this session."""
        self._recorder.undo()

    def action_redo(self) -> None:
        """Redo the change that was undone last."""
        self._recorder.redo()

    @property
    def awaits_an_answer(self) -> bool:
        """Whether a conflict has to be decided before the session can end."""
        return self._recorder.awaits_an_answer

    async def settle(self) -> bool:
        """Wait until every requested change is on disk; False if any was refused."""
        return await self._recorder.settle()

    # Texts, palette and help.

    @on(View.Copy)
    def _copy(self, event: View.Copy) -> None:
        """Put a text into the clipboard of the officer's own machine (OSC 52)."""
        self.app.copy_to_clipboard(event.text)
        self.status.say(
            self._look.tr(
                "Copied: {what}. If pasting gives nothing, the terminal does not allow it.",
                what=event.what,
            )
        )

    async def action_palette(self) -> None:
        """Open the palette of everything that can be done here."""
        from screens.main.help_and_palette import palette_of

        def chosen(command: Command | None) -> None:
            if command is not None:
                self.call_later(command.run)

        await self.app.push_screen(palette_of(self, self._look), chosen)

    async def action_help(self) -> None:
        """Open the help on the keys that work here."""
        from screens.main.help_and_palette import help_of

        await self.app.push_screen(help_of(self, self._look))
