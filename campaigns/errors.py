"""The errors that people are shown.

Each class carries its exit code (docs/commands.md, "Exit codes"); each
message says what is wrong, where, and what to do.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import ClassVar

    from i18n.messages import Message


class DubanError(Exception):
    """The base of every error shown to people, with a `message` in the reader's language."""

    exit_code: ClassVar[int] = 2

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return str(self.message)


class UsageError(DubanError):
    """The request makes no sense: an unknown name, an invalid time, a missing reason."""

    exit_code = 2


class NotPermitted(DubanError):
    """The person may not do this."""

    exit_code = 5


class Conflict(DubanError):
    """The item is not as the caller thought, or that change of it is not allowed."""

    exit_code = 6
