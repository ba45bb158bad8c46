"""A change not yet tied to an item, so that it can be repeated on others."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple
from uuid import uuid4

from msgspec import Struct, field

from campaigns.entries import REPORTED, Change, Entry, Number, State
from campaigns.standing.board import Line


class ChangeRequest(Struct, frozen=True):
    """A change that can be made to one item, to many, or again to another one.

    `state` None keeps the state. `received_at` is in UTC; None stands for the time at which
    the change is recorded.
    """

    state: State | None = None
    received_at: datetime | None = None
    note: str | None = None
    nil_report: bool = False
    metrics: Mapping[str, Number] = field(default_factory=dict)

    @classmethod
    def ticked(cls, entry: Entry | None = None) -> ChangeRequest:
        """The change that Space makes: to submitted, or back to not started.

        For a verified or waived item it is a change that will be refused; the refusal says
        what is possible instead.
        """
        is_reported = entry is not None and entry.state in REPORTED
        return cls(State.TODO if is_reported else State.DONE)

    def of(self, line: Line, expected_rev: int | None = None) -> Change:
        """The change for one item, as an operation of its own."""
        return Change(
            line.item.key,
            new_operation(),
            state=self.state,
            received_at=self.received_at,
            note=self.note,
            metrics=self.metrics,
            nil_report=self.nil_report,
            due=line.item.occurrence.due,
            expected_rev=expected_rev,
        )


class MenuChoice(NamedTuple):
    """The choice made in a menu: a change, or None to undo the last change of the item."""

    request: ChangeRequest | None


def new_operation() -> str:
    """A unique id for an operation."""
    return uuid4().hex
