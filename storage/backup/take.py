"""Taking a backup while others write, and reading it back before it counts as taken.

No lock is needed, so nobody has to wait: files are only ever replaced as a whole, and a unit's
entries and history are in one file. Every change confirmed before the backup began is in it.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import partial
from typing import BinaryIO, Final
from zoneinfo import ZoneInfo

from campaigns.errors import UsageError
from campaigns.history import Person
from i18n.messages import msg
from storage.backup.file import CHUNK, BackupWriter, open_backup
from storage.backup.manifest import DISPOSABLE, Chain, Manifest, Member, is_member_name
from storage.disk.files import Step, as_store_error, making_in, no_step, open_folder, read_file
from storage.disk.layout import Layout
from storage.errors import StoreError, Unreadable, shown
from storage.tiny.reader import check_folder

MODE: Final = 0o600
"""A backup has telephone numbers in it, so only the login that took it may read it."""

_EVIDENCE: Final = "evidence/"
_UNITS: Final = "units/"
_FOLDERS: Final = frozenset({"units", "archive", "definition", "evidence"})
_READ: Final = os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK
_MAKE: Final = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC


def take_backup(
    layout: Layout,
    target: bytes,
    *,
    campaign: str,
    version: str,
    by: Person,
    at: datetime,
    zone: ZoneInfo,
    overwrite: bool = False,
    at_step: Step = no_step,
) -> Manifest:
    """Write a campaign's folder into the file `target`, and read it back to check it.

    `version` is duban's own. Units that are damaged, or that only a newer duban can check, are
    copied as they are and listed so in the manifest. `at_step` is called after each step:
    temporary-made, copied, sealed, verified, replaced, folder-synced. Raises UsageError for a
    target that exists or is in the campaign's folder, StoreError for what cannot be read or
    written; then there is no new file.
    """
    _check(layout, target, overwrite)
    above, name = os.path.split(target)
    temporary = b".duban-backup-%d.tmp" % os.getpid()
    manifest_of = partial(Manifest, version, campaign, zone, at, by)
    with as_store_error(target), open_folder(above) as folder:
        try:
            with _made(temporary, above, folder) as file:
                manifest = _write(layout, file, manifest_of, at_step)
            with open_backup(above + b"/" + temporary) as backup:
                backup.verify()
            at_step("verified")
            _check_target(target, overwrite)
            os.replace(temporary, name, src_dir_fd=folder, dst_dir_fd=folder)
        except BaseException:
            with suppress(OSError):
                os.unlink(temporary, dir_fd=folder)
            raise
        at_step("replaced")
        os.fsync(folder)
        at_step("folder-synced")
    return manifest


def _write(
    layout: Layout,
    file: BinaryIO,
    manifest_of: Callable[[tuple[Chain, ...], tuple[Member, ...]], Manifest],
    at_step: Step,
) -> Manifest:
    """Write the whole backup into an open file."""
    with BackupWriter(file) as writer:
        at_step("temporary-made")
        found = os.stat(layout.folder)
        _copy(layout, writer)
        at_step("copied")
        manifest = manifest_of(writer.chains(), tuple(writer.members))
        writer.finish(manifest)
        at_step("sealed")
        _check_same(layout, found)
    return manifest


def _check(layout: Layout, target: bytes, overwrite: bool) -> None:
    _check_target(target, overwrite)
    if not check_folder(layout):
        raise UsageError(
            msg("There is nothing to back up: no progress is recorded in {folder}.",
                folder=shown(layout.folder))
        )  # fmt: skip
    inside = os.path.realpath(layout.folder) + b"/"
    if (os.path.realpath(os.path.dirname(target)) + b"/").startswith(inside):
        raise UsageError(
            msg("{file} is in the campaign's own folder. Choose another folder for the backup.",
                file=shown(target))
        )  # fmt: skip


def _check_target(target: bytes, overwrite: bool) -> None:
    if os.path.isdir(target):
        raise UsageError(msg("{file} is a folder. Name a file for the backup.", file=shown(target)))
    if os.path.lexists(target) and not overwrite:
        raise UsageError(
            msg("{file} already exists. Choose another name, or replace it with --force.",
                file=shown(target))
        )  # fmt: skip


def _check_same(layout: Layout, found: os.stat_result) -> None:
    """Raise StoreError if a restore has replaced the campaign's folder meanwhile."""
    if not os.path.samestat(found, os.stat(layout.folder)):
        raise StoreError(
            msg("{folder} was restored while the backup was taken. Try again.",
                folder=shown(layout.folder))
        )  # fmt: skip


@contextmanager
def _made(name: bytes, above: bytes, folder: int) -> Iterator[BinaryIO]:
    with suppress(FileNotFoundError):  # left by a killed process with the same number
        os.unlink(name, dir_fd=folder)
    with making_in(above):
        descriptor = os.open(name, _MAKE, MODE, dir_fd=folder)
    with os.fdopen(descriptor, "w+b") as file:
        os.fchmod(file.fileno(), MODE)
        yield file


def _copy(layout: Layout, writer: BackupWriter) -> None:
    """Add every file of the campaign to a backup."""
    for path, name in files_of(layout):
        if name.startswith(_EVIDENCE):
            writer.add(name, _chunks(path))
        elif (data := read_file(path)) is not None:
            writer.add(name, [data])


def files_of(layout: Layout) -> Iterator[tuple[bytes, str]]:
    """Every file of a campaign that a backup has: its path, and its name in the backup.

    The units come first: whatever they refer to was written before them, and stays. Files
    whose names begin with a dot are temporary and left out. Raises StoreError for a file that
    does not belong to a campaign.
    """
    yield from _files(layout.folder, "")


def _files(folder: bytes, above: str) -> Iterator[tuple[bytes, str]]:
    with as_store_error(folder), os.scandir(folder) as found:
        entries = sorted(found, key=lambda entry: (entry.name != b"units", entry.name))
    for entry in entries:
        name = above + entry.name.decode("utf-8", "surrogateescape")
        if entry.name.startswith(b".") or name in DISPOSABLE:
            continue
        if entry.is_dir(follow_symlinks=False) and above != _UNITS:
            yield from _files(entry.path, name + "/")
        elif entry.is_file(follow_symlinks=False) and is_member_name(name) and name not in _FOLDERS:
            yield entry.path, name
        else:
            raise Unreadable(
                msg("{file} does not belong to a campaign. Move it away.", file=shown(entry.path))
            )


def _chunks(path: bytes) -> Iterator[bytes]:
    with as_store_error(path), os.fdopen(os.open(path, _READ), "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise Unreadable(msg("{file} is not a file. Move it away.", file=shown(path)))
        while chunk := file.read(CHUNK):
            yield chunk
