"""Sentences for people, kept apart from the language they are read in.

Nothing below the edge knows which language a reader wants: it makes a
`Message` with its English text and its values, and whoever prints it asks a
`Translator` (i18n.catalogue) to render it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Message(NamedTuple):
    """An English sentence with named places, and what goes into them.

    A value may itself be a Message; it is rendered in the same language.
    """

    text: str
    values: Mapping[str, object]

    def __str__(self) -> str:
        return self.text.format_map({name: str(value) for name, value in self.values.items()})


def msg(text: str, /, **values: object) -> Message:
    """Make a Message. The text must be a literal: the catalogues are collected from it."""
    return Message(text, values)


def deferred(text: str) -> str:
    """Mark a text for the catalogues that is said later, as a binding's description is."""
    return text
