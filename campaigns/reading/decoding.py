"""Decodes the bytes of a definition or roster (docs/campaign-format.md, "Limits")."""

from __future__ import annotations

import codecs
from typing import Final

from campaigns.reading.problems import UNPRINTABLE, Place, Problems, and_then
from campaigns.reading.source import LARGEST_FILE
from i18n.messages import Message, msg

_MOST_CHARACTERS_NAMED: Final = 20


def decode(file: str, data: bytes, problems: Problems) -> str | None:
    """The text without a byte order mark. None, with problems noted, if it is not valid."""
    if len(data) > LARGEST_FILE:
        problems.add(Place(file, 1, 1), msg("The file is larger than 1 MiB, the most it may have."))
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8-sig")
        problems.add(_place(file, before), and_then(_not_utf8(data, error), _other_encoding(data)))
        return None
    return text if _is_printable(file, text, problems) else None


def _place(file: str, before: str) -> Place:
    """The position after the first part of a file, given as text."""
    lines = before.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return Place(file, len(lines), len(lines[-1]) + 1)


def _not_utf8(data: bytes, error: UnicodeDecodeError) -> Message:
    return msg("The byte {byte} is not UTF-8.", byte=f"0x{data[error.start]:02X}")


def _other_encoding(data: bytes) -> Message:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\0" in data:
        return msg("The file seems to be UTF-16: save it as UTF-8.")
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return msg("Save the file as UTF-8.")
    return msg("The file seems to be GBK (in Windows “ANSI”): save it as UTF-8.")


def _is_printable(file: str, text: str, problems: Problems) -> bool:
    printable = True
    for count, match in enumerate(UNPRINTABLE.finditer(text)):
        printable = False
        if count == _MOST_CHARACTERS_NAMED:
            break
        problems.add(
            _place(file, text[: match.start()]),
            msg(
                "The invisible character {code} may not stand in a definition: delete it.",
                code=f"U+{ord(match[0]):04X}",
            ),
        )
    return printable
