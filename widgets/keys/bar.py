"""The line of keys at the foot of a screen."""

from __future__ import annotations

from typing import ClassVar, Final

from rich.cells import cell_len
from rich.segment import Segment
from textual.screen import Screen
from textual.strip import Strip

from widgets.drawn import Drawn
from widgets.keys.names import spoken
from widgets.look import Look

_NEEDED: Final = ("F1", "F9", "F10", "Esc")
"""The keys that are shown first, for they lead to all others: help, palette, the ways out."""


class KeyBar(Drawn):
    """The keys that work here, as many as there is room for.

    It names only keys that an input method leaves alone, such as F-keys, Enter, Space, Esc,
    Tab and PgDn (docs/interface.md, "Keys").
    """

    DEFAULT_CSS = """
    KeyBar {
        height: 1;
        & > .key-bar--key { text-style: bold; color: $accent; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"key-bar--key"}

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._keys: tuple[tuple[str, str], ...] = ()

    def on_mount(self) -> None:
        """Follow the bindings that are active on the screen."""
        self.screen.bindings_updated_signal.subscribe(self, self._take_up)
        self._take_up(self.screen)

    def _take_up(self, screen: Screen[object]) -> None:
        keys = tuple(self._shown(screen))
        if keys != self._keys:
            self._keys = keys
            self.refresh()

    def _shown(self, screen: Screen[object]) -> list[tuple[str, str]]:
        shown: dict[str, tuple[str, str]] = {}
        for active in screen.active_bindings.values():
            binding = active.binding
            if binding.show and active.enabled and binding.id and binding.id not in shown:
                key = spoken(binding.key_display or binding.key, self._look.tr)
                shown[binding.id] = (key, self._look.tr(binding.description))
        return sorted(shown.values(), key=lambda pair: _order(pair[0]))

    def draw_line(self, y: int) -> Strip:
        """Draw each key and what it does; what has no room is left out, the least needed first."""
        width, base = self.size.width, self.rich_style
        key_style = self.get_component_rich_style("key-bar--key", partial=True)
        segments: list[Segment] = []
        for key, word in self._fitting(width):
            segments += [Segment(f" {key} ", key_style), Segment(f"{word} ")]
        return Strip(segments).apply_style(base).adjust_cell_length(width, base)

    def _fitting(self, width: int) -> list[tuple[str, str]]:
        """The keys that have room, with those of `_NEEDED` first."""
        kept, used = set(), 0
        for pair in sorted(self._keys, key=lambda pair: pair[0] not in _NEEDED):
            used += cell_len(pair[0]) + cell_len(pair[1]) + 3
            if used > width:
                break
            kept.add(pair)
        return [pair for pair in self._keys if pair in kept]


def _order(key: str) -> tuple[int, str]:
    """F-keys by their number, after the others."""
    return (int(key[1:]), key) if key[:1] == "F" and key[1:].isdigit() else (0, key)
