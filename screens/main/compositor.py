"""Sends of a line that changed in places those places alone."""

from __future__ import annotations

from rich.console import Console
from rich.control import Control
from textual._compositor import ChopsUpdate, Compositor


class FineCompositor(Compositor):
    """Textual sends a widget's line from its left edge to the end of what changed.

    In a wide table that is all of the row before the cell. There is no public way to
    another compositor (tests/test_board_over_ssh.py counts the bytes). What is drawn
    again must begin and end between characters, for a wide one would be cut.
    """

    def render_partial_update(self) -> ChopsUpdate | None:
        """What changed since the last time; None for nothing."""
        update = super().render_partial_update()
        if update is None:
            return None
        return _FineUpdate(update.chops, update.spans, update.chop_ends)


class _FineUpdate(ChopsUpdate):
    def render_segments(self, console: Console) -> str:
        """The changed spans, each with the place where it begins."""
        written: list[str] = []
        for y, begin, end in self.spans:
            for strip_end, (x, strip) in zip(
                self.chop_ends[y], self.chops[y].items(), strict=False
            ):
                left, right = max(x, begin), min(strip_end, end)
                if strip is not None and left < right:
                    written.append(Control.move_to(left, y).segment.text)
                    written.append(strip.crop(left - x, right - x).render(console))
        return "".join(written)
