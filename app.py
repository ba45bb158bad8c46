"""DubanApp, which wires the screens to a campaign, a store and a clock."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import UTC, tzinfo
from pathlib import PurePath
from typing import TYPE_CHECKING, ClassVar, Final

from rich.text import Text
from textual import events, work
from textual.app import App
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.theme import Theme
from textual.widget import AwaitMount

from campaigns.definition import Campaign, Unit
from campaigns.errors import DubanError
from campaigns.glyphs import ASCII_GLYPHS, UNICODE_GLYPHS
from campaigns.reading.problems import InvalidDefinition
from desk.opening import Opening
from i18n.messages import deferred
from screens.main.main import Main
from screens.settings.key_choice import Table
from screens.settings.own import OwnFiles, own_files
from screens.settings.remembered import Memory
from screens.smallest import is_too_small
from screens.terminal.driver import SshDriver
from screens.terminal.ending import Ending
from screens.theme import DARK, THEMES, theme_named
from widgets.keys.bindings import key
from widgets.keys.keymap import rebind
from widgets.look import Look

# What the first frame of a sound campaign does not need is imported when it is shown.
if TYPE_CHECKING:
    from screens.definition_change import DefinitionChange

_LAST_WORD: Final = 1.0
"""Seconds for saving where the session was after the connection was lost."""

_FAILED: Final = 4
"""The exit code after an unexpected error."""


_LEAVE: Final = deferred("Leave duban; everything recorded is on disk")


class DubanApp(App[int]):
    """One session: the main screen, or before it what is wrong or new in the definition."""

    # Textual loads the style sheet of a screen only when it is pushed, not for the first one.
    CSS_PATH: ClassVar[list[str | PurePath] | None] = [
        "screens/main/main.tcss",
        "screens/dialogs/dialog.tcss",
        "screens/problems.tcss",
        "screens/definition_change.tcss",
    ]
    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    ESCAPE_TO_MINIMIZE = False

    BINDINGS: ClassVar[list[BindingType]] = [
        key("app.leave", "f10,ctrl+q", "leave", deferred("Leave"), _LEAVE, shown="f10"),
        # Without priority, so that it is text where text is typed.
        Binding("q", "leave_unless_typing", deferred("Leave"), show=False, tooltip=_LEAVE,
                id="app.leave"),
        Binding("ctrl+c", "say_how_to_leave", show=False, system=True, id="app.interrupt",
                tooltip=deferred("Say which key leaves duban")),
    ]  # fmt: skip

    def __init__(self, opening: Opening, own: OwnFiles, first: Screen[None]) -> None:
        super().__init__(driver_class=SshDriver)
        rebind(self, own.settings.keys)
        self._opening = opening
        self._own = own
        self._first = first
        self._failed = False
        self._event_loop: asyncio.AbstractEventLoop | None = None
        self.animation_level = "none"
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = _theme(own, first).name

    def get_default_screen(self) -> Screen[None]:
        """The first screen."""
        return self._first

    def on_load(self) -> None:
        """Let signals end the session; called before Textual uses the terminal."""
        self._event_loop = asyncio.get_running_loop()

    async def on_mount(self) -> None:
        """Wait for the first screen.

        Textual handles keys once this returns, but does not wait for the first screen to be
        mounted as it does for pushed ones: keys typed until then would find only half of it.
        """
        await AwaitMount(self._first, [self._first])

    def leave_at_once(self, code: int) -> None:
        """Exit at once. May be called by a signal handler; does nothing once it is leaving."""
        if self._event_loop is None:
            raise SystemExit(code)
        if not self._event_loop.is_closed():
            self._event_loop.call_soon_threadsafe(self._begin_to_leave, code)

    def _begin_to_leave(self, code: int) -> None:
        if self.return_code is None:
            self._leave_at_once(code)

    @work(group="leave", exclusive=True)
    async def _leave_at_once(self, code: int) -> None:
        """Exit at once, but save first where the session was if that takes no time."""
        main = self._main()
        if main is not None:
            with suppress(TimeoutError):
                await asyncio.wait_for(main.remember_place(), _LAST_WORD)
        self.exit(code)

    async def on_event(self, event: events.Event) -> None:
        """Drop keys once the session is ending, since its screens may be gone already."""
        if isinstance(event, events.InputEvent) and self.return_code is not None:
            return
        await super().on_event(event)

    def on_ready(self) -> None:
        """Turn garbage collection on if it was off; existing objects are exempt."""
        if not gc.isenabled():
            gc.freeze()
            gc.enable()

    def on_resize(self, event: events.Resize) -> None:
        """Lay out at the new size, and cover everything with a notice while it is too small.

        Textual lays out by a one-shot timer. A process that is held up for 8 ms while the timer
        starts loses it, and then ignores every later size. There is no public way around that.
        """
        self.call_later(self._check_resize)
        if not is_too_small(event.size.width, event.size.height):
            return
        from screens.too_small import TooSmall

        if not any(isinstance(screen, TooSmall) for screen in self.screen_stack):
            self.push_screen(TooSmall(look_of(self._opening, self._own, UTC)))

    async def on_problems_reopen(self) -> None:
        """Read the definition again, and open the campaign if it is valid."""
        from screens.problems import Problems, lines_of

        try:
            screen = await asyncio.to_thread(first_screen, self._opening, self._own)
        except DubanError as error:
            if isinstance(self.screen, Problems):
                self.screen.show(lines_of(error))
            return
        # Not switch_screen: Textual cannot switch from its first screen.
        self.theme = _theme(self._own, screen).name
        await self.push_screen(screen)

    async def on_definition_change_go_on(self, event: DefinitionChange.GoOn) -> None:
        """Open the campaign after its changes were shown."""
        await self.push_screen(event.then)

    def action_leave(self) -> None:
        """Exit once all changes are on disk; stay if any was refused."""
        main = self._main()
        if main is None:
            from screens.definition_change import DefinitionChange

            sound = any(isinstance(screen, DefinitionChange) for screen in self.screen_stack)
            self.exit(0 if sound else InvalidDefinition.exit_code)
        elif not self._is_leaving:
            self._leave(main)

    @property
    def _is_leaving(self) -> bool:
        """Whether the session is already about to exit."""
        return any(one.group == "leave" and not one.is_finished for one in self.workers)

    def _main(self) -> Main | None:
        return next((screen for screen in self.screen_stack if isinstance(screen, Main)), None)

    @work(group="leave", exclusive=True, description="leave")
    async def _leave(self, main: Main) -> None:
        settled = await main.settle()
        if settled and not main.awaits_an_answer:
            await main.remember_place()
            self.exit(0)

    def action_leave_unless_typing(self) -> None:
        """Exit by a letter, unless text is being typed."""
        if self.focused is None or not self.focused.check_consume_key("q", "q"):
            self.action_leave()

    def action_say_how_to_leave(self) -> None:
        """Say how to leave, so that Ctrl-C does not end a session by accident."""
        if isinstance(self.screen, Main):
            self.screen.status.say(self._opening.tr("F10 leaves duban."))

    def _fatal_error(self) -> None:
        """Say in a sentence that something failed, instead of a traceback.

        A private method of Textual, which has no public hook for this (tests/test_app.py).
        """
        if self._failed:
            return
        self._failed = True
        error = self._exception
        self.panic(
            Text(
                self._opening.tr(
                    "duban failed ({error}). What was recorded is on disk. Please report this.",
                    error=type(error).__name__,
                )
            )
        )


def first_screen(opening: Opening, own: OwnFiles) -> Screen[None]:
    """The main screen with one unit read, or before it what a changed definition changes.

    Raises InvalidDefinition and StoreError.
    """
    desk = opening.desk()
    # Before anything is read, so that no change is missed.
    seen, _ = desk.store.changed_units(None)
    look = look_of(opening, own, desk.zone)
    memory = own.memory_of(desk.campaign.id) if desk.as_of is None else Memory()
    first = desk.read([_unit_to_begin_with(desk.campaign, memory)])[0]
    main = Main(look, desk, first, seen, memory, own.settings)
    for problem in (*own.problems[:1], desk.note):
        if problem is not None:
            main.first_words = look.tr.render(problem)
    change = desk.definition_change()
    if change is None:
        return main
    from campaigns.words.difference import summary
    from screens.definition_change import DefinitionChange

    return DefinitionChange(look, summary(change, look.tr, look.zone), main)


def look_of(opening: Opening, own: OwnFiles, zone: tzinfo) -> Look:
    """The language, glyphs, time zone and keys of this session."""
    glyphs = ASCII_GLYPHS if opening.ascii_only else UNICODE_GLYPHS
    return Look(opening.tr, glyphs, zone, own.settings.keys)


def open_interface(opening: Opening, environ: Mapping[str, str]) -> int:
    """Open the interface and return the exit code of the command.

    An invalid definition is shown in the interface; the exit code is 3 if it is still
    invalid when the officer leaves.
    """
    own = own_files(environ, opening.data, _key_tables)
    screen: Screen[None]
    try:
        screen = first_screen(opening, own)
    except InvalidDefinition as error:
        from screens.problems import Problems, lines_of

        screen = Problems(look_of(opening, own, UTC), lines_of(error))
    app = DubanApp(opening, own, screen)
    with Ending().on_signals(app.leave_at_once):
        code = app.run(mouse=opening.mouse)
    return _FAILED if code is None else code


def _key_tables() -> Sequence[Table]:
    # Imported only for those who have settings: it imports every screen.
    from screens.main.key_tables import key_tables

    return key_tables(DubanApp.BINDINGS)


def _theme(own: OwnFiles, screen: Screen[None]) -> Theme:
    """The theme of the settings, else the one chosen last, else dark."""
    main = getattr(screen, "then", screen)  # DefinitionChange leads to the main screen
    chosen = main.memory.remembered.theme if isinstance(main, Main) else None
    return theme_named(own.settings.theme or chosen or "") or DARK


def _unit_to_begin_with(campaign: Campaign, memory: Memory) -> Unit:
    """The unit of the last session, else the first."""
    wanted = memory.remembered.place.unit
    return next((unit for unit in campaign.units if unit.id == wanted), campaign.units[0])
