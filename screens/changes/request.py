"""What an officer asks to be recorded, before it is said of which item."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple
from uuid import uuid4

from campaigns.entries import REPORTED, Change, Entry, Number, State
from campaigns.standing.board import Line


@dataclass(frozen=True, slots=True)
class ChangeRequest:
    """A change that can be made to one item, to many, and again to another.

    `state` None keeps the state. `received_at` is in UTC; None means when it is recorded.
    """

    state: State | None = None
    received_at: datetime | None = None
    note: str | None = None
    nil_report: bool = False
    metrics: Mapping[str, Number] = field(default_factory=dict)

    @classmethod
    def ticked(cls, entry: Entry | None = None) -> ChangeRequest:
        """What Space asks for: submitted, or not started where that is recorded already.

        A verified or waived item is asked to become what it may not; the refusal says
        what may be.
        """
        is_reported = entry is not None and entry.state in REPORTED
        return cls(State.TODO if is_reported else State.DONE)

    def of(self, line: Line, expected_rev: int | None = None) -> Change:
        """The change of one item, as an operation of its own."""
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
    """What was chosen: what to record, or None to undo the item's last change."""

    request: ChangeRequest | None


def new_operation() -> str:
    """A name for an operation that no other has."""
    return uuid4().hex
