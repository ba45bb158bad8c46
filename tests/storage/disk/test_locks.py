"""Locks: made once, never deleted, freed by the kernel, and honest about their holder."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from threading import Event as Signal
from threading import Thread

import pytest

from storage.disk.locks import hold
from storage.errors import Locked
from tests.storage.samples import ZONE


def held(path: Path, login: str = "officer-a", limit: float = 0.05) -> None:
    with hold(bytes(path), login=login, zone=ZONE, limit=limit):
        pass


def test_a_lock_excludes_another_thread_of_the_same_process(tmp_path: Path) -> None:
    path = tmp_path / "x.lock"
    taken, leave = Signal(), Signal()

    def holder() -> None:
        with hold(bytes(path), login="officer-b", zone=ZONE, limit=1):
            taken.set()
            leave.wait()

    thread = Thread(target=holder)
    thread.start()
    taken.wait()
    try:
        with pytest.raises(Locked, match="officer-b"):
            held(path)
    finally:
        leave.set()
        thread.join()
    held(path)


def test_a_waiter_gets_the_lock_when_it_is_freed(tmp_path: Path) -> None:
    path = tmp_path / "x.lock"
    order: list[str] = []

    def waiter() -> None:
        with hold(bytes(path), login="officer-b", zone=ZONE, limit=30):
            order.append("second")

    with hold(bytes(path), login="officer-a", zone=ZONE, limit=1):
        thread = Thread(target=waiter)
        thread.start()
        order.append("first")
    thread.join()
    assert order == ["first", "second"]


@pytest.mark.parametrize("content", [b"", b"garbage", b"[]", b'{"login":1}', b"\xff" * 9999])
def test_a_holder_that_cannot_be_told_is_another_session(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.lock"
    with hold(bytes(path), login="officer-a", zone=ZONE, limit=1):
        path.write_bytes(content)
        with pytest.raises(Locked, match="Another session"):
            held(path)


def test_a_login_with_control_characters_is_not_repeated(tmp_path: Path) -> None:
    path = tmp_path / "x.lock"
    with (
        hold(bytes(path), login="a\x1b[31m", zone=ZONE, limit=1),
        pytest.raises(Locked) as raised,
    ):
        held(path)
    assert "\x1b" not in str(raised.value)


def test_the_file_is_emptied_and_stays(tmp_path: Path) -> None:
    path = tmp_path / "x.lock"
    held(path)
    inode = path.stat().st_ino
    held(path)
    assert path.stat().st_ino == inode
    assert path.read_bytes() == b""


def test_a_lock_file_removed_by_hand_is_not_believed(tmp_path: Path) -> None:
    path = tmp_path / "x.lock"
    with hold(bytes(path), login="officer-a", zone=ZONE, limit=1):
        path.unlink()
        with hold(bytes(path), login="officer-b", zone=ZONE, limit=1):
            assert b"officer-b" in path.read_bytes()


def test_a_waiter_does_not_take_a_lock_file_that_was_exchanged(tmp_path: Path) -> None:
    path = tmp_path / "x.lock"
    signed: list[bytes] = []

    def waiter() -> None:
        with hold(bytes(path), login="officer-b", zone=ZONE, limit=30):
            signed.append(path.read_bytes())

    with path.open("wb") as old:
        fcntl.flock(old, fcntl.LOCK_EX)
        thread = Thread(target=waiter)
        thread.start()
        while opened(path) < 2:
            os.sched_yield()
        path.unlink()
        path.touch()
    thread.join()
    assert b"officer-b" in signed[0]


def opened(path: Path) -> int:
    """How many descriptors of this process are of the file at a path."""
    count = 0
    for descriptor in os.listdir("/proc/self/fd"):  # noqa: PTH208
        try:
            count += os.path.samestat(path.stat(), os.fstat(int(descriptor)))
        except OSError:
            continue
    return count
