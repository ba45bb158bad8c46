"""Finds names by pinyin: what may be typed for each Chinese character.

The readings come from pypinyin. It is imported when a word is first compared with a name in
Chinese characters, since it costs some 55 ms and 13 MB, and three times that with phrases.
"""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache, partial
from typing import Final

_HAN: Final = re.compile(r"[〇\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_LETTER: Final = re.compile(r"[a-zü]")
_AS_TYPED: Final = str.maketrans({"ü": "v", "’": "'"})
_ONLY_CHARACTERS: Final = {"PYPINYIN_NO_PHRASES": "1", "PYPINYIN_NO_DICT_COPY": "1"}

_IN_PLACE_NAMES: Final = {"乐": ("lao",), "解": ("hai",), "贠": ("yun",)}
"""Readings that pypinyin lacks: 乐亭, 乐陵 (lao), 解州 (hai), 贠 (yun)."""

_ReadingsOf = Callable[[str], Iterable[str]]
_SPELLERS_KEPT: Final = 16


class Readings:
    """What may be typed for each character; found once and kept by the caller."""

    def __init__(self) -> None:
        self._spellings: dict[str, frozenset[str]] = {}
        self._readings_of: _ReadingsOf | None = None
        self._speller = lru_cache(_SPELLERS_KEPT)(partial(_Speller, spellings=self.spellings))

    def spell(self, words: tuple[str, ...], spoken: str) -> bool:
        """Whether one of some folded words spells a spoken name, starting at any syllable.

        A syllable may be typed as any of its readings, as its initial (one or two letters of
        `zh`, `ch` and `sh`), or as the character itself; the last one may be incomplete. `v`,
        `u` and `ü` stand for ü, and `'` may separate syllables (`xi'an`). Words without a
        Latin letter spell nothing.
        """
        return bool(spoken) and self._speller(words).spells(spoken)

    def spellings(self, character: str) -> frozenset[str]:
        """The character itself, its readings and their initials."""
        found = self._spellings.get(character)
        if found is None:
            found = frozenset(_spellings(character, self._readings(character)))
            self._spellings[character] = found
        return found

    def _readings(self, character: str) -> Iterable[str]:
        if self._readings_of is None:
            self._readings_of = _dictionary()
        return self._readings_of(character)


class _Speller:
    """Some words, side by side in one text, and the steps in it that each character allows."""

    def __init__(self, words: Iterable[str], spellings: Callable[[str], Iterable[str]]) -> None:
        self._spellings = spellings
        self._words: list[tuple[int, str]] = []
        self._ends: set[int] = set()
        self._moves: dict[str, tuple[frozenset[int], Mapping[int, set[int]]]] = {}
        start = 0
        for word in filter(_is_latin, words):
            self._words.append((start, word.translate(_AS_TYPED)))
            self._ends.add(start + len(word))
            start += len(word) + 1

    def spells(self, spoken: str) -> bool:
        """Goes through a name once, with all positions in the words that can be reached."""
        ends = self._ends
        reached: frozenset[int] = frozenset()
        for character in spoken if ends else "":
            moves = self._moves.get(character)
            if moves is None:
                moves = self._moves[character] = self._moves_by(character)
            begun, further = moves
            reached = begun.union(*(further[at] for at in reached if at in further))
            if not ends.isdisjoint(reached):
                return True
        return False

    def _moves_by(self, character: str) -> tuple[frozenset[int], Mapping[int, set[int]]]:
        """Where a character leads from the beginnings of words, and from positions within."""
        begun, further = set(), defaultdict(set)
        for first, word in self._words:
            for start, end in _moves_in(word, self._spellings(character)):
                if start:
                    further[first + start].add(first + end)
                else:
                    begun.add(first + end)
        return frozenset(begun), further


def _moves_in(word: str, spellings: Iterable[str]) -> Iterator[tuple[int, int]]:
    """The steps in a word, from one position to another, that a character spelled so allows."""
    for spelling in spellings:
        start = word.find(spelling[0])
        while start >= 0:
            if word.startswith(spelling, start):
                end = start + len(spelling)
                yield start, end + word.startswith("'", end)
            elif spelling.startswith(word[start:]):
                yield start, len(word)
            start = word.find(spelling[0], start + 1)


def _is_latin(word: str) -> bool:
    """Whether a folded word contains a letter of pinyin."""
    return _LETTER.search(word) is not None


def spoken(name: str) -> str:
    """The letters and digits of a folded name; empty if it has no Chinese character."""
    return "".join(filter(str.isalnum, name)) if _HAN.search(name) else ""


def _spellings(character: str, readings: Iterable[str]) -> Iterator[str]:
    """What may be typed for a character: itself, its readings and their initials."""
    yield character
    for reading in readings:
        yield reading
        yield reading[0]
        yield reading.replace("v", "u")
        if reading[1:2] == "h":
            yield reading[:2]


def _dictionary() -> _ReadingsOf:
    """The readings of single characters, without tones and with v for ü."""
    with _environment(_ONLY_CHARACTERS):
        from pypinyin import Style, pinyin

    def readings(character: str) -> Iterator[str]:
        for found in pinyin(character, Style.NORMAL, heteronym=True, errors="ignore"):
            yield from found
        yield from _IN_PLACE_NAMES.get(character, ())

    return readings


@contextmanager
def _environment(variables: dict[str, str]) -> Iterator[None]:
    """Set environment variables for a while: pypinyin reads its settings only at import."""
    before = {name: os.environ.get(name) for name in variables}
    os.environ.update(variables)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
