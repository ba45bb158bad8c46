"""Which keys an action gets: the ones the settings ask for, as far as nothing gets lost."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from textual.binding import Binding, BindingType

from i18n.messages import Message, msg
from widgets.keys.keymap import is_letter
from widgets.keys.names import is_twin, written

FIXED: Final = frozenset({"escape", "enter", "up", "down", "left", "right", "f10"})
"""Keys that cannot be changed, so that everybody finds the way back."""

Table = Iterable[BindingType]
"""Bindings that can be active together: of a screen, its widgets, the application."""

Note = Callable[[str, Message], None]
"""Called with the id of a binding and what is wrong with the keys asked for it."""


def actions_of(tables: Iterable[Table]) -> dict[str, tuple[str, ...]]:
    """The ids of the bindings whose keys can be changed, with their default keys."""
    found: dict[str, dict[str, None]] = {}
    for binding in (one for table in tables for one in _changeable(table)):
        found.setdefault(binding.id or "", {})[binding.key] = None
    return {name: tuple(keys) for name, keys in found.items()}


def settle(
    wishes: Mapping[str, Sequence[str]], tables: Sequence[Table], note: Note
) -> dict[str, tuple[str, ...]]:
    """The keys that each id in `wishes` gets; `note` is told what it does not get.

    Keys of FIXED stay as they are. An action that would be left with letters only keeps its
    other default keys. A key goes to one action: to the one that has it already unless that
    gives it up, and to the first one if two ask for it.
    """
    return _Settling(wishes, tables, note).settled()


def _changeable(table: Table) -> Iterable[Binding]:
    for binding in Binding.make_bindings(table):
        if binding.id is not None and binding.description and not binding.system:
            yield binding


class _Settling:
    def __init__(
        self, wishes: Mapping[str, Sequence[str]], tables: Sequence[Table], note: Note
    ) -> None:
        self._note = note
        tables = [tuple(table) for table in tables]
        self._own = actions_of(tables)
        self._together = [{binding.id for binding in _changeable(table)} for table in tables]
        self._keys: dict[str, list[str]] = {}
        for name, keys in wishes.items():
            self._keys[name] = self._without_fixed(name, keys)
        for name in self._keys:
            self._keep_reachable(name)

    def settled(self) -> dict[str, tuple[str, ...]]:
        while (clash := self._clash()) is not None:
            name, key, other = clash
            if not is_twin(key):
                self._note(name, msg("“{key}” is the key of {other} already; give that one another "
                                     "first.", key=written(key), other=other))  # fmt: skip
            self._keys[name].remove(key)
            self._keep_reachable(name)
        return {name: tuple(keys) for name, keys in self._keys.items()}

    def _without_fixed(self, name: str, keys: Sequence[str]) -> list[str]:
        """The keys asked for, without fixed keys but those that the action has anyway."""
        own = self._own[name]
        taken = [key for key in keys if key in FIXED and key not in own]
        for key in taken:
            self._note(name, msg("“{key}” keeps its meaning.", key=written(key)))
        free = [key for key in keys if key not in taken]
        return list(dict.fromkeys([*free, *(key for key in own if key in FIXED)]))

    def _keep_reachable(self, name: str) -> None:
        keys = self._keys[name]
        if not all(map(is_letter, keys)):
            return
        kept = [key for key in self._own[name] if not is_letter(key)] or list(self._own[name])
        self._keys[name] = list(dict.fromkeys([*keys, *kept]))
        self._note(name, msg("An input method swallows letters, so it keeps {keys} as well.",
                             keys=" ".join(written(key) for key in kept
                                           if not is_twin(key))))  # fmt: skip

    def _clash(self) -> tuple[str, str, str] | None:
        """An id, a key it cannot have, and the id that has it; None if there is no clash."""
        for place, (name, keys) in enumerate(self._keys.items()):
            first = list(self._keys)[:place]
            for key in keys:
                if key in self._own[name]:
                    continue
                for other in self._beside(name):
                    has = self._keys.get(other, self._own[other])
                    if key in has and (key in self._own[other] or other in first):
                        return name, key, other
        return None

    def _beside(self, name: str) -> Iterable[str]:
        """The ids whose bindings can be active together with those of `name`."""
        return [
            other
            for other in self._own
            if other != name and any({name, other} <= table for table in self._together)
        ]
