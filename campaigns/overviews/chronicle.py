"""历史: the events of several units in one order, of which the newest are kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from enum import StrEnum
from itertools import accumulate
from typing import NamedTuple

from msgspec import Struct, field
from msgspec.structs import replace

from campaigns.entries import REPORTED, State
from campaigns.history import Event
from campaigns.standing.matrix import Row
from i18n.messages import Message


class Placed(NamedTuple):
    """An event and its place among those of all units, by which they are sorted.

    The order within a unit is kept even if its clock went back: an event is placed at the
    latest instant recorded in its unit so far.
    """

    moment: datetime
    unit: str
    number: int
    event: Event


def placed(unit: str, history: Sequence[Event]) -> list[Placed]:
    """The history of a unit, oldest first, with the place of each event."""
    reached = accumulate((event.recorded_at for event in history), max)
    return [
        Placed(moment, unit, number, event)
        for number, (moment, event) in enumerate(zip(reached, history, strict=True))
    ]


class UnitHistory(Struct, frozen=True):
    """The events of a unit, oldest first, and the row of the unit when they were read.

    `fault` says why they could not be read.
    """

    row: Row
    events: tuple[Event, ...] = ()
    fault: Message | None = None


class Chronicle(Struct, frozen=True):
    """The newest events of some units, newest first, at most `most` of them.

    `counts` is the number of events of each unit, with those that are not kept.
    """

    most: int
    changes: tuple[Placed, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)

    @property
    def is_cut(self) -> bool:
        """Whether older events are not kept."""
        return sum(self.counts.values()) > len(self.changes)

    def with_histories(self, histories: Iterable[UnitHistory]) -> Chronicle:
        """The same with the whole histories of some units, replacing what was known of them."""
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
        """The same for these units alone; without units whose older events are not kept."""
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
    """A kind of event to look at."""

    ALL = "all"
    SUBMITTED = "submitted"
    VERIFIED = "verified"
    RETURNED = "returned"
    UNDONE = "undone"
    MINE = "mine"


def is_kind(kind: Kind, event: Event, me: str) -> bool:
    """Whether an event is of a kind; `me` is the login of the person who looks.

    An undo is only UNDONE, whatever state it restores.
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
