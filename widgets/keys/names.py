"""What keys are called: on a screen, in the settings, and by Textual."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Final

from textual.binding import Binding

from i18n.catalogue import Translator
from i18n.messages import deferred

_SPOKEN: Final = {
    "space": deferred("Space"),
    "enter": deferred("Enter"),
    "up": deferred("Up arrow"),
    "down": deferred("Down arrow"),
    "left": deferred("Left arrow"),
    "right": deferred("Right arrow"),
}
"""Keys that have another name in each language."""

_WRITTEN: Final = {"escape": "Esc", "pageup": "PgUp", "pagedown": "PgDn"}

_TWIN: Final = re.compile(
    r"fullwidth_.+|ideographic_space|ideographic_full_stop|[０-９]|f1[3-9]|f2\d"
)


def spoken(key: str, tr: Translator) -> str:
    """What people call a key, in their language: `F4`, `回车`, `?`."""
    name = _SPOKEN.get(key)
    return written(key) if name is None else tr(name)


def written(key: str) -> str:
    """A key as people write it in the settings: `F4`, `Ctrl+P`, `Enter`, `PgUp`, `?`."""
    character = _characters().get(key)
    if character is not None:
        return character
    return "+".join(_WRITTEN.get(part, part.title()) for part in key.split("+"))


def is_twin(key: str) -> bool:
    """Whether a key is another form of one that is named already, and so is not named itself.

    An input method may send a character in full width. Shift+F6 is f18 to Textual where
    xterm sends it, and f16 where PuTTY does.
    """
    return _TWIN.fullmatch(key) is not None


def character_key(character: str) -> str:
    """Textual's name for the key of a printable ASCII character."""
    if character == ",":  # which separates keys in a binding
        return "comma"
    return next(iter(Binding.make_bindings([Binding(character, "")]))).key


@cache
def _characters() -> Mapping[str, str]:
    return {character_key(character): character for character in map(chr, range(0x21, 0x7F))}
