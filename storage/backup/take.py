"""Taking a backup while others write: one file, whole, read back before it is believed.

No lock is taken, so a backup waits for nobody: a unit's file is opened once and was
put in place whole, with its entries and history together. What was acknowledged
before the backup began is in it.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import BinaryIO, Final
from zoneinfo import ZoneInfo

from campaigns.errors import UsageError
from campaigns.history import Person
from i18n.messages import msg
from storage.backup.file import CHUNK, BackupWriter, open_backup
from storage.backup.manifest import DISPOSABLE, Manifest, is_member_name
from storage.disk.files import Step, as_store_error, making_in, no_step, open_folder, read_file
from storage.disk.layout import Layout
from storage.errors import StoreError, Unreadable, shown
from storage.tiny.reader import check_folder

MODE: Final = 0o600
"""A backup holds telephone numbers: it belongs to whoever took it."""

_EVIDENCE: Final = "evidence/"
_UNITS: Final = "units/"
_ROOMS: Final = frozenset({"units", "archive", "definition", "evidence"})
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
    """Write a campaign's folder into the file `target`, and read it back.

    `version` is duban's own. Damaged units, and those that only a newer duban can check,
    are copied as they are and told by the manifest. `at_step` is told each step that is
    done: temporary-made, copied, sealed, verified, replaced, folder-synced. Raises
    UsageError for a target that is in the way or in the folder itself, StoreError for what
    cannot be read or written; then there is no new file.
    """
    _check(layout, target, overwrite)
    with as_store_error(target), open_folder(os.path.dirname(target)) as folder:
        temporary = b".duban-backup-%d.tmp" % os.getpid()
        path = os.path.dirname(target) + b"/" + temporary
        try:
            with (
                _made(temporary, os.path.dirname(target), folder) as file,
                BackupWriter(file) as writer,
            ):
                at_step("temporary-made")
                begun = os.stat(layout.folder)
                _copy(layout, writer)
                at_step("copied")
                manifest = Manifest(
                    version, campaign, zone, at, by, writer.chains(), tuple(writer.members)
                )
                writer.finish(manifest)
                at_step("sealed")
                _check_same(layout, begun)
            with open_backup(path) as backup:
                backup.verify()
            at_step("verified")
            _check_target(target, overwrite)
            os.replace(temporary, os.path.basename(target), src_dir_fd=folder, dst_dir_fd=folder)
        except BaseException:
            with suppress(OSError):
                os.unlink(temporary, dir_fd=folder)
            raise
        at_step("replaced")
        os.fsync(folder)
        at_step("folder-synced")
    return manifest


def _check(layout: Layout, target: bytes, overwrite: bool) -> None:
    _check_target(target, overwrite)
    if not check_folder(layout):
        raise UsageError(
            msg("There is nothing to back up: {folder} holds no progress.",
                folder=shown(layout.folder))
        )  # fmt: skip
    inside = os.path.realpath(layout.folder) + b"/"
    if (os.path.realpath(os.path.dirname(target)) + b"/").startswith(inside):
        raise UsageError(
            msg("{file} lies in the campaign's own folder. Choose another place for the backup.",
                file=shown(target))
        )  # fmt: skip


def _check_target(target: bytes, overwrite: bool) -> None:
    if os.path.isdir(target):
        raise UsageError(msg("{file} is a folder. Name a file for the backup.", file=shown(target)))
    if os.path.lexists(target) and not overwrite:
        raise UsageError(
            msg("{file} exists already. Choose another name, or replace it with --force.",
                file=shown(target))
        )  # fmt: skip


def _check_same(layout: Layout, begun: os.stat_result) -> None:
    """Raise StoreError if a restore has put another folder in place meanwhile."""
    if not os.path.samestat(begun, os.stat(layout.folder)):
        raise StoreError(
            msg("{folder} was restored while the backup was taken. Try again.",
                folder=shown(layout.folder))
        )  # fmt: skip


@contextmanager
def _made(name: bytes, above: bytes, folder: int) -> Iterator[BinaryIO]:
    with suppress(FileNotFoundError):  # left by a killed process of the same number
        os.unlink(name, dir_fd=folder)
    with making_in(above):
        descriptor = os.open(name, _MAKE, MODE, dir_fd=folder)
    with os.fdopen(descriptor, "w+b") as file:
        os.fchmod(file.fileno(), MODE)
        yield file


def _copy(layout: Layout, writer: BackupWriter) -> None:
    """Copy every file worth keeping."""
    for path, name in files_of(layout):
        if name.startswith(_EVIDENCE):
            writer.add(name, _chunks(path))
        elif (data := read_file(path)) is not None:
            writer.add(name, [data])


def files_of(layout: Layout) -> Iterator[tuple[bytes, str]]:
    """Every file of a campaign worth keeping: its path, and its name in a backup.

    The units come first: what they refer to was written before them, and stays. Names
    that begin with a dot are temporaries. Raises StoreError for what is no file of a
    campaign.
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
        elif entry.is_file(follow_symlinks=False) and is_member_name(name) and name not in _ROOMS:
            yield entry.path, name
        else:
            raise Unreadable(
                msg("{file} is no file of a campaign. Move it away.", file=shown(entry.path))
            )


def _chunks(path: bytes) -> Iterator[bytes]:
    with as_store_error(path), os.fdopen(os.open(path, _READ), "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise Unreadable(msg("{file} is not a file. Move it away.", file=shown(path)))
        while chunk := file.read(CHUNK):
            yield chunk
