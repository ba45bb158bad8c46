"""Other sessions' commits are noticed, whatever became of the feed."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from storage.tiny import feed
from storage.tiny.store import TinyStore
from tests.storage.samples import NOW, OFFICER, ZONE, change


@pytest.fixture
def store(tmp_path: Path) -> TinyStore:
    store = TinyStore(tmp_path, zone=ZONE)
    for unit in ("a", "b", "c"):
        write(store, unit)
    return store


def write(store: TinyStore, unit: str) -> None:
    store.apply(unit, [change(f"{unit}/plan", note=os.urandom(4).hex())], by=OFFICER, at=NOW)


def settled(folder: Path, store: TinyStore) -> str:
    """A token taken long after the last change, by the clock of the file system."""
    long_ago = 1_600_000_000
    os.utime(folder / "units", (long_ago, long_ago))
    return store.changed_units(None)[0]


def test_nothing_new_is_nothing(tmp_path: Path, store: TinyStore) -> None:
    token = settled(tmp_path, store)
    assert store.changed_units(token) == (token, frozenset())


def test_only_what_changed_is_named_once_things_are_settled(
    tmp_path: Path, store: TinyStore
) -> None:
    token = settled(tmp_path, store)
    feed.announce(store._layout, "b")
    assert store.changed_units(token)[1] == {"b"}


def test_a_token_serves_any_number_of_sessions(tmp_path: Path, store: TinyStore) -> None:
    token = settled(tmp_path, store)
    write(store, "b")
    assert "b" in store.changed_units(token)[1]
    assert "b" in store.changed_units(token)[1]


def delete(path: Path) -> None:
    path.unlink()


def empty(path: Path) -> None:
    path.write_bytes(b"")


def shorten(path: Path) -> None:
    os.truncate(path, 21)


def lengthen(path: Path) -> None:
    with path.open("ab") as file:
        file.write(b"\xff\x00garbage/../\n" * 3)


def half_a_line(path: Path) -> None:
    with path.open("ab") as file:
        file.write(b"a")


def overwrite(path: Path) -> None:
    path.write_bytes(os.urandom(path.stat().st_size))


def flood(path: Path) -> None:
    with path.open("ab") as file:
        file.write(b"a\n" * feed.MAX_BYTES)


def another(path: Path) -> None:
    path.write_bytes(b"#" + b"0" * 16 + b"\n" + b"a\n" * 50)


def folder_in_its_place(path: Path) -> None:
    path.unlink()
    path.mkdir()


def fifo_in_its_place(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def link_in_its_place(path: Path) -> None:
    path.unlink()
    path.symlink_to("/dev/null")


DAMAGE = [
    *(delete, empty, shorten, lengthen, half_a_line, overwrite, flood, another),
    *(folder_in_its_place, fifo_in_its_place, link_in_its_place),
]


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_feed_that_cannot_be_trusted_makes_every_unit_suspect(
    tmp_path: Path, store: TinyStore, damage: Callable[[Path], None]
) -> None:
    token = settled(tmp_path, store)
    damage(tmp_path / "feed.log")
    assert store.changed_units(token)[1] == {"a", "b", "c"}


@pytest.mark.parametrize("damage", DAMAGE)
def test_commits_go_on_and_are_noticed_after_any_damage(
    tmp_path: Path, store: TinyStore, damage: Callable[[Path], None]
) -> None:
    damage(tmp_path / "feed.log")
    token = settled(tmp_path, store)
    write(store, "b")
    assert "b" in store.changed_units(token)[1]
    token = settled(tmp_path, store)
    write(store, "c")
    assert "c" in store.changed_units(token)[1]


def test_a_commit_without_its_line_is_noticed(tmp_path: Path, store: TinyStore) -> None:
    token, _ = store.changed_units(None)
    before = (tmp_path / "feed.log").read_bytes()
    write(store, "b")
    (tmp_path / "feed.log").write_bytes(before)
    assert "b" in store.changed_units(token)[1]


def test_every_commit_is_noticed_by_a_session_that_looks_after_each(
    tmp_path: Path, store: TinyStore
) -> None:
    (tmp_path / "feed.log").unlink()
    (tmp_path / "feed.log").mkdir()
    token, _ = store.changed_units(None)
    for number in range(50):
        unit = "abc"[number % 3]
        write(store, unit)
        token, changed = store.changed_units(token)
        assert unit in changed, number


def test_two_commits_with_one_time_stamp_are_both_noticed(
    tmp_path: Path, store: TinyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    stamp = time.time_ns()
    # Where the file system's clock ticks slowly, this is what a session sees.
    monkeypatch.setattr(time, "time_ns", lambda: stamp + 1)
    os.utime(tmp_path / "units", ns=(stamp, stamp))
    token, _ = store.changed_units(None)
    before = (tmp_path / "feed.log").read_bytes()
    write(store, "b")
    (tmp_path / "feed.log").write_bytes(before)
    os.utime(tmp_path / "units", ns=(stamp, stamp))
    monkeypatch.setattr(time, "time_ns", lambda: stamp + 10**9)
    assert "b" in store.changed_units(token)[1]


def test_a_damaged_feed_is_begun_anew(tmp_path: Path, store: TinyStore) -> None:
    (tmp_path / "feed.log").write_bytes(b"garbage\n" * 9)
    write(store, "b")
    header, line = (tmp_path / "feed.log").read_bytes().splitlines()
    assert header.startswith(b"#")
    assert line == b"b"


def test_a_clock_set_back_makes_every_unit_suspect(tmp_path: Path, store: TinyStore) -> None:
    token, _ = store.changed_units(None)
    os.utime(tmp_path / "units", (1_600_000_000, 1_600_000_000))
    assert store.changed_units(token)[1] == {"a", "b", "c"}


def test_the_feed_is_bounded(tmp_path: Path, store: TinyStore) -> None:
    path = tmp_path / "feed.log"
    token = settled(tmp_path, store)
    with path.open("ab") as file:
        file.write(b"a\n" * (feed.MAX_BYTES // 2))
    write(store, "b")
    assert path.stat().st_size < 100
    assert "b" in store.changed_units(token)[1]
    assert [entry.name for entry in tmp_path.iterdir() if entry.name.endswith(".tmp")] == []


def test_a_leftover_of_a_killed_writer_is_removed(tmp_path: Path, store: TinyStore) -> None:
    (tmp_path / "feed.log").unlink()
    (tmp_path / ".feed.log.tmp").write_bytes(b"half")
    write(store, "b")
    assert (tmp_path / "feed.log").exists()
    assert not (tmp_path / ".feed.log.tmp").exists()


def test_strays_in_the_folder_are_no_units(tmp_path: Path, store: TinyStore) -> None:
    for name in (b".x.json.tmp", b"x.json~", b"\xff.json", b"x.json.schema1"):
        (tmp_path / "units" / os.fsdecode(name)).write_bytes(b"")
    assert store.units() == ("a", "b", "c")
    assert store.changed_units("")[1] == {"a", "b", "c"}
