"""Messages for people, independent of the language they are shown in.

Code that does not know the language makes a `Message` of an English text and values; code
that shows it asks a `Translator` (i18n.catalogue) to render it.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping


class Message:
    """An English text with named fields, and their values.

    A value may be a Message too; it is rendered in the same language. Messages are immutable
    and compare by value.
    """

    __slots__ = ("text", "values")

    def __init__(self, text: str, values: Mapping[str, object]) -> None:
        self.text = text
        self.values = values

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Message):
            return NotImplemented
        return (self.text, self.values) == (other.text, other.values)

    # Like every value that contains a mapping.
    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"Message({self.text!r}, {self.values!r})"

    def __str__(self) -> str:
        return self.text.format_map({name: str(value) for name, value in self.values.items()})


def msg(text: str, /, **values: object) -> Message:
    """Make a Message. The text must be a literal, so that the catalogues can collect it."""
    return Message(text, values)


def deferred(text: str) -> str:
    """Mark a text to be collected that is translated later, such as the words of a binding."""
    return text
