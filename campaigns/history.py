"""What happened: people, events, and the record of one unit."""

from __future__ import annotations

from collections.abc import Mapping
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
