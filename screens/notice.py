"""A screen that is shown instead of the main screen, or before it: a heading and a text."""

from __future__ import annotations

from collections.abc import Sequence

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
    """A heading, and the lines of a text below it."""

    def __init__(self, look: Look, heading: str, lines: Sequence[str]) -> None:
        super().__init__()
        rebind(self, look.keys)
        self.look = look
        self.heading = heading
        self.lines = lines

    def compose(self) -> ComposeResult:
        """The heading, the text and the keys."""
        title = TextLine(id="title")
        title.left = self.heading
        yield title
        with VerticalScroll():
            yield Prose("\n".join(map(clean, self.lines)))
        yield KeyBar(self.look)
