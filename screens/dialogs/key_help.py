"""Keys as people name them, for the help."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from textual.binding import ActiveBinding
from textual.dom import DOMNode

from campaigns.full_width import full_width_digit
from i18n.catalogue import Translator
from i18n.messages import deferred

_NAMES: Final = {
    "space": deferred("Space"),
    "enter": deferred("Enter"),
    "escape": "Esc",
    "tab": "Tab",
    "shift+tab": "Shift+Tab",
    "up": deferred("Up arrow"),
    "down": deferred("Down arrow"),
    "left": deferred("Left arrow"),
    "right": deferred("Right arrow"),
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "home": "Home",
    "end": "End",
    "question_mark": "?",
    "slash": "/",
    "full_stop": ".",
}
_UNNAMED: Final = frozenset(
    {
        "ideographic_space",
        "fullwidth_question_mark",
        "fullwidth_solidus",
        "ideographic_full_stop",
        *map(full_width_digit, range(10)),
        "f16",
        "f18",
        "f20",
    }
)
"""Other ways of the same keys: full-width twins, and shifted F-keys.

Shift+F6 is f18 to Textual where xterm sends it, and f16 where PuTTY does.
"""


class KeyHelp(NamedTuple):
    """One line of help: keys as people name them, and what they do."""

    keys: str
    words: str


class Possible(NamedTuple):
    """Something that keys do here: the binding's id, its keys as people name them, and what.

    `action` is done in `namespace`.
    """

    id: str
    keys: str
    words: str
    action: str
    namespace: DOMNode


def possible(active: Mapping[str, ActiveBinding], tr: Translator) -> list[Possible]:
    """What keys do here, each thing once with all of its keys."""
    keys: dict[str, list[str]] = {}
    found: dict[str, Possible] = {}
    for key, (namespace, binding, enabled, _) in active.items():
        name = binding.id
        if name is None or not enabled or not binding.description:
            continue
        if name not in found or found[name].action.startswith("shortcut"):
            words = tr(binding.tooltip or binding.description)
            found[name] = Possible(name, "", words, binding.action, namespace)
        if key not in _UNNAMED:
            keys.setdefault(name, []).append(key_name(key, tr))
    return [found[name]._replace(keys=" ".join(named)) for name, named in keys.items()]


def key_help(active: Mapping[str, ActiveBinding], tr: Translator) -> list[KeyHelp]:
    """A line for each thing that keys do here, with all of its keys."""
    return [KeyHelp(one.keys, one.words) for one in possible(active, tr)]


def key_name(key: str, tr: Translator) -> str:
    """What people call a key."""
    name = _NAMES.get(key)
    if name is not None:
        return tr(name)
    if len(key) == 1:
        return key
    return "+".join(
        part.upper() if len(part) <= 3 and part[0] == "f" else part.title()
        for part in key.split("+")
    )
