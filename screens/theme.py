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

from typing import Any, Final

from textual.theme import Theme


def _theme(name: str, *, text_primary: str, selection: str, on_selection: str, **own: Any) -> Theme:
    """A theme whose texts have the colours of what they are about."""
    same = ("secondary", "accent", "success", "warning", "error")
    variables = {f"text-{name}": own[name] for name in same} | {
        "text-primary": text_primary,
        "text-muted": own["secondary"],
        "text-disabled": own["secondary"],
        "input-selection-background": selection,
        "input-selection-foreground": on_selection,
    }
    return Theme(f"{_PREFIX}{name}", variables=variables | own.pop("variables", {}), **own)


_PREFIX: Final = "duban-"

DARK: Final = _theme(
    "dark", dark=True,
    primary="#00408a", text_primary="#87afd7", secondary="#a8a8a8", accent="#d7af5f",
    foreground="#d0d0d0", background="#121212", surface="#1c1c1c", panel="#262626",
    success="#87d75f", warning="#e5c35a", error="#ff8787",
    selection="#00408a", on_selection="#ffffff",
)  # fmt: skip

LIGHT: Final = _theme(
    "light", dark=False,
    primary="#00408a", text_primary="#00408a", secondary="#4e4e4e", accent="#00408a",
    foreground="#1c1c1c", background="#ffffff", surface="#f5f5f5", panel="#e4e4e4",
    success="#005f2d", warning="#5f3c14", error="#af0000",
    selection="#00408a", on_selection="#ffffff",
)  # fmt: skip

CONTRAST: Final = _theme(
    "contrast", dark=True, variables={"text": "auto 100%"},
    primary="#0000d7", text_primary="#ffffff", secondary="#d0d0d0", accent="#5fffff",
    foreground="#ffffff", background="#000000", surface="#000000", panel="#121212",
    success="#5fff5f", warning="#ffff5f", error="#ff8f8f",
    selection="#ffffff", on_selection="#000000",
)  # fmt: skip

THEMES: Final[tuple[Theme, ...]] = (DARK, LIGHT, CONTRAST)
"""The themes in the order they are offered; the first is the default."""

SHORT_NAMES: Final = tuple(theme.name.removeprefix(_PREFIX) for theme in THEMES)
"""The short names used in the settings: dark, light, contrast."""


def theme_named(name: str) -> Theme | None:
    """The theme with a name such as `duban-light` or `light`, None if there is none."""
    full = _PREFIX + name.removeprefix(_PREFIX)
    return next((theme for theme in THEMES if theme.name == full), None)
