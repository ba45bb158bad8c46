"""A dialog that offers choices, one a line."""

from __future__ import annotations

from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import BindingType

from campaigns.full_width import full_width_digit
from i18n.messages import deferred
from screens.dialogs.dialog import Dialog
from widgets.keys.bindings import key
from widgets.look import Look
from widgets.menu import Menu

ResultT = TypeVar("ResultT")


class MenuDialog(Dialog[ResultT]):
    """Enter takes the choice under the cursor, a digit (full-width too) the one it numbers.

    The keys are bound to the screen, with priority, so that those typed before its first
    frame are handled in order.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        key("menu.choose", "enter", "choose", deferred("Choose"),
            deferred("Do what the cursor is on"), shown="enter"),
        *(
            key(
                f"menu.{digit}",
                f"{digit},{full_width_digit(digit)}",
                f"choose_row({(digit - 1) % 10})",
                "",
                deferred("Do what this number stands before"),
            )
            for digit in range(10)
        ),
    ]  # fmt: skip

    def __init__(self, look: Look, title: str, choices: tuple[str, ...]) -> None:
        super().__init__(look, title)
        self.menu = Menu(look, choices)

    def compose_body(self) -> ComposeResult:
        """The facts, then the choices."""
        yield from self.compose_facts()
        yield self.menu

    def compose_facts(self) -> ComposeResult:
        """The widgets above the choices."""
        raise NotImplementedError

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
