"""Compiled catalogues (.mo), of which only the needed texts are decoded.

The gettext of the standard library decodes all, which costs a tenth of a `duban status`.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Final

_LITTLE: Final = b"\xde\x12\x04\x95"
_BIG: Final = b"\x95\x04\x12\xde"


class Texts:
    """Returns the texts of the source, which are English."""

    def gettext(self, text: str) -> str:
        """Translate a text."""
        return text

    def ngettext(self, one: str, many: str, n: int) -> str:
        """Choose the text for a number."""
        return one if n == 1 else many


class Catalogue(Texts):
    """A compiled catalogue of a language with one form for all numbers, such as Chinese.

    A text that it does not have stays English. Raises ValueError if `data` is no catalogue.
    """

    def __init__(self, data: bytes) -> None:
        if data[:4] not in (_LITTLE, _BIG):
            raise ValueError("not a compiled catalogue")
        self._data = data
        self._little = data[:4] == _LITTLE
        self._count, self._texts, self._said = (self._number(place) for place in (8, 12, 16))
        self._known: dict[str, str | None] = {}

    def gettext(self, text: str) -> str:
        """Translate a text."""
        return self._find(text) or text

    def ngettext(self, one: str, many: str, n: int) -> str:
        """Translate a text with a form for one and a form for many."""
        return self._find(f"{one}\0{many}") or super().ngettext(one, many, n)

    def _find(self, text: str) -> str | None:
        if text not in self._known:
            self._known[text] = self._search(text.encode())
        return self._known[text]

    def _search(self, text: bytes) -> str | None:
        """Find a text among the originals, which are sorted by their bytes."""
        low, high = 0, self._count
        while low < high:
            middle = (low + high) // 2
            found = self._string(self._texts, middle)
            if found == text:
                return self._string(self._said, middle).decode()
            if found < text:
                low = middle + 1
            else:
                high = middle
        return None

    def _string(self, table: int, index: int) -> bytes:
        length, start = self._number(table + 8 * index), self._number(table + 8 * index + 4)
        return self._data[start : start + length]

    def _number(self, place: int) -> int:
        return int.from_bytes(self._data[place : place + 4], "little" if self._little else "big")
