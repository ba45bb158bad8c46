"""The status line: what was just done or refused, else what is under the cursor."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from campaigns.errors import DubanError
from widgets.look import Look
from widgets.text_line import TextLine


class StatusLine(TextLine):
    """A message stays until the cursor has moved and come to rest somewhere else."""

    def __init__(self, look: Look) -> None:
        super().__init__(id="status")
        self._look = look
        self._has_message = False

    def say(self, text: str, *, refused: bool = False) -> None:
        """Show a text, with `refused` in the colour of errors."""
        self._has_message = True
        self.set_class(refused, "-refused")
        self.left = text

    def cursor_moved(self) -> None:
        """Let the next explanation replace the message."""
        self._has_message = False

    def explain(self, text: str) -> None:
        """Explain what the cursor is on, unless a message was shown since the cursor moved."""
        if not self._has_message:
            self.set_class(False, "-refused")
            self.left = text

    def refuse(self, error: DubanError) -> None:
        """Show why something was not done."""
        self.say(self._look.tr.render(error.message), refused=True)

    async def guard(self, work: Callable[[], Awaitable[None]]) -> bool:
        """Run some work and show its error, if any; True if there was none."""
        try:
            await work()
        except DubanError as error:
            self.refuse(error)
            return False
        return True
