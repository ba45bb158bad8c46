"""Texts that would drive a terminal, planted everywhere, and a search for what reached it."""

from __future__ import annotations

import re
from typing import Final

MARKS: Final = "\u202e\u2066\u200b\u061c"
"""What a definition may contain: it refuses control characters, but not these."""

HOSTILE: Final = f"缺3人{MARKS}\x1b]0;EVIL\x07\x1b[7;7X\x9b7;7X\x85\u2028next\nlast\x7f\x08"
"""What a note, a login or the name of a file may contain."""

_HAN: Final = re.compile("[\u4e00-\u9fff]+")
_OWN: Final = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\]22;\w*\x07)")
"""The sequences that duban itself writes."""


def planted(definition: str) -> str:
    """A definition with such characters behind every Chinese word of every field."""
    return _HAN.sub(lambda word: word[0] + MARKS, definition)


def raw_controls(written: bytes) -> set[str]:
    """The characters written to a terminal that nobody can see, and sequences from texts."""
    text = written.decode()
    evil = {found for found in ("\x1b]0;", "\x1b[7;7X") if found in text}
    return evil | {each for each in _OWN.sub("", text) if not each.isprintable()} - set("\r\n")
