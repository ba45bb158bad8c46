"""The colours. They hold in 256 and in 16 colours; no state is told by colour alone."""

from __future__ import annotations

from typing import Final

from textual.theme import Theme

DARK: Final = Theme(
    name="duban-dark",
    dark=True,
    primary="#005f87",
    secondary="#8a8a8a",
    accent="#d7af5f",
    foreground="#d0d0d0",
    background="#121212",
    surface="#1c1c1c",
    panel="#303030",
    success="#87af5f",
    warning="#d7af5f",
    error="#d75f5f",
)
