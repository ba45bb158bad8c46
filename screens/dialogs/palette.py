"""The palette: every possible action with its key, to be searched or browsed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import ClassVar, Final, NamedTuple

from rich.segment import Segment
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.reactive import reactive
from textual.widgets import Input

from i18n.messages import deferred
from screens.dialogs.dialog import Dialog
from screens.dialogs.line_input import LineInput, typed
from widgets.keys.bindings import key
from widgets.line_list import LineList
from widgets.look import Look
from widgets.text_width import clean, fit, fit_right

_KEYS_WIDTH: Final = 16


class Command(NamedTuple):
    """An action: its name, its keys, and the function that runs it."""

    words: str
    keys: str
    run: Callable[[], Awaitable[object]]


class Palette(Dialog[Command | None]):
    """Closes with the chosen command.

    The arrows move in the list while the focus stays in the input line above it, so one
    can choose without switching the input method off.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        key("palette.take", "enter", "take", deferred("Do it"),
            deferred("Do what the cursor is on"), shown="enter"),
        key("palette.up", "up", "move(-1)", "", deferred("Go one line up")),
        key("palette.down", "down", "move(1)", "", deferred("Go one line down")),
        key("palette.page-up", "pageup", "page(-1)", "", deferred("Go a page up")),
        key("palette.page-down", "pagedown", "page(1)", "", deferred("Go a page down")),
    ]  # fmt: skip

    def __init__(self, look: Look, commands: Sequence[Command]) -> None:
        super().__init__(look, look.tr("Everything that can be done here"))
        self._commands = tuple(commands)
        hint = look.tr("Type a few characters, or choose by the arrows")
        self._field = LineInput(placeholder=hint)
        self._list = CommandList(look)
        self._list.commands = self._commands

    def compose_body(self) -> ComposeResult:
        """The input line and the list of matching commands."""
        yield self._field
        yield self._list

    def make_room(self, room: int) -> None:
        """Keep the rows above the list."""
        self._list.styles.max_height = min(14, room - 2)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._narrow(event.value)

    def _narrow(self, text: str) -> None:
        words = text.casefold().split()
        self._list.commands = tuple(
            command
            for command in self._commands
            if all(word in f"{command.words} {command.keys}".casefold() for word in words)
        )

    def action_move(self, step: int) -> None:
        """Move the cursor up (-1) or down (1)."""
        self._list.action_move(step)

    def action_page(self, step: int) -> None:
        """Move the cursor a page up (-1) or down (1)."""
        self._list.action_page(step)

    async def action_take(self) -> None:
        """Close with the command under the cursor."""
        self._narrow(await typed(self._field))
        command = self._list.command
        if command is not None:
            self.dismiss(command)


class CommandList(LineList):
    """Commands, one a line, with their keys on the right."""

    DEFAULT_CSS = """
    CommandList { height: auto; min-height: 1; margin: 1 1 0 1; }
    """

    commands: reactive[tuple[Command, ...]] = reactive((), repaint=False, layout=True)

    def watch_commands(self) -> None:
        """Show the matching commands, with the cursor on the first."""
        self.refresh_rows()
        self.cursor = 0

    @property
    def command(self) -> Command | None:
        """The command under the cursor."""
        return self.commands[self.cursor] if self.can_choose(self.cursor) else None

    @property
    def row_count(self) -> int:
        """The number of matching commands."""
        return len(self.commands)

    def draw_row(self, row: int, width: int) -> tuple[str, list[Segment]]:
        """The name and the keys of a command."""
        command = self.commands[row]
        words = fit(clean(command.words), max(0, width - _KEYS_WIDTH - 1))
        return " ", [Segment(f"{words} {fit_right(command.keys, _KEYS_WIDTH)}")]
