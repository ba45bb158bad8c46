"""The palette and the help of the main screen."""

from __future__ import annotations

from functools import partial
from typing import Final

from textual.screen import Screen

from i18n.messages import deferred
from screens.dialogs.help import Help
from screens.dialogs.key_help import possible
from screens.dialogs.palette import Command, Palette
from widgets.look import Look

_WITHOUT_KEYS: Final = (
    (deferred("Dark colours"), "theme('duban-dark')"),
    (deferred("Light colours"), "theme('duban-light')"),
    (deferred("Strong contrast"), "theme('duban-contrast')"),
    (deferred("The five lines to begin with"), "tour"),
)
"""What only the palette offers."""


def palette_of(screen: Screen[None], look: Look) -> Palette:
    """The palette of everything that can be done where the focus is."""
    commands = [
        Command(one.words, one.keys, partial(screen.app.run_action, one.action, one.namespace))
        for one in possible(screen.active_bindings, look.tr)
        if not one.id.startswith(("list.", "grid.")) and one.id != "main.palette"
    ]
    commands += [
        Command(look.tr(words), "", partial(screen.run_action, action))
        for words, action in _WITHOUT_KEYS
        if screen.check_action(action.partition("(")[0], ())
    ]
    return Palette(look, commands)


def help_of(screen: Screen[None], look: Look) -> Help:
    """The help on the keys that work where the focus is."""
    return Help(look, possible(screen.active_bindings, look.tr))
