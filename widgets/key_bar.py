"""The line of keys at the foot of a screen."""

from __future__ import annotations

from typing import ClassVar, Final

from rich.cells import cell_len
from rich.segment import Segment
from textual.binding import Binding
from textual.screen import Screen
from textual.strip import Strip

from i18n.messages import deferred
from widgets.drawn import Drawn
from widgets.look import Look

_KEY_NAMES: Final = {
    "space": deferred("Space"),
    "enter": deferred("Enter"),
    "escape": "Esc",
    "tab": "Tab",
}


_NEEDED: Final = ("F1", "F9", "F10", "Esc")
"""Whoever sees these finds all others: help, everything that can be done, and the ways out."""


class KeyBar(Drawn):
    """The keys that do something here, as many as the line has room for.

    Only keys that an input method leaves alone are named: F-keys and the few that
    are no letters (docs/interface.md, "Keys").
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
        """Follow what the screen's focus makes possible."""
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
                shown[binding.id] = (self._key_name(binding), self._look.tr(binding.description))
        return sorted(shown.values(), key=lambda pair: _order(pair[0]))

    def _key_name(self, binding: Binding) -> str:
        key = binding.key
        if binding.key_display:
            key = binding.key_display
        name = _KEY_NAMES.get(key)
        if name:
            return self._look.tr(name)
        return key if binding.key_display else key.upper()

    def draw_line(self, y: int) -> Strip:
        """Draw key and word in turn; what has no room is left out, the least needed first."""
        width, base = self.size.width, self.rich_style
        key_style = self.get_component_rich_style("key-bar--key", partial=True)
        segments: list[Segment] = []
        for key, word in self._fitting(width):
            segments += [Segment(f" {key} ", key_style), Segment(f"{word} ")]
        return Strip(segments).apply_style(base).adjust_cell_length(width, base)

    def _fitting(self, width: int) -> list[tuple[str, str]]:
        """The keys that have room, those of `_NEEDED` before the others."""
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
