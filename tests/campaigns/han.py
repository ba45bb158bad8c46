"""Han characters with a reading, for tests of what is typed for a name."""

from __future__ import annotations

from typing import Final

from hypothesis import strategies as st
from pypinyin import Style, pinyin

HAN: Final = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF).filter(
    lambda character: readings(character, Style.NORMAL) != []
)


def readings(character: str, style: Style) -> list[str]:
    """As the library itself gives them, less those outside a to z (欸 is also ê)."""
    found = pinyin(character, style, heteronym=True, errors="ignore")
    return [reading for readings in found for reading in readings if reading.isascii()]
