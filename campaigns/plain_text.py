"""Texts from outside, made safe to show: no character in them can drive a terminal.

Notes, logins and file names may contain anything. Control characters, those that turn the
direction of writing and other invisible ones become spaces; every kind of line break is
kept as one, or becomes `；` where a text has to stand on one line.
"""

from __future__ import annotations

_BREAKS = "\n\x0b\x0c\r\x1c\x1d\x1e\x85\u2028\u2029"
_ENDS = "。；！？，、："
"""After these a line break in one line needs no `；`. ASCII ones may be part of a figure."""


def plain(text: str) -> str:
    """The text with its lines, and without characters that cannot be seen."""
    if text.isprintable():
        return text
    return "\n".join(map(_printable, text.splitlines()))


def one_line(text: str) -> str:
    """The text in one line; lines `first` and `second` become `first；second`."""
    if text.isprintable():
        return text
    lines = [line for found in text.splitlines() if (line := _printable(found).strip())]
    if len(lines) < 2 and not any(mark in text for mark in _BREAKS):
        return _printable(text)
    joined = "".join(line if line[-1] in _ENDS else f"{line}；" for line in lines)
    return joined if lines and lines[-1][-1] in _ENDS else joined[:-1]


def escaped(json: str) -> str:
    r"""JSON in which such characters are escapes: `\u202e`."""
    if json.isprintable():
        return json
    return "".join(one if one.isprintable() or one == "\n" else _escape(one) for one in json)


def _printable(text: str) -> str:
    return "".join(character if character.isprintable() else " " for character in text)


def _escape(character: str) -> str:
    units = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))
