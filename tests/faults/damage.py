"""Faults by somebody's hand in the store's folder, while others write.

The hand that touches a unit's file or lock holds the unit's lock meanwhile: a file
changed under a writer would be lost by that hand, not by the store.
"""

from __future__ import annotations

import fcntl
import json
import os
import select
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from tests.faults.command import start
from tests.faults.judging import STORE
from tests.faults.orders import UNITS
from tests.faults.scene import Happening, Scene, Stuck

_LOCK_LIMIT = 20.0
_FORMS = ("cut", "empty", "garbage", "newer")


def damaged_file(scene: Scene) -> Happening:
    """A unit's file cut short, emptied, of garbage, or of a newer schema; then put back."""
    forms = scene.chance.sample(_FORMS, len(_FORMS))
    while scene.going() or forms:
        form = forms.pop() if forms else scene.chance.choice(_FORMS)
        unit = scene.chance.choice(UNITS)
        path = scene.place.unit_file(unit)
        yield from _appears(path)
        scene.unreadable.add(unit)
        with _held(scene, unit):
            whole = path.read_bytes()
            bad = _damaged(scene, whole, form)
            path.write_bytes(bad)
        scene.inflicted += 1
        yield from _refused(scene, unit)
        if len(forms) == len(_FORMS) - 1 or scene.chance.random() < 0.2:
            _verify_says_so(scene, unit)
        with _held(scene, unit):
            if path.read_bytes() != bad:
                scene.complaints.append(
                    f"{path.name} was damaged ({form}) and is not kept as it was"
                )
            path.write_bytes(whole)
        scene.unreadable.discard(unit)


def stale_temporaries(scene: Scene) -> Happening:
    """What killed writers left behind: files of any content under the names that writers use."""
    while scene.going() or not scene.inflicted:
        unit = scene.chance.choice(UNITS)
        yield from _appears(scene.place.lock_file(unit))
        with _held(scene, unit):
            path = scene.place.unit_file(unit)
            temporary = path.with_name(f".{path.name}.tmp")
            temporary.write_bytes(scene.chance.choice((b"", b"{", b"\0" * 9000)))
        scene.inflicted += 1


def deleted_locks(scene: Scene) -> Happening:
    """A lock file deleted by hand while others wait for it and nobody writes that unit."""
    while scene.going() or not scene.inflicted:
        unit = scene.chance.choice(UNITS)
        yield from _appears(scene.place.lock_file(unit))
        with _held(scene, unit):
            scene.place.lock_file(unit).unlink(missing_ok=True)
        scene.inflicted += 1


def deleted_lock_folder(scene: Scene) -> Happening:
    """The whole locks folder moved away between two changes."""
    while scene.going() or not scene.inflicted:
        for _ in range(10):
            yield
        yield from scene.drain()
        folder = scene.place.store / "locks"
        folder.rename(folder.with_name(f"locks.{scene.inflicted}"))
        scene.inflicted += 1


def garbled_feed(scene: Scene) -> Happening:
    """The feed deleted, cut, overwritten, a folder, or garbage at its end."""
    while scene.going() or not scene.inflicted:
        yield
        feed = scene.place.store / "feed.log"
        with suppress(OSError):
            _garble(scene, feed)
            scene.inflicted += 1


def clock_moved_back(scene: Scene) -> Happening:
    """Clocks up to ninety days behind the last recorded change, each writer with its own."""
    scene.orders.back = True
    while scene.going() or not scene.inflicted:
        scene.inflicted += 1
        yield


def stale_revisions(scene: Scene) -> Happening:
    """Nearly every change expects a revision, most of which others have gone past."""
    scene.orders.stale_share = 0.45
    enough = 0
    while scene.going() or not enough:
        yield
        conflicts = [answer for answer in scene.refusals if answer.reply.code == 6]
        scene.inflicted = enough = len(conflicts)


def _appears(path: Path) -> Happening:
    """Let writers go on until they have made a file."""
    yield
    while not path.exists():
        yield


@contextmanager
def _held(scene: Scene, unit: str) -> Iterator[None]:
    """Hold a unit's lock as a writer would."""
    limit = time.monotonic() + _LOCK_LIMIT
    while True:
        with suppress(FileNotFoundError), scene.place.lock_file(unit).open("rb") as file:
            if _locked(file) and _is_at(file, scene.place.lock_file(unit)):
                yield
                return
        if time.monotonic() > limit:
            raise Stuck(f"the lock of {unit} is never free")
        select.select([], [], [], 0.001)


def _locked(file: IO[bytes]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _is_at(file: IO[bytes], path: Path) -> bool:
    return os.path.samestat(os.fstat(file.fileno()), path.stat())


def _damaged(scene: Scene, whole: bytes, form: str) -> bytes:
    if form == "cut":
        return whole[: scene.chance.randrange(1, len(whole) - 1)]
    if form == "newer":
        tables = json.loads(whole)
        tables["meta"]["1"]["schema"] = 99
        return json.dumps(tables).encode()
    return b"" if form == "empty" else scene.chance.randbytes(999)


def _refused(scene: Scene, unit: str) -> Happening:
    """Wait until writers were refused, in words that name the file; others go on meanwhile."""
    heard, told = len(scene.refusals), 0
    elsewhere = len(scene.ledger.acknowledged)
    while told < 3 or len(scene.ledger.acknowledged) == elsewhere:
        yield
        fresh = scene.refusals[heard:]
        heard = len(scene.refusals)
        for answer in fresh:
            if answer.order is None or answer.order.unit != unit or answer.reply.code != STORE:
                continue
            told += 1
            if f"{unit}.json" not in answer.reply.text:
                scene.complaints.append(f"{unit}.json is not named: {answer.reply.text}")


def _verify_says_so(scene: Scene, unit: str) -> None:
    process = start(scene.place, None, "log", "--verify")
    said = b"".join(process.communicate()).decode()
    if process.returncode != STORE or unit not in said or "Traceback" in said:
        scene.complaints.append(f"log --verify gave {process.returncode} of a bad file: {said}")


def _garble(scene: Scene, feed: Path) -> None:
    if feed.is_dir():
        feed.rmdir()
        return
    how = scene.chance.randrange(5)
    if how == 0:
        feed.unlink()
    elif how == 1:
        feed.write_bytes(scene.chance.randbytes(scene.chance.randrange(400)))
    elif how == 2:
        os.truncate(feed, scene.chance.randrange(feed.stat().st_size + 1))
    elif how == 3:
        with feed.open("ab") as file:
            file.write(b"\xff no such unit")
    else:
        feed.unlink()
        feed.mkdir()
