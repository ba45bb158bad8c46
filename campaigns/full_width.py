"""Full-width characters, which Chinese input methods produce, and their ASCII forms."""

from __future__ import annotations

from typing import Final

ASCII_TWINS: Final = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | {
    ord("　"): " ",
    ord("。"): ".",
}
"""A table for `str.translate`: digits, letters and punctuation, the wide space, and `。`."""


def ascii_twins(text: str) -> str:
    """The text with full-width characters replaced by ASCII ones: `１７：４０` as `17:40`."""
    return text.translate(ASCII_TWINS)


def full_width_digit(digit: int) -> str:
    """A digit as an input method may send it: `１` for 1."""
    return chr(0xFF10 + digit)
