"""The status line: what was just done or refused, else what is under the cursor."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from campaigns.errors import DubanError
from widgets.look import Look
from widgets.text_line import TextLine


class StatusLine(TextLine):
    """Something said stays until the cursor has moved on and rests elsewhere."""

    def __init__(self, look: Look) -> None:
        super().__init__(id="status")
        self._look = look
        self._cursor_moved = False

    def say(self, text: str, *, refused: bool = False) -> None:
        """Say something in place of whatever stands here; `refused` in the colour of errors."""
        self._cursor_moved = False
        self.set_class(refused, "-refused")
        self.left = text

    def cursor_moved(self) -> None:
        """Let the next explanation replace what is said now."""
        self._cursor_moved = True

    def explain(self, text: str) -> None:
        """Say what is under the cursor, unless something was said since it moved."""
        if self._cursor_moved:
            self.say(text)

    def refuse(self, error: DubanError) -> None:
        """Say why something was not done."""
        self.say(self._look.tr.render(error.message), refused=True)

    async def guard(self, work: Callable[[], Awaitable[None]]) -> bool:
        """Do some work and tell whether it went well; an error is said here."""
        try:
            await work()
        except DubanError as error:
            self.refuse(error)
            return False
        return True
