"""Keys as people name them, for the help."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from textual.binding import ActiveBinding

from i18n.catalogue import Translator
from i18n.messages import deferred
from screens.help import KeyHelp

_NAMES: Final = {
    "space": deferred("Space"),
    "enter": deferred("Enter"),
    "escape": "Esc",
    "tab": "Tab",
    "shift+tab": "Shift+Tab",
    "up": deferred("Up arrow"),
    "down": deferred("Down arrow"),
    "left": deferred("Left arrow"),
    "right": deferred("Right arrow"),
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "home": "Home",
    "end": "End",
    "question_mark": "?",
    "slash": "/",
}
_UNNAMED: Final = frozenset(
    {"ideographic_space", "fullwidth_question_mark", "fullwidth_solidus", "f18", "f20"}
)
"""Other ways of the same keys: full-width twins, and shifted F-keys as PuTTY sends them."""


def key_help(active: Mapping[str, ActiveBinding], tr: Translator) -> list[KeyHelp]:
    """A line for each thing that keys do here, with all of its keys."""
    keys: dict[str, list[str]] = {}
    words: dict[str, str] = {}
    for key, found in active.items():
        binding = found.binding
        if binding.id is None or not found.enabled or not binding.description:
            continue
        words[binding.id] = tr(binding.tooltip or binding.description)
        if key not in _UNNAMED:
            keys.setdefault(binding.id, []).append(key_name(key, tr))
    return [KeyHelp(" ".join(names), words[name]) for name, names in keys.items()]


def key_name(key: str, tr: Translator) -> str:
    """What people call a key."""
    name = _NAMES.get(key)
    if name is not None:
        return tr(name)
    if len(key) == 1:
        return key
    return "+".join(
        part.upper() if len(part) <= 3 and part[0] == "f" else part.title()
        for part in key.split("+")
    )
