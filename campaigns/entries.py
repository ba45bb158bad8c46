"""What is recorded about an item, and a change to it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Final

from msgspec import Meta, Struct, field

Number = int | float
Instant = Annotated[datetime, Meta(tz=True)]
"""An aware datetime (docs/architecture.md, "Instants")."""


class State(StrEnum):
    """The stored state of an item (docs/items-and-time.md, "States")."""

    TODO = "todo"
    DOING = "doing"
    DONE = "done"
    VERIFIED = "verified"
    RETURNED = "returned"
    WAIVED = "waived"


LONGEST_NOTE: Final = 4_000
"""The most characters of a note or a reason."""

REPORTED: Final = frozenset({State.DONE, State.VERIFIED})
"""The states in which the office has the report."""


class Extension(Struct, frozen=True, forbid_unknown_fields=True):
    """延期: a new deadline, the reason, and who granted it."""

    due: Instant
    reason: str
    granted_by: str


class Evidence(Struct, frozen=True, forbid_unknown_fields=True):
    """A file handed in as evidence, identified by its SHA-256."""

    kind: str
    name: str
    sha256: str


class Entry(Struct, frozen=True):
    """The record of an item. An item without a record has `Entry()`, rev 0.

    `received_at` is when the report reached the office, and is set only while the item is
    reported; `recorded_at` is when it was entered. `due` is the deadline that was in force
    when the report came in, so that a later change of the definition makes nobody late;
    it is None for no deadline, and while the item is not reported.
    """

    state: State = State.TODO
    received_at: Instant | None = None
    recorded_at: Instant | None = None
    recorded_by: str | None = None
    note: str = ""
    metrics: Mapping[str, Number] = field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()
    extension: Extension | None = None
    nil_report: bool = False
    due: Instant | None = None
    rev: Annotated[int, Meta(ge=0, lt=2**31)] = 0


class Change(Struct, frozen=True):
    """A requested change to one item. None keeps what is recorded.

    `metrics` are merged into the recorded figures. `expected_rev` is the revision the caller
    saw; the change is refused if somebody else has changed the item since. `op` identifies
    the operation, so that repeating it changes nothing. `due` is the item's deadline by the
    caller's definition; it is kept with the entry if the change records the report.
    `continues` are the item's keys in earlier definitions: if nothing is recorded under
    `item`, what is recorded under the first of them moves here with its history.
    """

    item: str
    op: str
    state: State | None = None
    received_at: Instant | None = None
    note: str | None = None
    metrics: Mapping[str, Number] = field(default_factory=dict)
    nil_report: bool = False
    due: Instant | None = None
    expected_rev: int | None = None
    continues: tuple[str, ...] = ()
