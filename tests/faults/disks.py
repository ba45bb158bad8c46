"""Faults of disks: full, limited and read-only ones; officers of several logins."""

from __future__ import annotations

import os
import resource
import stat
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final

from tests.faults.clerk import Clerk, Login
from tests.faults.place import Place
from tests.faults.scene import Happening, Scene

GROUP: Final = 54321
OFFICERS: Final = (
    Login(54001, 54001, (GROUP,), 0o022),
    Login(54002, 54002, (GROUP,), 0o077),
)
"""Two accounts of one group, whose umasks would lock each other out."""
_FILE_MODE: Final = 0o660
_FOLDER_MODE: Final = 0o2770


class Skipped(Exception):
    """A fault that cannot be inflicted here, and why."""


def need_root() -> None:
    if os.geteuid() != 0:
        raise Skipped("needs root")


@contextmanager
def small_disk(place: Place) -> Iterator[None]:
    """A tiny file system of its own at the data folder."""
    need_root()
    command = ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(place.data)]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        raise Skipped("no file system can be mounted")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(place.data)], capture_output=True, check=False)


@contextmanager
def group_folder(place: Place) -> Iterator[None]:
    """A data folder as an administrator makes it: of the group, with setgid."""
    need_root()
    os.chown(place.data, 0, GROUP)
    place.data.chmod(_FOLDER_MODE)
    yield


def full_disk(scene: Scene) -> Happening:
    """A disk that is filled to the brim and freed again."""
    filler = scene.place.data / "filler"
    while scene.going() or not scene.inflicted:
        yield from _some_moments(scene)
        with filler.open("wb", buffering=0) as file, suppress(OSError):
            while True:
                file.write(b"x" * scene.chance.choice((512, 4096, 65536)))
        scene.inflicted += 1
        heard = len(scene.refusals)
        while scene.going() and len(scene.refusals) < heard + 5:
            yield
        filler.unlink()


def limited_files(scene: Scene) -> Happening:
    """Writers that may not make files beyond a few hundred bytes, and later may again."""
    limited: dict[int, Clerk] = {}
    while scene.going() or not scene.inflicted:
        yield
        clerk = scene.crew.chance.choice(scene.crew.hands)
        if not isinstance(clerk, Clerk):
            continue
        if clerk.pid in limited:
            _limit(limited.pop(clerk.pid), resource.RLIM_INFINITY)
        else:
            _limit(clerk, scene.chance.choice((0, 200, 2000)))
            limited[clerk.pid] = clerk
            scene.inflicted += 1
    for clerk in limited.values():
        _limit(clerk, resource.RLIM_INFINITY)


def read_only_disk(scene: Scene) -> Happening:
    """A file system remounted read-only, and back."""
    while scene.going() or not scene.inflicted:
        yield from _some_moments(scene)
        yield from scene.drain()
        _remount(scene.place, "ro")
        scene.inflicted += 1
        heard = len(scene.refusals)
        while len(scene.refusals) < heard + 5:
            yield
        yield from scene.drain()
        _remount(scene.place, "rw")


def closed_folder(scene: Scene) -> Happening:
    """Folders that the officers' logins may read and not write, and may again."""
    while scene.going() or not scene.inflicted:
        yield from _some_moments(scene)
        folder = scene.place.store / "units"
        folder.chmod(0o2550)
        scene.inflicted += 1
        heard = len(scene.refusals)
        while len(scene.refusals) < heard + 5:
            yield
        folder.chmod(_FOLDER_MODE)


def two_accounts(scene: Scene) -> Happening:
    """Officers of two logins in one setgid folder: every file stays open to the group."""
    while scene.going() or not scene.ledger.acknowledged:
        scene.inflicted += 1
        yield from _some_moments(scene)
    yield from scene.drain()
    for path in (scene.place.store, *scene.place.store.rglob("*")):
        status = path.stat()
        wanted = _FOLDER_MODE if path.is_dir() else _FILE_MODE
        if (stat.S_IMODE(status.st_mode), status.st_gid) != (wanted, GROUP):
            scene.complaints.append(
                f"{path.name} has mode {status.st_mode:o} and group {status.st_gid}"
            )


def _some_moments(scene: Scene) -> Happening:
    for _ in range(scene.chance.randrange(5, 25)):
        yield


def _limit(clerk: Clerk, size: int) -> None:
    with suppress(ProcessLookupError):
        _, hard = resource.prlimit(clerk.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(clerk.pid, resource.RLIMIT_FSIZE, (size, hard))


def _remount(place: Place, how: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{how}", str(place.data)], check=True)
