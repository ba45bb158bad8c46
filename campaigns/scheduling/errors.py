"""The error for dates that cannot be computed."""

from __future__ import annotations

from typing import ClassVar

from campaigns.errors import DubanError
from i18n.messages import Message, msg


class Unschedulable(DubanError):
    """The dates of an activity cannot be computed, so the definition has to be changed.

    `activity` is the id of the one at fault, perhaps one that the activity counts from.
    """

    exit_code: ClassVar[int] = 3

    def __init__(self, activity: str, message: Message) -> None:
        super().__init__(message)
        self.activity = activity


def past_the_calendar(activity: str) -> Unschedulable:
    """The error for dates outside the years 1 to 9999."""
    return Unschedulable(
        activity,
        msg("“{activity}” leads past the years 1 to 9999. Bring its dates nearer.",
            activity=activity),
    )  # fmt: skip
