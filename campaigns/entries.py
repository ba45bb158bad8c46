"""What is recorded about an item: its state and details, and a change asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final

Number = int | float


class State(StrEnum):
    """The stored state of an item (docs/items-and-time.md, "States")."""

    TODO = "todo"
    DOING = "doing"
    DONE = "done"
    VERIFIED = "verified"
    RETURNED = "returned"
    WAIVED = "waived"


REPORTED: Final = frozenset({State.DONE, State.VERIFIED})
"""The states in which the report is in the office's hands."""


@dataclass(frozen=True, slots=True)
class Extension:
    """延期: a new deadline (an aware instant), why, and who granted it."""

    due: datetime
    reason: str
    granted_by: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """A file handed in as evidence, kept by its SHA-256."""

    kind: str
    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Entry:
    """How an item stands. Instants are aware. An item nobody touched has `Entry()`, rev 0.

    `received_at` is when the report reached the office and is set only while the
    item is reported; `recorded_at` is when somebody typed it in. `due` is the deadline
    that was in force when it was handed in, so that a definition changed later makes
    nobody late; None where there was none, and while it is not reported.
    """

    state: State = State.TODO
    received_at: datetime | None = None
    recorded_at: datetime | None = None
    recorded_by: str | None = None
    note: str = ""
    metrics: Mapping[str, Number] = field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()
    extension: Extension | None = None
    nil_report: bool = False
    due: datetime | None = None
    rev: int = 0


@dataclass(frozen=True, slots=True)
class Change:
    """One change to one item, as it was asked for. None keeps what is there.

    `metrics` are merged into those recorded. `expected_rev` is the revision the
    caller saw: another one means somebody else was faster. `op` names the operation,
    so that a repeated one is applied once. `due` is the item's deadline by the
    caller's definition; it is kept with the entry if the change hands the report in.
    `continues` are the item's keys in earlier definitions: where nothing is recorded
    under `item`, what is recorded under the first of them moves here with its history.
    """

    item: str
    op: str
    state: State | None = None
    received_at: datetime | None = None
    note: str | None = None
    metrics: Mapping[str, Number] = field(default_factory=dict)
    nil_report: bool = False
    due: datetime | None = None
    expected_rev: int | None = None
    continues: tuple[str, ...] = ()
