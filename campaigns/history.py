"""What happened: people, events, and the record of one unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from campaigns.entries import Entry
from i18n.messages import Message


@dataclass(frozen=True, slots=True)
class Person:
    """Who acts: the login, the role, and where the ssh connection comes from, if it is one."""

    login: str
    role: str = "officer"
    origin: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One change of one item, for ever. `prev` is the hash of the unit's event before it.

    `undoes` and `redoes` name the event that a compensating one takes back or repeats.
    `continues` is the key under which the item's entry stood before, where this event
    moved it: an activity has got another id.
    """

    id: str
    item: str
    op: str
    before: Entry
    after: Entry
    who: Person
    recorded_at: datetime
    prev: str
    hash: str
    undoes: str | None = None
    redoes: str | None = None
    continues: str | None = None


def lineage(steps: Sequence[tuple[str, str | None]], item: str) -> tuple[int, ...]:
    """Which of a unit's events, oldest first, made the entry that stands under an item's key.

    `steps` are the item and the `continues` of each event. Those that the item had
    under an earlier key are among them; those of an entry that has moved away are not.
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


@dataclass(frozen=True, slots=True)
class Incident:
    """An event that was logged for an event-driven activity, numbered from 1 within it."""

    activity: str
    number: int
    at: datetime
    note: str = ""


@dataclass(frozen=True, slots=True)
class UnitRecord:
    """What is stored about one unit: entries by item key, and incidents as logged.

    `fault` says why the record could not be read; then nothing else in it is set.
    """

    entries: Mapping[str, Entry] = field(default_factory=dict)
    incidents: tuple[Incident, ...] = ()
    fault: Message | None = None
