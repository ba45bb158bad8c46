"""What a unit can be found by: name, id, tags and kinds, and the name in pinyin."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from campaigns.definition import Unit, UnitKind


class _Folded(NamedTuple):
    unit: Unit
    texts: str
    spoken: str


class UnitTexts:
    """The texts of units, made once each and kept by the caller.

    `kinds` are those of the campaign; if they change, another UnitTexts is needed.
    """

    def __init__(self, kinds: Mapping[str, UnitKind]) -> None:
        self._kinds = kinds
        self._folded: dict[str, _Folded] = {}
        # The first frame reads an empty filter, which compares nothing.
        from campaigns.filter.pinyin import Readings

        self._readings = Readings()

    def answers(self, unit: Unit, words: tuple[str, ...]) -> bool:
        """Whether one of some folded words is part of a text of the unit or spells its name."""
        folded = self._of(unit)
        if any(map(folded.texts.__contains__, words)):
            return True
        return self._readings.spell(words, folded.spoken)

    def prepare(self, units: Iterable[Unit]) -> None:
        """Prepare the texts of these units, and the readings of their names."""
        for unit in units:
            for character in self._of(unit).spoken:
                self._readings.spellings(character)

    def _of(self, unit: Unit) -> _Folded:
        folded = self._folded.get(unit.id)
        if folded is None or folded.unit is not unit:
            folded = self._folded[unit.id] = self._fold(unit)
        return folded

    def _fold(self, unit: Unit) -> _Folded:
        from campaigns.filter.pinyin import spoken

        # A word has no spaces, so a name with some is also found without them.
        names = {unit.name, "".join(unit.name.split())}
        texts = (*names, unit.id, *unit.tags, *self._kind_texts(unit.kind))
        return _Folded(unit, "\n".join(map(fold, texts)), spoken(fold(unit.name)))

    def _kind_texts(self, kind_id: str) -> Iterator[str]:
        """The ids and names of a kind and of the kinds above it."""
        kind = self._kinds.get(kind_id)
        while kind is not None:
            yield from (kind.id, kind.name)
            kind = self._kinds.get(kind.parent or "")


def fold(text: str) -> str:
    """A text as it is compared: in lower case, with full-width characters as ASCII."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
