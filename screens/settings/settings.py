"""The settings of a login: theme, keys, and whether the introduction is shown."""

from __future__ import annotations

from msgspec import Struct, field

from widgets.keys.keymap import NO_KEYS, Keys


class Settings(Struct, frozen=True):
    """What a login wants to differ from the defaults.

    `theme` is the name of one of screens.theme.THEMES, None for the default. `keys` maps the
    id of a binding to Textual's names of all its keys, without clashes.
    """

    theme: str | None = None
    keys: Keys = field(default_factory=lambda: NO_KEYS)
    show_tour: bool = True
