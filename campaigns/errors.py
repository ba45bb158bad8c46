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
    """Base of every error shown to people. `message` is rendered in the reader's language."""

    exit_code: ClassVar[int] = 2

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return str(self.message)


class UsageError(DubanError):
    """What was asked cannot be: an unknown name, a time that is none, a missing reason."""

    exit_code = 2


class NotPermitted(DubanError):
    """The person may not do this."""

    exit_code = 5


class Conflict(DubanError):
    """The item stands otherwise than the caller thought, or may not be changed like that."""

    exit_code = 6
