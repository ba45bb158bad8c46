"""A dialog with choices, one a line."""

from __future__ import annotations

from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from campaigns.full_width import full_width_digit
from i18n.messages import deferred
from screens.dialogs.dialog import Dialog, unlisted_key
from widgets.look import Look
from widgets.menu import Menu

ResultT = TypeVar("ResultT")


class MenuDialog(Dialog[ResultT]):
    """Enter chooses the line under the cursor, a digit (full-width ones too) its line.

    The keys are bound to the screen with priority, so that those typed ahead of its
    first frame are taken in their order.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter",
            "choose",
            deferred("Choose"),
            priority=True,
            tooltip=deferred("Do what the cursor is on"),
            id="menu.choose",
        ),
        *(
            unlisted_key(
                f"{digit},{full_width_digit(digit)}",
                f"choose_row({(digit - 1) % 10})",
                deferred("Do what this number stands before"),
                f"menu.{digit}",
            )
            for digit in range(10)
        ),
    ]

    def __init__(self, look: Look, title: str, choices: tuple[str, ...]) -> None:
        super().__init__(look, title)
        self.menu = Menu(look, choices)

    def compose_body(self) -> ComposeResult:
        """What there is to know, then the choices."""
        yield from self.compose_facts()
        yield self.menu

    def compose_facts(self) -> ComposeResult:
        """What stands above the choices."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """Let the arrows move in the choices from the first key on."""
        if self.menu.is_attached:
            self.set_focus(self.menu)

    async def action_choose(self) -> None:
        """Choose the line under the cursor."""
        await self.action_choose_row(self.menu.cursor)

    async def action_choose_row(self, row: int) -> None:
        """Choose a line by its number from 0."""
        if self.menu.can_choose(row):
            self.menu.cursor = row
            await self.chosen(row)

    async def chosen(self, row: int) -> None:
        """Act on the choice."""
        raise NotImplementedError
