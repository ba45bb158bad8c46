"""The accounting: what was acknowledged against what the history holds. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from msgspec import Struct, field

from campaigns.entries import Entry
from campaigns.history import Event
from tests.faults.orders import Order

GENESIS = "0" * 64


class Acknowledged(Struct, frozen=True):
    """An operation that a writer was told is recorded. `rev` is None where it cannot be told."""

    op: str
    unit: str
    item: str
    rev: int | None


class Ledger(Struct):
    """What a round's writers were told: by operation, all that they tried, and what came of it."""

    tried: set[str] = field(default_factory=set)
    acknowledged: dict[str, Acknowledged] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)
    retried: set[str] = field(default_factory=set)

    def give(self, order: Order) -> None:
        self.tried.update(order.ops)
        if order.retry:
            self.retried.add(order.op)

    def acknowledge(self, order: Order, rev: int | None) -> None:
        for op in order.ops:
            named = op == order.op
            item = order.item if named else f"{order.unit}/filler"
            self.acknowledged[op] = Acknowledged(op, order.unit, item, rev if named else None)

    def refuse(self, order: Order) -> None:
        self.refused.update(order.ops)


class Balance(Struct, frozen=True):
    """What does not agree. Every list must be empty.

    `lost` operations were acknowledged and are not recorded as they were; `twice` are
    recorded more than once; `strangers` nobody tried; `unwanted` were refused and are
    recorded nevertheless.
    """

    lost: tuple[str, ...] = ()
    twice: tuple[str, ...] = ()
    strangers: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()


def balance(ledger: Ledger, history: Mapping[str, Sequence[Event]]) -> Balance:
    """Compare a ledger with the history of each unit."""
    events = [(unit, event) for unit, listed in history.items() for event in listed]
    count = Counter(event.op for _, event in events)
    found = {event.op: (unit, event) for unit, event in events}
    return Balance(
        lost=tuple(
            told.op
            for told in ledger.acknowledged.values()
            if not _stands(told, found.get(told.op))
        ),
        twice=tuple(sorted(op for op, times in count.items() if times > 1)),
        strangers=tuple(sorted(count.keys() - ledger.tried)),
        unwanted=tuple(sorted((count.keys() & ledger.refused) - ledger.acknowledged.keys())),
    )


def _stands(told: Acknowledged, found: tuple[str, Event] | None) -> bool:
    if found is None:
        return False
    unit, event = found
    same = (unit, event.item) == (told.unit, told.item)
    return same and told.rev in (None, event.after.rev)


def chain_breaks(events: Sequence[Event]) -> list[str]:
    """Where a history does not follow on: hashes, revisions, and what each item was before."""
    breaks = []
    if events and events[0].prev != GENESIS:
        breaks.append(f"{events[0].id} follows nothing")
    breaks += [f"{later.id} does not follow" for one, later in pairwise(events)
               if later.prev != one.hash]  # fmt: skip
    entries: dict[str, Entry] = {}
    for event in events:
        if event.before != entries.get(event.item, Entry()):
            breaks.append(f"{event.id} does not start from what the item was")
        if event.after.rev != event.before.rev + 1:
            breaks.append(f"{event.id} skips a revision")
        entries[event.item] = event.after
    return breaks


def fold(events: Iterable[Event]) -> dict[str, Entry]:
    """The entries that a history made."""
    return {event.item: event.after for event in events}
