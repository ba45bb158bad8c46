"""Keys as people write them in the settings, and Textual's names for them."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from widgets.keymap import character_key

_F_KEY: Final = re.compile(r"f([1-9]|1[0-2])")
_TWINS_FROM: Final = 0xFEE0
"""From an ASCII character to its full-width twin."""

_NAMED: Final = {
    "space": "space", "空格": "space",
    "enter": "enter", "return": "enter", "回车": "enter",
    "esc": "escape", "escape": "escape",
    "tab": "tab",
    "up": "up", "up arrow": "up", "上键": "up",
    "down": "down", "down arrow": "down", "下键": "down",
    "left": "left", "left arrow": "left", "左键": "left",
    "right": "right", "right arrow": "right", "右键": "right",
    "pgup": "pageup", "pageup": "pageup", "page up": "pageup",
    "pgdn": "pagedown", "pgdown": "pagedown", "pagedown": "pagedown", "page down": "pagedown",
    "home": "home", "end": "end",
    "ins": "insert", "insert": "insert",
    "del": "delete", "delete": "delete",
}  # fmt: skip
_MOVING: Final = frozenset({"up", "down", "left", "right", "pageup", "pagedown", "home", "end"})
_SHIFTED: Final = _MOVING | {"tab", "insert", "delete"}
_CONTROLLED: Final = _MOVING | {"insert", "delete"}
_SAME_ON_THE_LINE: Final = frozenset("himjcz")
"""With Ctrl these are backspace, Tab, Enter, a line break, the interrupt and the suspend."""

KNOWN: Final = (
    *(f"F{number}" for number in range(1, 13)),
    *("Space", "Enter", "Esc", "Tab", "Shift+Tab"),
    *("Up", "Down", "Left", "Right", "PgUp", "PgDn", "Home", "End", "Insert", "Delete"),
)
"""Names to guess from where a name is not one."""


def key_of(name: str) -> str | None:
    """Textual's name for a key such as `F4`, `Ctrl+P`, `Shift+F6`, `Space`, `x`, `？`.

    Letters are told apart by case, nothing else is; full-width characters are their ASCII
    twins. None for a key that there is not, or that terminals do not send as its own.
    """
    plain = unicodedata.normalize("NFKC", name).strip()
    if len(plain) == 1:
        return character_key(plain) if "!" <= plain <= "~" else None
    *modifiers, last = (part.strip() for part in plain.casefold().split("+"))
    key = last if _F_KEY.fullmatch(last) else _NAMED.get(last)
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
    """Other keys by which terminals and input methods send the same one.

    `name` is how it was written. Shifted F-keys arrive as F13 to F24, and punctuation and
    digits of an input method in full width.
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
