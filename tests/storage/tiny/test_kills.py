"""Writers killed at any instant leave the old or the new file, whole."""

from __future__ import annotations

import random
import signal
from pathlib import Path

import pytest

from campaigns.entries import State
from storage.tiny.store import TinyStore
from tests.storage.processes import child, end, go, hear, rest
from tests.storage.samples import ITEM, NOW, OFFICER, SOURCE, UNIT, WRITE_STEPS, ZONE, change

pytestmark = pytest.mark.processes

COMMITTED = {"replaced", "folder-synced", "announced"}


@pytest.mark.parametrize("signum", [signal.SIGKILL, signal.SIGHUP, signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("step", WRITE_STEPS)
def test_a_writer_killed_at_a_step(tmp_path: Path, step: str, signum: signal.Signals) -> None:
    store = TinyStore(tmp_path, zone=ZONE)
    store.apply(UNIT, [change(note="old")], by=OFFICER, at=NOW)
    store.apply(UNIT, [change(state=State.TODO)], by=OFFICER, at=NOW)
    token, _ = store.changed_units(None)
    with child("stop", tmp_path, UNIT, ITEM, step) as writer:
        hear(writer)
        go(writer)
        assert hear(writer) == step
        # A reader is never kept waiting.
        assert store.read([UNIT])[UNIT].fault is None
        end(writer, signum)
    assert store.verify(UNIT).faults == ()
    committed = store.read([UNIT])[UNIT].entries[ITEM].rev == 3
    assert committed == (step in COMMITTED)
    if committed:
        assert UNIT in store.changed_units(token)[1]
    store.apply(UNIT, [change(note="next")], by=OFFICER, at=NOW)
    assert store.verify(UNIT).faults == ()
    assert [path.name for path in (tmp_path / "units").iterdir()] == [f"{UNIT}.json"]


@pytest.mark.parametrize("step", WRITE_STEPS)
def test_the_first_writer_killed_at_a_step(tmp_path: Path, step: str) -> None:
    folder = tmp_path / "data" / "campaign"
    with child("stop", folder, UNIT, ITEM, step) as writer:
        hear(writer)
        go(writer)
        assert hear(writer) == step
    store = TinyStore(folder, zone=ZONE, source=SOURCE)
    assert store.read([UNIT])[UNIT].fault is None
    assert (ITEM in store.read([UNIT])[UNIT].entries) == (step in COMMITTED)
    store.apply(UNIT, [change()], by=OFFICER, at=NOW)
    assert store.verify(UNIT).faults == ()


def test_writers_killed_at_random(tmp_path: Path) -> None:
    chance = random.Random(20220615)
    store = TinyStore(tmp_path, zone=ZONE)
    acknowledged: list[str] = []
    for round_ in range(8):
        name = f"k{round_}"
        with child("write", tmp_path, UNIT, ITEM, name, 10_000) as writer:
            hear(writer)
            go(writer)
            acknowledged += [hear(writer) for _ in range(chance.randrange(1, 25))]
            writer.kill()
            acknowledged += [op for op in rest(writer) if op]
        assert store.verify(UNIT).faults == ()
        recorded = [event.op for event in store.events(UNIT)]
        assert len(recorded) == len(set(recorded))
        assert set(acknowledged) <= set(recorded)
        assert len(recorded) <= len(acknowledged) + round_ + 1
    store.apply(UNIT, [change()], by=OFFICER, at=NOW)
