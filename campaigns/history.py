"""The history: people, events, and the record of one unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated

from msgspec import Meta, Struct, field

from campaigns.entries import Entry, Instant
from i18n.messages import Message


class Person(Struct, frozen=True):
    """Who acts: the login, the role, and the address that an ssh connection comes from."""

    login: str
    role: str = "officer"
    origin: str | None = None


class Event(Struct, frozen=True):
    """A recorded change of one item. `prev` is the hash of the unit's previous event.

    `undoes` and `redoes` name the event that this one takes back or repeats. `continues` is
    the key that the item's entry had before this event moved it, because the activity has
    another id now.
    """

    id: str
    item: str
    op: str
    before: Entry
    after: Entry
    who: Person
    recorded_at: Instant
    prev: str
    hash: str
    undoes: str | None = None
    redoes: str | None = None
    continues: str | None = None


def lineage(steps: Sequence[tuple[str, str | None]], item: str) -> tuple[int, ...]:
    """The indices of the events of a unit, oldest first, that made the entry of an item.

    `steps` are the item and the `continues` of each event. Events under an earlier key of the
    item are included, those of an entry that has moved to another key are not.
    """
    key, found = item, []
    for number in range(len(steps) - 1, -1, -1):
        own, source = steps[number]
        if own == key:
            found.append(number)
            key = source or key
        elif source == key:
            break
    return tuple(reversed(found))


class Incident(Struct, frozen=True):
    """An event logged for an event-driven activity; its numbers start at 1 in each activity."""

    activity: str
    number: Annotated[int, Meta(ge=1, lt=2**31)]
    at: Instant
    note: str = ""


class UnitRecord(Struct, frozen=True):
    """What is stored about one unit: the entries by item key, and the logged incidents.

    `fault` says why the record could not be read; then the rest is empty.
    """

    entries: Mapping[str, Entry] = field(default_factory=dict)
    incidents: tuple[Incident, ...] = ()
    fault: Message | None = None
