"""What is wrong with a definition or a roster, and where."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from campaigns.errors import DubanError
from i18n.messages import Message, msg


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A place in a file; line and column count from 1. Line 0 means the file as a whole."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend, printed as `file:line:column: message`."""

    place: Place
    message: Message

    @property
    def line(self) -> Message:
        """The problem behind its place."""
        return msg("{place}: {message}", place=self.place, message=self.message)


class InvalidDefinition(DubanError):
    """A campaign file or its roster cannot be used; `problems` has all of them, by place."""

    exit_code: ClassVar[int] = 3

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda problem: problem.place))
        first = self.problems[0].line
        more = len(self.problems) - 1
        super().__init__(
            msg("{first} (and {more} more)", first=first, more=more) if more else first
        )
