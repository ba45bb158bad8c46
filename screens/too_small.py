"""Shown while the window is too small to work in."""

from __future__ import annotations

from typing import Final

from textual.app import ComposeResult
from textual.screen import ModalScreen

from widgets.look import Look
from widgets.prose import Prose

MIN_WIDTH: Final = 40
MIN_HEIGHT: Final = 10


class TooSmall(ModalScreen[None]):
    """Covers everything, says that the window is too small, and ignores keys."""

    DEFAULT_CSS = """
    TooSmall { background: $background; }
    """

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look

    def compose(self) -> ComposeResult:
        """One sentence, wrapped to the window."""
        yield Prose(
            self._look.tr(
                "The window is too small: {width} columns and {height} rows are needed.",
                width=MIN_WIDTH,
                height=MIN_HEIGHT,
            ),
        )

    def on_resize(self) -> None:
        """Close once the window is large enough."""
        self._give_way()

    def on_screen_resume(self) -> None:
        """Close if the window was enlarged while another dialog was on top."""
        self._give_way()

    def _give_way(self) -> None:
        if self.is_current and not is_too_small(*self.app.size):
            self.dismiss()


def is_too_small(width: int, height: int) -> bool:
    """Whether a window is too small for the screens."""
    return width < MIN_WIDTH or height < MIN_HEIGHT
