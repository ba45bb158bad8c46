"""A dialog that offers choices, one a line."""

from __future__ import annotations

from typing import ClassVar, Final, TypeVar

from textual.app import ComposeResult
from textual.binding import BindingType

from campaigns.full_width import full_width_digit
from i18n.messages import deferred
from screens.dialogs.dialog import Dialog
from widgets.keys.bindings import key
from widgets.look import Look
from widgets.menu import Menu
from widgets.prose import Prose

ResultT = TypeVar("ResultT")

_FACTS: Final = 3
"""Rows that the facts get where the choices would fill the window."""


class MenuDialog(Dialog[ResultT]):
    """Enter takes the choice under the cursor, a digit (full-width too) the one it numbers.

    The choices stay in sight: facts that are too long for the rest of the window scroll.

    The keys are bound to the screen, with priority, so that those typed before its first
    frame are handled in order.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        key("menu.choose", "enter", "choose", deferred("Choose"),
            deferred("Do what the cursor is on"), shown="enter"),
        key("menu.facts-up", "pageup", "read_facts(-1)", deferred("Read back")),
        key("menu.facts-down", "pagedown", "read_facts(1)", deferred("Read on"),
            deferred("Show more of the text above the choices"), shown="pagedown"),
        *(
            key(
                f"menu.{digit}",
                f"{digit},{full_width_digit(digit)}",
                f"choose_row({(digit - 1) % 10})",
                "",
                deferred("Choose the line with this number"),
            )
            for digit in range(10)
        ),
    ]  # fmt: skip

    def __init__(self, look: Look, title: str, choices: tuple[str, ...]) -> None:
        super().__init__(look, title)
        self.menu = Menu(look, choices)

    def compose_body(self) -> ComposeResult:
        """The facts, then the choices."""
        self.page.can_focus = False
        with self.page:
            yield Prose(self.facts(), classes="dialog-text")
        yield self.menu

    def facts(self) -> str:
        """The text above the choices."""
        raise NotImplementedError

    def make_room(self, room: int) -> None:
        """Give the choices their rows, and the facts the others, but a few to each."""
        self.page.styles.max_height = max(_FACTS, room - self.menu.row_count)
        self.menu.styles.max_height = room - _FACTS
        self.call_after_refresh(self._share_keys)

    def _share_keys(self) -> None:
        self.menu.pages = self.page.max_scroll_y == 0
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """PgUp and PgDn scroll the facts where they are too long, else they move the cursor."""
        return action != "read_facts" or not self.menu.pages

    def action_read_facts(self, direction: int) -> None:
        """Scroll the facts back (-1) or on (1)."""
        self.page.scroll_relative(y=direction * max(1, self.page.size.height - 1), animate=False)

    def on_mount(self) -> None:
        """Focus the choices, so that the arrows work from the first key on."""
        if self.menu.is_attached:
            self.set_focus(self.menu)

    async def action_choose(self) -> None:
        """Take the choice under the cursor."""
        await self.action_choose_row(self.menu.cursor)

    async def action_choose_row(self, row: int) -> None:
        """Take a choice by its number, counted from 0."""
        if self.menu.can_choose(row):
            self.menu.cursor = row
            await self.chosen(row)

    async def chosen(self, row: int) -> None:
        """Act on a choice, given by its number counted from 0."""
        raise NotImplementedError
