"""The steps of a transaction, as the store itself tells them: no list to be kept in step."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Final

from campaigns.history import Person
from storage.tiny.store import TinyStore
from storage.unit.archiving import MOST_LIVE_EVENTS
from tests.faults.clerk import changes_of
from tests.faults.orders import BEGIN, Order
from tests.faults.place import ZONE

MANY: Final = MOST_LIVE_EVENTS + 10
"""Further changes in one transaction that make a history long enough for its archive."""


def steps_of() -> dict[str, int]:
    """Each step with the number of further changes that a transaction needs to come to it."""
    steps: dict[str, int] = {}
    with tempfile.TemporaryDirectory() as folder:
        for more in (0, MANY):
            told: list[str] = []
            store = TinyStore(Path(folder), zone=ZONE, at_step=told.append)
            order = Order(
                f"survey-{more}", "u1", "u1/a1", "doing", "", BEGIN.isoformat(), more=more
            )
            store.apply("u1", changes_of(order), by=Person("surveyor"), at=BEGIN)
            for step in told:
                steps.setdefault(step, more)
    return steps
