"""What the keys of a screen do, for the help and the palette."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from textual.binding import ActiveBinding
from textual.dom import DOMNode

from i18n.catalogue import Translator
from widgets.keys.names import is_twin, spoken


class Possible(NamedTuple):
    """Something that can be done here: the id of the binding, its keys, and what they do.

    `action` runs in `namespace`.
    """

    id: str
    keys: str
    words: str
    action: str
    namespace: DOMNode


def possible(active: Mapping[str, ActiveBinding], tr: Translator) -> list[Possible]:
    """What can be done here, each action once with all its keys."""
    keys: dict[str, list[str]] = {}
    found: dict[str, Possible] = {}
    for key, (namespace, binding, enabled, _) in active.items():
        name = binding.id
        if name is None or not enabled or not binding.description:
            continue
        if name not in found or found[name].action.startswith("shortcut"):
            words = tr(binding.tooltip or binding.description)
            found[name] = Possible(name, "", words, binding.action, namespace)
        if not is_twin(key):
            keys.setdefault(name, []).append(spoken(key, tr))
    return [found[name]._replace(keys=" ".join(named)) for name, named in keys.items()]
