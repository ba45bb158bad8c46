"""Keys with modifiers, as terminals report them when a program has asked for it.

A program that ran before may have asked, and have ended without taking that back. The forms
are `CSI 27;modifiers;code~` (xterm's modifyOtherKeys) and `CSI code;modifiers u`.
"""

from __future__ import annotations

import re
from typing import Final

_FORMS: Final = (
    re.compile(r"\x1b\[27;(?P<modifiers>[0-9]{1,3});(?P<code>[0-9]{1,7})~"),
    re.compile(
        r"\x1b\[(?P<code>[0-9]{1,7})(?::[0-9:]*)?"
        r"(?:;(?P<modifiers>[0-9]{1,3})(?::(?P<event>[0-9]))?)?(?:;[0-9:]*)?u"
    ),
)
_SHIFT: Final = 1
_CONTROL: Final = 4
_OTHERS: Final = 2 | 8 | 16 | 32
"""Alt, Super, Hyper and Meta, with which nothing is bound here."""

_RELEASED: Final = "3"
_TAB: Final = 9
_BACK_TAB: Final = "\x1b[Z"
_SENT_AS: Final = {8: "\x7f", 9: "\t", 13: "\r", 27: "\x1b", 127: "\x7f"}
_WITH_CONTROL: Final = frozenset("abcdefgklnopqrstuvwxyz")
"""The others are the same as keys of their own, such as Tab."""


def plain_key(sequence: str) -> str | None:
    """What the key that a sequence reports sends by itself; None for other sequences.

    Empty for a key that has no such form, and for one that was released.
    """
    match = next((found for form in _FORMS if (found := form.fullmatch(sequence))), None)
    if match is None:
        return None
    code, bits = int(match["code"]), int(match["modifiers"] or 1) - 1
    if bits & _OTHERS or match.groupdict().get("event") == _RELEASED:
        return ""
    if bits & _CONTROL:
        letter = chr(code).lower() if code < 128 else ""
        return chr(ord(letter) & 0x1F) if letter in _WITH_CONTROL and letter else ""
    if code == _TAB and bits & _SHIFT:
        return _BACK_TAB
    if code in _SENT_AS:
        return _SENT_AS[code]
    character = chr(code) if code < 0x110000 else ""
    return (character.upper() if bits & _SHIFT else character) if character.isprintable() else ""
