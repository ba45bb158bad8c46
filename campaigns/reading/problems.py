"""Collects the problems of a definition or roster, with their positions."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import ClassVar, Final

from msgspec import Struct

from campaigns.blank import is_blank
from campaigns.errors import DubanError
from campaigns.full_width import ASCII_TWINS
from i18n.messages import Message, msg

UNPRINTABLE: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]"
)
"""Characters that no text of a definition may contain. Tabs and line ends are allowed."""

_LONGEST_QUOTE: Final = 60
_LONGEST_GUESSED: Final = 64
_MOST_COMPARISONS: Final = 30_000
_TO_ASCII: Final = ASCII_TWINS | {ord("、"): ",", ord("“"): '"', ord("”"): '"'}


class Place(Struct, frozen=True, order=True):
    """A position in a file; line and column count from 1. Line 0 stands for the whole file."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


class Problem(Struct, frozen=True):
    """A problem, printed as `file:line:column: message`."""

    place: Place
    message: Message

    @property
    def line(self) -> Message:
        """The position and the message."""
        return msg("{place}: {message}", place=self.place, message=self.message)


class InvalidDefinition(DubanError):
    """A campaign file or its roster is not valid; `problems` has all problems, by position."""

    exit_code: ClassVar[int] = 3

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda problem: problem.place))
        first = self.problems[0].line
        more = len(self.problems) - 1
        super().__init__(
            msg("{first} (and {more} more)", first=first, more=more) if more else first
        )


class Problems:
    """The problems found so far. One that is found twice, through aliases, counts once."""

    def __init__(self) -> None:
        self._problems: dict[tuple[Place, str], Problem] = {}
        self._comparisons_left = _MOST_COMPARISONS

    def __len__(self) -> int:
        return len(self._problems)

    @property
    def found(self) -> tuple[Problem, ...]:
        """All problems, in the order they were found."""
        return tuple(self._problems.values())

    def add(self, place: Place, message: Message) -> None:
        """Note a problem."""
        self._problems.setdefault((place, str(message)), Problem(place, message))

    def explain(self, place: Place, message: Message, text: str, known: Collection[str]) -> None:
        """Note a problem with a name, and suggest the known name that was probably meant."""
        near = self._nearest(text, known)
        if near is not None:
            message = and_then(message, did_you_mean(near))
        self.add(place, and_then(message, false_blank_hint(text[:1]) or full_width_hint(text)))

    def _nearest(self, text: str, known: Collection[str]) -> str | None:
        """The known name closest to a text. After many problems it is no longer searched for."""
        if len(text) > _LONGEST_GUESSED or self._comparisons_left < len(known):
            return None
        from difflib import get_close_matches

        self._comparisons_left -= len(known)
        by_folded = {name.casefold(): name for name in known}
        folded = text.translate(_TO_ASCII).strip().casefold()
        for guess in (folded, re.split("[:,.=]", folded)[0]):
            matches = get_close_matches(guess, by_folded, n=1)
            if matches:
                return by_folded[matches[0]]
        return None


def and_then(first: Message, second: Message | None) -> Message:
    """Two sentences, one after the other."""
    return first if second is None else msg("{first} {second}", first=first, second=second)


def did_you_mean(near: str) -> Message:
    """Asks whether this name was meant."""
    return msg("Did you mean “{near}”?", near=near)


def needs_quotes(character: str) -> Message:
    """Says how to write a text whose first character means something else in YAML."""
    return msg("A text that begins with “{character}” needs quotes.", character=character)


def false_blank_hint(character: str) -> Message | None:
    """Names a character that looks like a space, or like nothing, but is no space in YAML."""
    if character in " \t" or not is_blank(character):
        return None
    return msg(
        "The character {code} looks like a space but is not one: put a space in its place.",
        code=f"U+{ord(character):04X}",
    )


def full_width_hint(text: str) -> Message | None:
    """A hint how to write a text with full-width punctuation or digits, None for other texts."""
    plain = text.translate(_TO_ASCII)
    if plain == text:
        return None
    if "：" in text:
        return msg(
            "It has a full-width “：”; write an ASCII “:” (after a key, with a space): “{plain}”.",
            plain=quoted(re.sub("(?<=[A-Za-z_])： *", ": ", text).translate(_TO_ASCII)),
        )
    return msg("It has full-width characters; in ASCII it is “{plain}”.", plain=quoted(plain))


def quoted(text: str) -> str:
    """A text made fit for a message: on one line, printable and short."""
    visible = "".join(map(_visible, text[: 2 * _LONGEST_QUOTE]))
    return visible if len(visible) <= _LONGEST_QUOTE else visible[: _LONGEST_QUOTE - 1] + "…"


def _visible(character: str) -> str:
    return character if character.isprintable() else f"\\u{ord(character):04x}"
