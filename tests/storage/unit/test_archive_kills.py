"""Whoever is killed while events are archived leaves the old or the new history, whole."""

from __future__ import annotations

import errno
import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from campaigns.entries import State
from storage.errors import Full
from storage.tiny.store import TinyStore
from storage.unit import archiving
from storage.unit.archiving import MOST_LIVE_EVENTS
from tests.storage.processes import child, go, hear
from tests.storage.samples import ITEM, NOW, OFFICER, OTHER_ITEM, UNIT, ZONE, change, unit_file

pytestmark = pytest.mark.processes

FILE_STEPS = [
    "temporary-made", "written", "synced", "replaced", "folder-synced",
]  # fmt: skip
STEPS = [
    *(f"archive-{step}" for step in FILE_STEPS),
    *(f"operations-{step}" for step in FILE_STEPS),
    *FILE_STEPS,
]
COMMITTED = {"replaced", "folder-synced"}


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A unit whose next event sends others to the archive."""
    folder = tmp_path_factory.mktemp("full")
    store = TinyStore(folder, zone=ZONE)
    batch = [
        change(OTHER_ITEM if n == 0 else ITEM, State.DOING, op=f"op-{n}", note=f"{n}")
        for n in range(MOST_LIVE_EVENTS)
    ]
    store.apply(UNIT, batch, by=OFFICER, at=NOW)
    assert not (folder / "archive").exists()
    return folder


@pytest.fixture
def folder(full: Path, tmp_path: Path) -> Path:
    shutil.copytree(full, tmp_path / "campaign")
    return tmp_path / "campaign"


@pytest.mark.parametrize("step", STEPS)
def test_a_writer_killed_while_archiving(folder: Path, step: str) -> None:
    store = TinyStore(folder, zone=ZONE)
    with child("stop", folder, UNIT, ITEM, step) as writer:
        hear(writer)
        go(writer)
        assert hear(writer) == step
        during = store.events(UNIT)
        assert store.read([UNIT])[UNIT].fault is None
    committed = step in COMMITTED
    after = store.events(UNIT)
    assert store.verify(UNIT).faults == ()
    assert len(after) == len(during) == MOST_LIVE_EVENTS + committed
    assert len(store.read_as_of([UNIT], NOW)[UNIT].entries) == 2

    # What was not committed is not taken for it, what was is not done again.
    asked = change(ITEM, State.DOING, op=f"stop-{step}", note=f"stop-{step}")
    for _ in range(2):
        (outcome,) = store.apply(UNIT, [asked], by=OFFICER, at=NOW + timedelta(minutes=1))
        assert outcome.event == store.events(UNIT)[-1]
        assert len(store.events(UNIT)) == MOST_LIVE_EVENTS + 1
    for number in (0, 1, 99, MOST_LIVE_EVENTS - 1):
        item = OTHER_ITEM if number == 0 else ITEM
        again = change(item, State.DOING, op=f"op-{number}", note=f"{number}")
        (outcome,) = store.apply(UNIT, [again], by=OFFICER, at=NOW)
        assert outcome.event == after[number]
    assert store.verify(UNIT).faults == ()
    assert not list(folder.glob("**/.*.tmp"))


def test_parts_of_a_batch_that_was_never_committed_are_not_looked_at(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A large batch makes several parts; whoever was killed after them leaves them behind."""

    def die(step: str) -> None:
        if step == "operations-folder-synced":
            raise KeyboardInterrupt

    monkeypatch.setattr(archiving, "MOST_EVENTS_IN_PART", 40)
    batch = [change(ITEM, State.DOING, op=f"lost-{n}", note=f"lost {n}") for n in range(200)]
    TinyStore(folder, zone=ZONE).apply(UNIT, [change(op="first")], by=OFFICER, at=NOW)
    whole = sorted((folder / "archive" / UNIT).glob("*.json"))
    with pytest.raises(KeyboardInterrupt):
        TinyStore(folder, zone=ZONE, at_step=die).apply(UNIT, batch, by=OFFICER, at=NOW)
    stray = sorted((folder / "archive" / UNIT).glob("*.json"))
    assert len(stray) == len(whole) + 5
    store = TinyStore(folder, zone=ZONE)
    assert len(store.events(UNIT)) == MOST_LIVE_EVENTS + 1
    assert store.verify(UNIT).faults == ()
    for number in range(120):
        asked = change(ITEM, State.DOING, op=f"lost-{number}", note=f"found {number}")
        (outcome,) = store.apply(UNIT, [asked], by=OFFICER, at=NOW)
        assert outcome.event is not None
        assert outcome.event.after.note == f"found {number}"
    assert len(store.events(UNIT)) == MOST_LIVE_EVENTS + 121
    assert store.verify(UNIT).faults == ()


@pytest.mark.parametrize("when", ["archive-written", "operations-written", "written"])
def test_a_disk_that_fills_up_while_archiving_changes_nothing(folder: Path, when: str) -> None:
    def fill(step: str) -> None:
        if step == when:
            raise OSError(errno.ENOSPC, "No space left on device")

    file = unit_file(folder)
    before = file.read_bytes()
    asked = [change(op="new")]
    with pytest.raises(Full):
        TinyStore(folder, zone=ZONE, at_step=fill).apply(UNIT, asked, by=OFFICER, at=NOW)
    assert file.read_bytes() == before
    assert not list(folder.glob("**/.*.tmp"))
    store = TinyStore(folder, zone=ZONE)
    assert store.verify(UNIT).faults == ()
    store.apply(UNIT, asked, by=OFFICER, at=NOW)
    assert store.verify(UNIT).events == MOST_LIVE_EVENTS + 1
