"""A Textual app with one label, to compare with: what any app costs before it does anything."""

from __future__ import annotations

from typing import ClassVar

from textual.app import App, ComposeResult
from textual.widgets import Label


class EmptyApp(App[None]):
    """Shows one word."""

    ENABLE_COMMAND_PALETTE: ClassVar[bool] = False

    def compose(self) -> ComposeResult:
        """The label."""
        yield Label("ready")


if __name__ == "__main__":
    EmptyApp().run(mouse=False)
