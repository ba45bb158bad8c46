"""Campaigns of any size to measure with; every unit has 30 items and a record."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path

from campaigns.entries import Change, State
from campaigns.history import Person
from campaigns.reading.loader import load
from commands.lookup.context import make_store
from storage.protocol import ProgressStore

ACTIVITIES = 30
PERSON = Person("bench")
RECORDED = datetime(2022, 6, 1, tzinfo=UTC)
SETTLING = 0.15
"""Seconds until caches rely on the time stamps of newly made files."""


def make_campaign(folder: Path, units: int, written: int = ACTIVITIES) -> ProgressStore:
    """Make a campaign in a new folder, and give its store.

    Only the first `written` records are written by the store. The others are copies of those
    under another unit's name: they can be read, but not written, since their hashes are wrong.
    """
    folder.mkdir()
    definition = folder / "bench.yaml"
    definition.write_text(_definition(units), encoding="utf-8")
    store = _record(definition, folder / "data", units, written)
    time.sleep(SETTLING)
    return store


def _definition(units: int) -> str:
    """A definition with a deadline a day for a month."""
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
    """The deadline of an activity."""
    return f"2022-06-{number % 28 + 1:02} 18:00"


def _record(definition: Path, data: Path, units: int, written: int) -> ProgressStore:
    """Report from 1 to 30 items in the first thirty units, and the same in the following ones."""
    store = make_store(load(definition), data)
    folder = data / "bench" / "units"
    for unit in range(units):
        name, original = f"v{unit}", f"v{unit % ACTIVITIES}"
        if unit < written:
            numbers = range(unit % ACTIVITIES + 1)
            done = [Change(f"{name}/a{n}", f"op{n}", state=State.DONE) for n in numbers]
            store.apply(name, done, by=PERSON, at=RECORDED)
            continue
        text = (folder / f"{original}.json").read_text(encoding="utf-8")
        copy = text.replace(f'"{original}/', f'"{name}/').replace(f'"{original}"', f'"{name}"')
        (folder / f"{name}.json").write_text(copy, encoding="utf-8")
    return store
