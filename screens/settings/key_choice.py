"""Which keys an action may have: what a reader wishes, held against what must not be lost."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from textual.binding import Binding, BindingType

from i18n.messages import Message, msg
from widgets.keymap import is_letter, written

FIXED: Final = frozenset({"escape", "enter", "up", "down", "left", "right", "f10"})
"""Keys that mean the same for every reader: nobody may get lost."""

_TWIN: Final = re.compile(r"fullwidth_.+|ideographic_space|[０-９]|f1[3-9]|f2\d")
"""Other names of a key that people write once (screens.settings.key_names.twins): said with it."""

Table = Iterable[BindingType]
"""Bindings that can be in force at one time: a screen's, its widgets', the application's."""

Note = Callable[[str, Message], None]
"""Takes the id of a binding and what is wrong with the keys wished for it."""


def actions_of(tables: Iterable[Table]) -> dict[str, tuple[str, ...]]:
    """The ids of the bindings that can have other keys, with the keys that they come with."""
    found: dict[str, dict[str, None]] = {}
    for binding in (one for table in tables for one in _changeable(table)):
        found.setdefault(binding.id or "", {})[binding.key] = None
    return {name: tuple(keys) for name, keys in found.items()}


def settle(
    wishes: Mapping[str, Sequence[str]], tables: Sequence[Table], note: Note
) -> dict[str, tuple[str, ...]]:
    """The keys that each id named in `wishes` gets; what is not granted is noted.

    Keys of FIXED stay where they are. An action that would be left with letters only
    keeps the other keys that it came with. A key goes to one action: to the one that has
    it already unless that gives it up, and to the first where two wish for it.
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
            if not _TWIN.fullmatch(key):
                self._note(name, msg("“{key}” is the key of {other} already; give that one another "
                                     "first.", key=written(key), other=other))  # fmt: skip
            self._keys[name].remove(key)
            self._keep_reachable(name)
        return {name: tuple(keys) for name, keys in self._keys.items()}

    def _without_fixed(self, name: str, keys: Sequence[str]) -> list[str]:
        """What is wished, with the fixed keys that the action has and without any other."""
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
                                           if not _TWIN.fullmatch(key))))  # fmt: skip

    def _clash(self) -> tuple[str, str, str] | None:
        """An id, a key that it must do without, and the id that has it."""
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
        """The ids whose bindings can be in force together with that of `name`."""
        return [
            other
            for other in self._own
            if other != name and any({name, other} <= table for table in self._together)
        ]
