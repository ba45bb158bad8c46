"""Reads settings in TOML, and reports what is wrong with them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final

from campaigns.reading.decoding import decode
from campaigns.reading.problems import Place, Problems, and_then, full_width_hint, quoted
from i18n.messages import Message, msg
from screens.settings import key_names
from screens.settings.key_choice import Table, actions_of, settle
from screens.settings.settings import Settings
from screens.theme import SHORT_NAMES, theme_named
from widgets.keys.keymap import NO_KEYS, Keys

_NAMES: Final = ("theme", "show_tour", "keys")
_TOML_PLACE: Final = re.compile(r"\(at (?:line (\d+), column (\d+)|end of document)\)")


def settings_in(file: str, data: bytes, tables: Sequence[Table], problems: Problems) -> Settings:
    """The settings in the bytes of a file; what is not valid is added to the problems."""
    text = decode(file, data, problems)
    table = None if text is None else _parsed(file, text, problems)
    return Settings() if table is None else _Reading(file, problems).settings(table, tables)


def _parsed(file: str, text: str, problems: Problems) -> dict[str, object] | None:
    try:
        return tomllib.loads(text)
    except RecursionError:
        problems.add(Place(file), msg("Lists and tables are nested too deep."))
    except ValueError as error:
        problems.add(*_syntax(file, text, error))
    return None


def _syntax(file: str, text: str, error: ValueError) -> tuple[Place, Message]:
    """Where the file is not valid TOML, and what is valid, since tomllib speaks only English."""
    lines = text.splitlines()
    found = _TOML_PLACE.search(str(error))
    place = Place(file)
    line = ""
    if found is not None:
        row, column = (int(part) if part else 0 for part in found.groups())
        place = Place(file, row or max(1, len(lines)), column or 1)
        line = lines[place.line - 1] if place.line <= len(lines) else ""
    message = msg('This is not TOML: write NAME = VALUE, each name once, a text in "quotes".')
    return place, and_then(message, None if "：" in line else full_width_hint(line))


class _Reading:
    def __init__(self, file: str, problems: Problems) -> None:
        self._file = file
        self._problems = problems

    def settings(self, table: Mapping[str, object], bindings: Sequence[Table]) -> Settings:
        for name in table:
            if name not in _NAMES:
                self._unknown(name, msg("There is no such setting."), name, _NAMES)
        return Settings(
            theme=self._theme(table.get("theme")),
            keys=self._keys(table.get("keys", {}), bindings),
            show_tour=self._show_tour(table.get("show_tour", True)),
        )

    def _theme(self, value: object) -> str | None:
        if value is None:
            return None
        if not isinstance(value, str):
            self._wrong("theme", msg("Write a text in quotes."))
            return None
        theme = theme_named(value)
        if theme is None:
            known = ", ".join(SHORT_NAMES)
            message = msg("“{name}” is not a theme; there are {known}.",
                          name=quoted(value), known=known)  # fmt: skip
            self._unknown("theme", message, value, SHORT_NAMES)
        return None if theme is None else theme.name

    def _show_tour(self, value: object) -> bool:
        if isinstance(value, bool):
            return value
        self._wrong("show_tour", msg("Write true or false."))
        return True

    def _keys(self, value: object, tables: Sequence[Table]) -> Keys:
        if not isinstance(value, Mapping):
            self._wrong("keys", msg("Write a table: [keys], and below it a line for each action."))
            return NO_KEYS
        known = actions_of(tables)
        wishes: dict[str, tuple[str, ...]] = {}
        for name, wish in _flat(value):
            if name not in known:
                message = msg("There is no such action.")
                self._unknown(f"keys.{name}", message, name, known)
                continue
            keys = self._wished(f"keys.{name}", wish)
            if keys is not None:
                wishes[name] = keys
        return settle(wishes, tables, lambda name, what: self._wrong(f"keys.{name}", what))

    def _wished(self, where: str, value: object) -> tuple[str, ...] | None:
        """Textual's names of the keys in a value, None if it is not a list of texts."""
        values = value if isinstance(value, list) else [value]
        names = [name for name in values if isinstance(name, str)]
        if len(names) < len(values):
            self._wrong(where, msg('Write a list of keys, each in quotes: ["F4", "x"].'))
            return None
        keys: list[str] = []
        for name in names:
            key = key_names.key_of(name)
            if key is None:
                message = msg("“{key}” is not a key that can be used.", key=quoted(name))
                self._unknown(where, message, name, key_names.KNOWN)
            else:
                keys += [key, *key_names.twins(key, name)]
        return tuple(keys) if keys or not names else None

    def _wrong(self, where: str, message: Message) -> None:
        self._problems.add(Place(self._file), _at(where, message))

    def _unknown(self, where: str, message: Message, name: str, known: Collection[str]) -> None:
        """Note an unknown name, with the one that was probably meant."""
        self._problems.explain(Place(self._file), _at(where, message), name, known)


def _at(where: str, message: Message) -> Message:
    return msg("{key}: {problem}", key=quoted(where), problem=message)


def _flat(table: Mapping[str, object], above: str = "") -> Iterator[tuple[str, object]]:
    """`"main.help" = …`, `main.help = …` and `[keys.main]` with `help = …` are the same."""
    for name, value in table.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{above}{name}.")
        else:
            yield f"{above}{name}", value
