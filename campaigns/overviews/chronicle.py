"""历史: what was recorded of several units, in one order, the newest kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from itertools import accumulate
from typing import NamedTuple

from campaigns.entries import REPORTED, State
from campaigns.history import Event
from campaigns.standing.matrix import Row
from i18n.messages import Message


class Placed(NamedTuple):
    """An event and its place among those of all units, which is how these compare.

    A unit's own order stands even where its clock went back: an event stands at the
    latest instant that its unit had recorded by then.
    """

    moment: datetime
    unit: str
    number: int
    event: Event


def placed(unit: str, history: Sequence[Event]) -> list[Placed]:
    """A unit's history, oldest first, with the place of each event."""
    reached = accumulate((event.recorded_at for event in history), max)
    return [
        Placed(moment, unit, number, event)
        for number, (moment, event) in enumerate(zip(reached, history, strict=True))
    ]


@dataclass(frozen=True, slots=True)
class UnitHistory:
    """The events of a unit, oldest first, as they were read when its row stood like this.

    `fault` says why they could not be.
    """

    row: Row
    events: tuple[Event, ...] = ()
    fault: Message | None = None


@dataclass(frozen=True, slots=True)
class Chronicle:
    """The newest events of some units, newest first, at most `most` of them.

    `counts` are how many events each unit has, those no longer kept included.
    """

    most: int
    changes: tuple[Placed, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """How many events the units have."""
        return sum(self.counts.values())

    @property
    def is_cut(self) -> bool:
        """Whether there are older events than those kept."""
        return self.total > len(self.changes)

    def with_histories(self, histories: Iterable[UnitHistory]) -> Chronicle:
        """Take up the whole histories of some units in place of what was known of them."""
        read = {history.row.unit.id: history.events for history in histories}
        if not read:
            return self
        found = [change for change in self.changes if change.unit not in read]
        for unit, events in read.items():
            found += placed(unit, events)
        found.sort(reverse=True)
        counts = {unit: len(events) for unit, events in read.items()}
        return replace(self, changes=tuple(found[: self.most]), counts={**self.counts, **counts})

    def of_units(self, units: AbstractSet[str]) -> Chronicle:
        """What is known of these units alone: nothing where older events of theirs were let go."""
        if units >= self.counts.keys():
            return self
        if self.is_cut:
            return Chronicle(self.most)
        return replace(
            self,
            changes=tuple(change for change in self.changes if change.unit in units),
            counts={unit: count for unit, count in self.counts.items() if unit in units},
        )


class Kind(StrEnum):
    """Which events a reader wants to see."""

    ALL = "all"
    SUBMITTED = "submitted"
    VERIFIED = "verified"
    RETURNED = "returned"
    UNDONE = "undone"
    MINE = "mine"


def is_kind(kind: Kind, event: Event, me: str) -> bool:
    """Whether an event is of a kind; `me` is the login of the reader.

    What takes a change back is UNDONE alone, whatever state it brings back.
    """
    match kind:
        case Kind.ALL:
            return True
        case Kind.MINE:
            return event.who.login == me
        case Kind.UNDONE:
            return event.undoes is not None
    return event.undoes is None and _brings(kind, event.before.state, event.after.state)


def _brings(kind: Kind, before: State, after: State) -> bool:
    if kind is Kind.SUBMITTED:
        return before not in REPORTED and after in REPORTED
    wanted = State.VERIFIED if kind is Kind.VERIFIED else State.RETURNED
    return after is wanted and before is not wanted
