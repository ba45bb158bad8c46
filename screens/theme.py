"""The three colour themes. No state is shown by colour alone.

The colours are chosen to be readable on terminals with 16 million, 256 and 16 colours. Rich
uses the nearest colour that the terminal has; with 16 colours every surface becomes black
or white, errors red, and the primary colour blue (tests/screens/test_theme.py). Variables
such as `$text-error` are set here, since what Textual derives for them is less readable.
The primary is dark in each: in a partial component style (the cursor of CursorView) Textual
takes `$text` for white, whatever lies under it. Colours in hex appear only here; style
sheets name the variables.
"""

from __future__ import annotations

from typing import Final

from textual.theme import Theme

DARK: Final = Theme(
    name="duban-dark",
    dark=True,
    primary="#00408a",
    secondary="#a8a8a8",
    accent="#d7af5f",
    foreground="#d0d0d0",
    background="#121212",
    surface="#1c1c1c",
    panel="#262626",
    success="#87d75f",
    warning="#e5c35a",
    error="#ff8787",
    variables={
        "text-primary": "#87afd7",
        "text-secondary": "#a8a8a8",
        "text-accent": "#d7af5f",
        "text-success": "#87d75f",
        "text-warning": "#e5c35a",
        "text-error": "#ff8787",
        "text-muted": "#a8a8a8",
        "text-disabled": "#a8a8a8",
        "input-selection-background": "#00408a",
        "input-selection-foreground": "#ffffff",
    },
)

LIGHT: Final = Theme(
    name="duban-light",
    dark=False,
    primary="#00408a",
    secondary="#4e4e4e",
    accent="#00408a",
    foreground="#1c1c1c",
    background="#ffffff",
    surface="#f5f5f5",
    panel="#e4e4e4",
    success="#005f2d",
    warning="#5f3c14",
    error="#af0000",
    variables={
        "text-primary": "#00408a",
        "text-secondary": "#4e4e4e",
        "text-accent": "#00408a",
        "text-success": "#005f2d",
        "text-warning": "#5f3c14",
        "text-error": "#af0000",
        "text-muted": "#4e4e4e",
        "text-disabled": "#4e4e4e",
        "input-selection-background": "#00408a",
        "input-selection-foreground": "#ffffff",
    },
)

CONTRAST: Final = Theme(
    name="duban-contrast",
    dark=True,
    primary="#0000d7",
    secondary="#d0d0d0",
    accent="#5fffff",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#121212",
    success="#5fff5f",
    warning="#ffff5f",
    error="#ff8f8f",
    variables={
        "text": "auto 100%",
        "text-primary": "#ffffff",
        "text-secondary": "#d0d0d0",
        "text-accent": "#5fffff",
        "text-success": "#5fff5f",
        "text-warning": "#ffff5f",
        "text-error": "#ff8f8f",
        "text-muted": "#d0d0d0",
        "text-disabled": "#d0d0d0",
        "input-selection-background": "#ffffff",
        "input-selection-foreground": "#000000",
    },
)

THEMES: Final[tuple[Theme, ...]] = (DARK, LIGHT, CONTRAST)
"""The themes in the order they are offered; the first is the default."""

_PREFIX: Final = "duban-"
SHORT_NAMES: Final = tuple(theme.name.removeprefix(_PREFIX) for theme in THEMES)
"""The short names used in the settings: dark, light, contrast."""


def theme_named(name: str) -> Theme | None:
    """The theme with a name such as `duban-light` or `light`, None if there is none."""
    full = _PREFIX + name.removeprefix(_PREFIX)
    return next((theme for theme in THEMES if theme.name == full), None)
