"""Restoring a campaign from a backup: it is verified first, and nothing is ever deleted.

The files are unpacked into a new folder and checked there again. Only then does that folder
replace the campaign's, while all locks of the old one are held.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Final

from msgspec import Struct

from campaigns.errors import UsageError
from campaigns.history import Person
from i18n.messages import msg
from storage.backup.file import BackupReader
from storage.backup.histories import check_history
from storage.backup.manifest import Manifest, Member
from storage.disk import mounts
from storage.disk.exchange import closed_to_writers, put_in_place
from storage.disk.files import (
    FILE_MODE,
    FOLDER_MODE,
    Step,
    as_store_error,
    no_step,
    open_folder,
    read_file,
)
from storage.disk.layout import KEPT, Layout
from storage.disk.locks import hold_folder, make_data_folder
from storage.errors import Corrupt, Full, shown
from storage.unit.records import Malformed

_MAKE: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
_ALWAYS_THERE: Final = (b"units", b"locks", b"definition")


class Restored(Struct, frozen=True):
    """What was restored: the manifest, with the histories as found, and the campaign's folder.

    `kept` is where the old folder is now, None if there was none.
    """

    manifest: Manifest
    folder: bytes
    kept: bytes | None


def restore(
    backup: BackupReader,
    data: bytes,
    *,
    by: Person,
    at: datetime,
    replace: bool = False,
    damaged: bool = False,
    limit: float = 5.0,
    at_step: Step = no_step,
) -> Restored:
    """Restore a backup's campaign under the data folder `data`.

    With `replace` an existing campaign is kept as `<id>.before-restore-<time>`; `damaged`
    also accepts units that were already damaged when the backup was taken. `at` is aware;
    `limit` is how many seconds to wait for the locks of open sessions. `at_step` is called
    after each step: verified, unpacked, checked, closed (to writers), beside, in-place,
    folder-synced; closed and beside only if there is a folder to keep. Raises UsageError if the
    campaign exists and must not be replaced, else StoreError; then everything is as before.
    """
    manifest = backup.verify()
    at_step("verified")
    layout = Layout(data + b"/" + manifest.campaign.encode())
    _check(manifest, layout, replace=replace, damaged=damaged)
    mounts.refuse_network(data)
    make_data_folder(data, limit)
    _check_room(manifest, data)
    with _unpacked(backup, manifest, data, at_step) as fresh:
        kept = _take_place(
            fresh, layout, manifest, by=by, at=at, replace=replace, limit=limit, at_step=at_step
        )
    return Restored(manifest, layout.folder, kept)


def _check(manifest: Manifest, layout: Layout, *, replace: bool, damaged: bool) -> None:
    if os.path.lexists(layout.folder) and not replace:
        raise _in_the_way(layout)
    if manifest.damaged and not damaged:
        raise Corrupt(
            msg("These units were damaged before the backup was taken: {units}. Nothing was "
                "changed; use an earlier backup, or restore them as they were with --damaged.",
                units=", ".join(manifest.damaged))
        )  # fmt: skip


def _in_the_way(layout: Layout) -> UsageError:
    return UsageError(
        msg("{folder} already exists. With --force it is kept under another name and the backup "
            "takes its place.", folder=shown(layout.folder))
    )  # fmt: skip


def _check_room(manifest: Manifest, data: bytes) -> None:
    """Raise Full if the unpacked files would not fit on the disk."""
    with as_store_error(data):
        found = os.statvfs(data)
    needed = sum(member.size for member in manifest.files)
    if needed > found.f_bavail * found.f_frsize:
        raise Full(
            msg("{folder} has no room for the {needed} bytes of this backup. Nothing was changed; "
                "free space.", folder=shown(data), needed=needed)
        )  # fmt: skip


@contextmanager
def _unpacked(
    backup: BackupReader, manifest: Manifest, data: bytes, at_step: Step
) -> Iterator[bytes]:
    """A new folder with a backup's files, beside the campaigns; removed at the end if not moved."""
    name = f".{manifest.campaign}.restoring-{os.getpid()}"
    fresh = data + b"/" + name.encode()
    shutil.rmtree(fresh, ignore_errors=True)  # left by a killed process with the same number
    try:
        with as_store_error(fresh):
            _unpack_all(backup, fresh)
        at_step("unpacked")
        _check_unpacked(manifest, fresh)
        at_step("checked")
        yield fresh
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _unpack_all(backup: BackupReader, fresh: bytes) -> None:
    members = [(member, fresh + b"/" + member.name.encode()) for member in backup.manifest.files]
    folders = {fresh: None} | {fresh + b"/" + name: None for name in _ALWAYS_THERE}
    for _, path in members:
        folders |= dict.fromkeys(_folders_above(path, fresh))
    for folder in folders:
        _make_folder(folder)
    for member, path in members:
        _unpack(backup, member, path)
    for folder in folders:
        with open_folder(folder) as descriptor:
            os.fsync(descriptor)


