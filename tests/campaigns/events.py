"""Events in code, for tests of what was recorded."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from msgspec.structs import replace

from campaigns.entries import Entry, State
from campaigns.history import Event, Person
from tests.campaigns.builders import at

WHEN: Final = at("2022-06-08 12:00")


def event(
    number: int = 1,
    unit: str = "north",
    *,
    before: Entry | State = State.TODO,
    after: Entry | State = State.DONE,
    login: str = "officer-1",
    when: datetime = WHEN,
    undoes: str | None = None,
    redoes: str | None = None,
) -> Event:
    """The change of an item from one entry, or state, to another."""
    return Event(
        id=f"{unit}-{number}",
        item=f"{unit}/plan",
        op=f"op-{unit}-{number}",
        before=_entry(before),
        after=_entry(after),
        who=Person(login),
        recorded_at=when,
        prev="0" * 64,
        hash=f"{number:064x}",
        undoes=undoes,
        redoes=redoes,
    )


def _entry(given: Entry | State) -> Entry:
    return replace(Entry(), state=given) if isinstance(given, State) else given
