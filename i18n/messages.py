"""Sentences for people, kept apart from the language they are read in.

Nothing below the edge knows which language a reader wants: it makes a
`Message` with its English text and its values, and whoever prints it asks a
`Translator` (i18n.catalogue) to render it.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping


class Message:
    """An English sentence with named places, and what goes into them.

    A value may itself be a Message; it is rendered in the same language. It is a value:
    never changed, and equal to one that says the same.
    """

    __slots__ = ("text", "values")

    def __init__(self, text: str, values: Mapping[str, object]) -> None:
        self.text = text
        self.values = values

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Message):
            return NotImplemented
        return (self.text, self.values) == (other.text, other.values)

    # As of every value that holds a mapping.
    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"Message({self.text!r}, {self.values!r})"

    def __str__(self) -> str:
        return self.text.format_map({name: str(value) for name, value in self.values.items()})


def msg(text: str, /, **values: object) -> Message:
    """Make a Message. The text must be a literal: the catalogues are collected from it."""
    return Message(text, values)


def deferred(text: str) -> str:
    """Mark a text for the catalogues that is said later, as a binding's description is."""
    return text
