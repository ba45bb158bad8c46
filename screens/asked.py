"""What an officer asks to be recorded, before it is said of which item."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import uuid4

from campaigns.board import Line
from campaigns.entries import Change, Number, State


@dataclass(frozen=True, slots=True)
class Asked:
    """A change that can be made to one item, to many, and again to another.

    `state` None keeps the state. `received_at` is in UTC; None means when it is recorded.
    """

    state: State | None = None
    received_at: datetime | None = None
    note: str | None = None
    nil_report: bool = False
    metrics: Mapping[str, Number] = field(default_factory=dict)

    def of(self, line: Line) -> Change:
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
        )


def new_operation() -> str:
    """A name for an operation that no other has."""
    return uuid4().hex
