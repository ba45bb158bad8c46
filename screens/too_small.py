"""Shown while the window is too small to work in."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.screen import ModalScreen

from screens.smallest import MIN_HEIGHT, MIN_WIDTH, is_too_small
from widgets.look import Look
from widgets.prose import Prose


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
