"""DubanApp: given a store, a campaign and a clock, wires the screens. Nothing else."""

from __future__ import annotations

import asyncio
import gc
import signal
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from pathlib import PurePath
from typing import ClassVar, Final

from rich.text import Text
from textual import events, on
from textual.app import App
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import Input

from campaigns.errors import DubanError
from campaigns.glyphs import ASCII_GLYPHS, UNICODE_GLYPHS
from campaigns.history import Person
from campaigns.problems import InvalidDefinition
from campaigns.schedule import Schedule
from campaigns.source import Loaded
from i18n.catalogue import Translator
from i18n.messages import deferred
from screens.conflict import Conflict
from screens.definition_change import DefinitionChange
from screens.desk import Desk
from screens.main import Main
from screens.problems import Problems, lines_of
from screens.terminal import HUNG_UP, SshDriver, let_go
from screens.theme import DARK
from screens.too_small import TooSmall, is_too_small
from storage.protocol import ProgressStore
from widgets.look import Look

_FAILED: Final = 4
"""The exit code after an error that nothing was prepared for."""


@dataclass(frozen=True, slots=True)
class Opening:
    """What the interface is opened with; `load` and `make_store` may be called again."""

    load: Callable[[], Loaded]
    make_store: Callable[[Loaded], ProgressStore]
    clock: Callable[[], datetime]
    person: Person
    tr: Translator
    ascii_only: bool = False
    color: bool = True
    as_of: datetime | None = None
    mouse: bool = False

    def look(self, zone: tzinfo) -> Look:
        """How things are said and drawn in this session."""
        return Look(self.tr, ASCII_GLYPHS if self.ascii_only else UNICODE_GLYPHS, zone)

    def desk(self) -> Desk:
        """The desk to work at. Raises InvalidDefinition, and what opening a store raises."""
        loaded = self.load()
        return Desk(
            Schedule(loaded.campaign),
            self.make_store(loaded),
            self.clock,
            self.person,
            self.as_of,
            loaded.source,
        )


class DubanApp(App[int]):
    """One session: the main view, or what there is to know of the definition before it."""

    # Textual loads a screen's own style sheet only when it is pushed, not for the first one.
    CSS_PATH: ClassVar[list[str | PurePath] | None] = [
        "screens/main.tcss",
        "screens/dialog.tcss",
        "screens/problems.tcss",
        "screens/definition_change.tcss",
    ]
    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    ESCAPE_TO_MINIMIZE = False

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "f10,ctrl+q",
            "leave",
            deferred("Leave"),
            key_display="F10",
            priority=True,
            tooltip=deferred("Leave duban; everything recorded is on disk"),
            id="app.leave",
        ),
        Binding("q", "leave_unless_typing", deferred("Leave"), show=False, id="app.leave"),
        Binding("ctrl+c", "say_how_to_leave", show=False, system=True, id="app.interrupt"),
    ]

    def __init__(self, opening: Opening, first: Screen[None]) -> None:
        super().__init__(driver_class=SshDriver)
        self._opening = opening
        self._first = first
        self._failed = False
        self.animation_level = "none"
        self.register_theme(DARK)
        self.theme = DARK.name

    def get_default_screen(self) -> Screen[None]:
        """The screen that is open from the first frame."""
        return self._first

    def on_mount(self) -> None:
        """Leave cleanly when the line drops or the server goes down."""
        loop = asyncio.get_running_loop()
        for hangup in (signal.SIGHUP, signal.SIGTERM):
            loop.add_signal_handler(hangup, self.exit, 128 + hangup)

    def on_ready(self) -> None:
        """Collect garbage from here on, if that was put off; what is there already stays."""
        if not gc.isenabled():
            gc.freeze()
            gc.enable()

    def on_resize(self, event: events.Resize) -> None:
        """Lay a notice over everything while the window is too small to work in."""
        covered = any(isinstance(screen, TooSmall) for screen in self.screen_stack)
        if is_too_small(event.size.width, event.size.height) and not covered:
            self.push_screen(TooSmall(self._opening.look(UTC)))

    @on(Problems.Reopen)
    async def _reopen(self) -> None:
        """Read the definition again; open the campaign once it is mended."""
        try:
            screen = await asyncio.to_thread(first_screen, self._opening)
        except DubanError as error:
            if isinstance(self.screen, Problems):
                self.screen.show(lines_of(error))
            return
        # Not switched: Textual has no way to switch from the screen it began with.
        await self.push_screen(screen)

    @on(DefinitionChange.GoOn)
    async def _go_on(self, event: DefinitionChange.GoOn) -> None:
        """Open the campaign once its changes were looked at."""
        await self.push_screen(event.then)

    def action_leave(self) -> None:
        """Leave, once what was asked for is on disk; stay where some of it was refused."""
        main = next((screen for screen in self.screen_stack if isinstance(screen, Main)), None)
        if main is None:
            sound = any(isinstance(screen, DefinitionChange) for screen in self.screen_stack)
            self.exit(0 if sound else InvalidDefinition.exit_code)
        else:
            self.run_worker(self._leave(main), group="leave", exclusive=True)

    async def _leave(self, main: Main) -> None:
        settled = await main.settle()
        asked = any(isinstance(screen, Conflict) for screen in self.screen_stack)
        if settled and not asked:
            self.exit(0)

    def action_leave_unless_typing(self) -> None:
        """Leave by a letter, which is text where text is typed."""
        if not isinstance(self.focused, Input):
            self.action_leave()

    def action_say_how_to_leave(self) -> None:
        """Ctrl-C ends nothing by accident; it says how to leave."""
        if isinstance(self.screen, Main):
            self.screen.say(self._opening.tr("F10 leaves duban."))

    def _fatal_error(self) -> None:
        """Say in a sentence that something failed; a traceback helps no officer.

        Private in Textual, which has no public hook for it (tests/test_app.py).
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


def first_screen(opening: Opening) -> Screen[None]:
    """The main view with its first unit read, or what a changed definition changes before it.

    Raises InvalidDefinition and StoreError.
    """
    desk = opening.desk()
    # Before the first reading, so that nothing recorded meanwhile is missed.
    seen, _ = desk.store.changed_units(None)
    look = opening.look(desk.schedule.zone)
    first = desk.read(desk.campaign.units[:1])[0]
    main = Main(look, desk, first, seen)
    change = desk.definition_change()
    if change is None:
        return main
    from campaigns.change_words import summary

    return DefinitionChange(look, summary(change, look.tr, look.zone), main)


def open_interface(
    *,
    load: Callable[[], Loaded],
    make_store: Callable[[Loaded], ProgressStore],
    clock: Callable[[], datetime],
    person: Person,
    tr: Translator,
    ascii_only: bool,
    color: bool,
    as_of: datetime | None,
    mouse: bool,
) -> int:
    """Open the interface and give the exit code of the command.

    An invalid definition is shown in the interface, and is the exit code 3 if it is
    left like that.
    """
    opening = Opening(load, make_store, clock, person, tr, ascii_only, color, as_of, mouse)
    screen: Screen[None]
    try:
        screen = first_screen(opening)
    except InvalidDefinition as error:
        screen = Problems(opening.look(UTC), lines_of(error))
    app = DubanApp(opening, screen)
    code = app.run(mouse=mouse)
    if code == HUNG_UP:
        let_go()
    return _FAILED if code is None else code
