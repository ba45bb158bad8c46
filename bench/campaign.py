"""A campaign to measure with: so many units, each with 30 items and a record."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path

from campaigns.entries import Change, State
from campaigns.history import Person
from commands.lookup.context import make_store
from storage.cache.definitions import load
from storage.protocol import ProgressStore

ACTIVITIES = 30
PERSON = Person("bench")
RECORDED = datetime(2022, 6, 1, tzinfo=UTC)
SETTLING = 0.15
"""Seconds until a cache may rely on the time stamps of files just made."""


def make_campaign(folder: Path, units: int, written: int = ACTIVITIES) -> ProgressStore:
    """Make it in a new folder, and give its store.

    Records beyond the first `written` are likenesses of those: they can be read, but a
    write would refuse their history.
    """
    folder.mkdir()
    definition = folder / "bench.yaml"
    definition.write_text(_definition(units), encoding="utf-8")
    store = _record(definition, folder / "data", units, written)
    time.sleep(SETTLING)
    return store


def _definition(units: int) -> str:
    """A definition with a month of deadlines."""
    lines = [
        "{format: 1, id: bench, title: 安全生产月, issued: 2022-05-30,",
        " period: {from: 2022-06-01, to: 2022-06-30}, language: zh-CN,",
        " unit_kinds: {village: {name: 村}}, units: [",
        *(f"  {{id: v{n}, name: 第{n}村, kind: village}}," for n in range(units)),
        " ], sections: [{id: reports, title: 报送, activities: [",
        *(f"  {{id: a{n}, title: 事项{n}, due: {_due(n)}}}," for n in range(ACTIVITIES)),
        " ]}]}",
    ]
    return "\n".join(lines) + "\n"


def _due(number: int) -> str:
    """The deadline of an activity, one a day."""
    return f"2022-06-{number % 28 + 1:02} 18:00"


def _record(definition: Path, data: Path, units: int, written: int) -> ProgressStore:
    """Report items of each unit, one to all: thirty stand differently, the others like them."""
    store = make_store(load(definition, data), data)
    folder = data / "bench" / "units"
    for unit in range(units):
        name, like = f"v{unit}", f"v{unit % ACTIVITIES}"
        if unit < written:
            numbers = range(unit % ACTIVITIES + 1)
            done = [Change(f"{name}/a{n}", f"op{n}", state=State.DONE) for n in numbers]
            store.apply(name, done, by=PERSON, at=RECORDED)
            continue
        text = (folder / f"{like}.json").read_text(encoding="utf-8")
        likeness = text.replace(f'"{like}/', f'"{name}/').replace(f'"{like}"', f'"{name}"')
        (folder / f"{name}.json").write_text(likeness, encoding="utf-8")
    return store
