"""Ids, and the keys of items made of them (docs/items-and-time.md, "Items and their keys")."""

from __future__ import annotations

from typing import Final, NamedTuple

MAX_ID_BYTES: Final = 64


class ItemKey(NamedTuple):
    """The key of an item: `UNIT/ACTIVITY` or `UNIT/ACTIVITY@OCC`."""

    unit: str
    activity: str
    occurrence: str | None = None

    def __str__(self) -> str:
        return key_of(self.unit, self.activity, self.occurrence)

    @classmethod
    def parse(cls, text: str) -> ItemKey | None:
        """Read a key; None if the text does not have the form of one."""
        unit, slash, rest = text.partition("/")
        activity, at, occurrence = rest.partition("@")
        if not (unit and slash and activity) or (at and not occurrence):
            return None
        return cls(unit, activity, occurrence if at else None)


def key_of(unit: str, activity: str, occurrence: str | None) -> str:
    """The text of an item's key."""
    return f"{unit}/{activity}" if occurrence is None else f"{unit}/{activity}@{occurrence}"


def is_id(text: str) -> bool:
    """Whether a text (in NFC) is an id: letters of any script, digits, `-`, `_`, `.`."""
    return (
        0 < len(text.encode("utf-8", "surrogatepass")) <= MAX_ID_BYTES
        and text[0] not in "-."
        and all(_is_id_character(character) for character in text)
    )


def _is_id_character(character: str) -> bool:
    return character in "-_." or character.isalpha() or character.isdecimal()
