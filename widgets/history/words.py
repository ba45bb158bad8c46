"""The words in the head of the history: kinds, number of changes, what is still to be read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from campaigns.overviews.chronicle import Chronicle, Kind
from i18n.catalogue import Translator
from i18n.messages import deferred
from widgets.look import Look

_NAMES: Final[Mapping[Kind, str]] = {
    Kind.ALL: deferred("all"),
    Kind.SUBMITTED: deferred("submitted"),
    Kind.VERIFIED: deferred("verified"),
    Kind.RETURNED: deferred("returned"),
    Kind.UNDONE: deferred("undone"),
    Kind.MINE: deferred("mine"),
}
_WIDE: Final = 76
"""With this many columns or more all kinds are named, with a mark at the one shown."""


def kind_words(look: Look, kind: Kind, width: int) -> str:
    """The kinds that Left and Right switch between."""
    if width < _WIDE:
        return f"< {look.tr(_NAMES[kind])} >"
    return " ".join(
        f"{look.glyphs.cursor if one is kind else ' '}{look.tr(name)}"
        for one, name in _NAMES.items()
    )


def count_words(tr: Translator, chronicle: Chronicle, shown: int, to_read: int, faults: int) -> str:
    """How many changes there are, how many are not shown, and what could not be read."""
    words = [tr.count("1 change", "{n} changes", shown)]
    if chronicle.is_cut:
        words = [tr("of the newest {n}: {words}", n=len(chronicle.changes), words=words[0])]
    if faults:
        words.append(tr("{n} unreadable", n=faults))
    if to_read:
        words.append(tr.count("1 unit to read", "{n} units to read", to_read))
    return "  ".join(words)
