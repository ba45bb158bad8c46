"""Reads keys as people write them in the settings, such as `Ctrl+P`."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from widgets.keys.names import character_key, written

_F_KEY: Final = re.compile(r"f([1-9]|1[0-2])")
_TWINS_FROM: Final = 0xFEE0
"""The distance from an ASCII character to its full-width form."""

_NAMED: Final = (
    *("space", "enter", "escape", "tab", "up", "down", "left", "right"),
    *("pageup", "pagedown", "home", "end", "insert", "delete"),
)
_KEYS: Final = {written(key).casefold(): key for key in _NAMED} | {
    "空格": "space",
    "return": "enter", "回车": "enter",
    "escape": "escape",
    "up arrow": "up", "上键": "up",
    "down arrow": "down", "下键": "down",
    "left arrow": "left", "左键": "left",
    "right arrow": "right", "右键": "right",
    "pageup": "pageup", "page up": "pageup",
    "pgdown": "pagedown", "pagedown": "pagedown", "page down": "pagedown",
    "ins": "insert",
    "del": "delete",
}  # fmt: skip
"""The names that people write, in small letters."""

_MOVING: Final = frozenset({"up", "down", "left", "right", "pageup", "pagedown", "home", "end"})
_SHIFTED: Final = _MOVING | {"tab", "insert", "delete"}
_CONTROLLED: Final = _MOVING | {"insert", "delete"}
_SAME_ON_THE_LINE: Final = frozenset("himjcz")
"""Together with Ctrl these are backspace, Tab, a line break, Enter, interrupt and suspend."""

KNOWN: Final = (*(f"F{number}" for number in range(1, 13)), *map(written, _NAMED), "Shift+Tab")
"""Names to suggest for one that is not known."""


def key_of(name: str) -> str | None:
    """Textual's name for a key such as `F4`, `Ctrl+P`, `Shift+F6`, `Space`, `x`, `？`.

    Case matters for single letters only, and full-width characters count as ASCII. None
    for an unknown key, and for one that terminals send as another key.
    """
    plain = unicodedata.normalize("NFKC", name).strip()
    if len(plain) == 1:
        return character_key(plain) if "!" <= plain <= "~" else None
    *modifiers, last = (part.strip() for part in plain.casefold().split("+"))
    key = last if _F_KEY.fullmatch(last) else _KEYS.get(last)
    match modifiers:
        case []:
            return key
        case ["shift"]:
            return _with_shift(last, key)
        case ["ctrl"]:
            return _with_ctrl(last, key)
    return None


def _with_shift(last: str, key: str | None) -> str | None:
    if key is None:
        return last.upper() if _is_ascii_letter(last) else None
    return f"shift+{key}" if key in _SHIFTED or _F_KEY.fullmatch(key) else None


def _with_ctrl(last: str, key: str | None) -> str | None:
    if key is None:
        free = _is_ascii_letter(last) and last not in _SAME_ON_THE_LINE
        return f"ctrl+{last}" if free else None
    return f"ctrl+{key}" if key in _CONTROLLED or _F_KEY.fullmatch(key) else None


def _is_ascii_letter(text: str) -> bool:
    return len(text) == 1 and "a" <= text <= "z"


def twins(key: str, name: str) -> tuple[str, ...]:
    """Other keys that terminals and input methods send for the same one.

    `name` is how it was written. Shift with an F-key arrives as F13 to F24; an input method
    sends punctuation and digits in full width.
    """
    if key.startswith("shift+f"):
        return (f"f{int(key.removeprefix('shift+f')) + 12}",)
    if key == "space":
        return ("ideographic_space",)
    plain = unicodedata.normalize("NFKC", name).strip()
    if len(plain) == 1 and not plain.isalpha():
        return (_full_width_key(plain),)
    return ()


def _full_width_key(character: str) -> str:
    return character_key(chr(ord(character) + _TWINS_FROM))