def _folders_above(path: bytes, top: bytes) -> list[bytes]:
    """The folders between `top` and a path, from the top down."""
    folders = []
    while (path := os.path.dirname(path)) != top:
        folders.append(path)
    return folders[::-1]


def _make_folder(path: bytes) -> None:
    """Make a folder with the mode of a store's; setgid gives it the group of the data folder."""
    os.mkdir(path, 0o700)
    with open_folder(path) as descriptor:
        os.fchmod(descriptor, FOLDER_MODE)


def _unpack(backup: BackupReader, member: Member, path: bytes) -> None:
    with os.fdopen(os.open(path, _MAKE, 0o600), "wb") as file:
        os.fchmod(file.fileno(), FILE_MODE)
        for chunk in backup.chunks(member):
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())


def _check_unpacked(manifest: Manifest, fresh: bytes) -> None:
    """Raise Corrupt unless each history read back from the disk is as in the backup."""
    for chain in manifest.chains:
        path = Layout(fresh).unit_file(chain.unit)
        try:
            found = check_history(chain, lambda name: read_file(fresh + b"/" + name.encode()))
        except Malformed as malformed:
            raise _not_as_written(path) from malformed
        if found != chain:
            raise _not_as_written(path)


def _not_as_written(path: bytes) -> Corrupt:
    return Corrupt(
        msg("{file} does not read back as it was written: the disk may be failing. The "
            "campaign was not changed; check the disk.", file=shown(path))
    )  # fmt: skip


def _take_place(
    fresh: bytes,
    layout: Layout,
    manifest: Manifest,
    *,
    by: Person,
    at: datetime,
    replace: bool,
    limit: float,
    at_step: Step,
) -> bytes | None:
    """Put the unpacked folder in the campaign's place; give where the old one is kept, if any."""
    data = os.path.dirname(layout.folder)
    zone = manifest.zone
    with hold_folder(data, limit=limit) as folder, as_store_error(layout.folder):
        if not os.path.lexists(layout.folder):
            os.rename(fresh, layout.folder)
            at_step("in-place")
            os.fsync(folder)
            at_step("folder-synced")
            return None
        if not replace:
            raise _in_the_way(layout)
        when = at.astimezone(zone).strftime("%Y%m%dT%H%M%S")
        kept = _free_name(layout.folder + (KEPT + when).encode())
        with closed_to_writers(layout, by=by, zone=zone, limit=limit):
            at_step("closed")
            put_in_place(fresh, layout.folder, kept, at_step=at_step)
            at_step("in-place")
        os.fsync(folder)
        at_step("folder-synced")
    return kept


def _free_name(path: bytes) -> bytes:
    """The path, or if it exists the path with `-2`, `-3` and so on."""
    number, free = 1, path
    while os.path.lexists(free):
        number += 1
        free = path + b"-%d" % number
    return free
