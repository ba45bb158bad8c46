"""Sends only the changed parts of a line to the terminal."""

from __future__ import annotations

from rich.console import Console
from rich.control import Control
from textual._compositor import ChopsUpdate, Compositor


class FineCompositor(Compositor):
    """Sends the changed spans of a line alone, for slow lines.

    Textual sends a line from the widget's left edge to the end of the change; in a wide
    table that is the whole row before the cell. It has no public way to use another
    compositor (tests/over_ssh/test_board.py counts the bytes). A span must begin and end
    between characters, or a wide one would be cut in half.
    """

    def render_partial_update(self) -> ChopsUpdate | None:
        """What has changed since the last update, None for nothing."""
        update = super().render_partial_update()
        if update is None:
            return None
        return _FineUpdate(update.chops, update.spans, update.chop_ends)


class _FineUpdate(ChopsUpdate):
    def render_segments(self, console: Console) -> str:
        """The changed spans, each after a cursor movement to where it begins."""
        written: list[str] = []
        for y, begin, end in self.spans:
            for strip_end, (x, strip) in zip(
                self.chop_ends[y], self.chops[y].items(), strict=False
            ):
                left, right = max(x, begin), min(strip_end, end)
                if strip is not None and left < right:
                    written.append(Control.move_to(left, y).segment.text)
                    cut = strip.crop(left - x, right - x).simplify()
                    written.append(cut.render(console))
        return "".join(written)
