"""A screen that is shown instead of the main screen, or before it: a heading and a text."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.screen import Screen

from widgets.keys.bar import KeyBar
from widgets.keys.keymap import rebind
from widgets.look import Look
from widgets.prose import Prose
from widgets.text_line import TextLine
from widgets.text_width import clean


class Notice(Screen[None]):
    """Subclasses say the heading and the lines of the text."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        rebind(self, look.keys)
        self.look = look

    def heading(self) -> str:
        """The heading."""
        raise NotImplementedError

    def text(self) -> list[str]:
        """The lines of the text."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        """The heading, the text and the keys."""
        title = TextLine(id="title")
        title.left = self.heading()
        yield title
        with VerticalScroll():
            yield Prose("\n".join(map(clean, self.text())))
        yield KeyBar(self.look)
