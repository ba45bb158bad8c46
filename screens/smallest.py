"""The smallest window that the screens can be worked in."""

from __future__ import annotations

from typing import Final

MIN_WIDTH: Final = 40
MIN_HEIGHT: Final = 10


def is_too_small(width: int, height: int) -> bool:
    """Whether a window is too small for the screens."""
    return width < MIN_WIDTH or height < MIN_HEIGHT
