"""Reading files and replacing them in one step, so that a reader never sees half a file.

Modes are set explicitly, since with the usual umask, or mkstemp, the second officer could not
read the files. A folder's setgid bit passes its group on (docs/storage.md, "The files").
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Final

from i18n.messages import msg
from storage.disk.layout import temporary_of
from storage.errors import Linked, TooLarge, Unreadable, from_os_error, shown

FILE_MODE: Final = 0o660
FOLDER_MODE: Final = 0o2770
MAX_BYTES: Final = 64 * 1024 * 1024
"""Larger files are not read: no store writes them."""

_READ: Final = os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK
_MAKE: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
_FOLDER: Final = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC

Step = Callable[[str], None]
"""Called with the name of each step of a write, once it is done; tests stop a write there."""

Guard = Callable[[], None]
"""Raises StoreError if the lock file has been removed or replaced while it was held."""


def no_step(_name: str) -> None:
    """Do nothing at any step."""


def no_guard() -> None:
    """Check nothing."""


def read_file(path: bytes) -> bytes | None:
    """The bytes of a regular file, None if it does not exist. Raises StoreError."""
    try:
        descriptor = os.open(path, _READ)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise from_os_error(error, path) from error
    try:
        with as_store_error(path):
            return _read_regular(descriptor, path)
    finally:
        os.close(descriptor)


def replace_file(
    path: bytes, data: bytes, *, at_step: Step = no_step, still_held: Guard = no_guard
) -> None:
    """Replace the file at `path`, on disk before this returns; readers see the old or the new one.

    The caller holds the lock that guards `path`, since the temporary file has a fixed name
    and one left by a killed writer is removed. `still_held` is called right before the file
    is put in place. Raises StoreError, after removing the temporary file.
    """
    if len(data) > MAX_BYTES:
        raise TooLarge(
            msg("{file} would become too large to be read again ({mib} MiB at most). Nothing was "
                "recorded.", file=shown(path), mib=MAX_BYTES >> 20)
        )  # fmt: skip
    with as_store_error(path), open_store_folder(os.path.dirname(path)) as folder:
        temporary = os.path.basename(temporary_of(path))
        with suppress(FileNotFoundError):
            os.unlink(temporary, dir_fd=folder)
        try:
            with making_in(os.path.dirname(path)):
                _write_new(temporary, data, folder, at_step)
                still_held()
                os.replace(temporary, os.path.basename(path), src_dir_fd=folder, dst_dir_fd=folder)
        except BaseException:
            with suppress(OSError):
                os.unlink(temporary, dir_fd=folder)
            raise
        at_step("replaced")
        os.fsync(folder)
        at_step("folder-synced")


@contextmanager
def file_after(path: bytes, data: bytes) -> Iterator[None]:
    """Put a new file at `path` once the `with` block has succeeded, and none if it raises.

    The file is written before the block, so that a full disk is noticed before any work is
    done. If only the final rename fails, the work is kept without the file. The caller holds
    the lock that guards `path`. Raises StoreError.
    """
    temporary = temporary_of(path)
    with as_store_error(path), open_store_folder(os.path.dirname(path)) as folder:
        with suppress(FileNotFoundError):
            os.unlink(temporary)
        try:
            with making_in(os.path.dirname(path)):
                _write_new(os.path.basename(temporary), data, folder, no_step)
            yield
            with suppress(OSError):
                os.replace(temporary, path)
                os.fsync(folder)
        finally:
            with suppress(OSError):
                os.unlink(temporary)


@contextmanager
def open_folder(path: bytes) -> Iterator[int]:
    """Open a folder and give its descriptor."""
    descriptor = os.open(path, _FOLDER)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


@contextmanager
def open_store_folder(path: bytes) -> Iterator[int]:
    """Open a folder within the store; neither it nor the one it is in may be a link.

    Raises Linked for one.
    """
    above, name = os.path.split(path)
    try:
        outer = os.open(above, _FOLDER | os.O_NOFOLLOW | os.O_PATH)
        try:
            descriptor = os.open(name, _FOLDER | os.O_NOFOLLOW, dir_fd=outer)
        finally:
            os.close(outer)
    except OSError:
        refuse_links(above, path)
        raise
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def refuse_links(*paths: bytes) -> None:
    """Raise Linked for the first of these paths that is a symbolic link."""
    for path in paths:
        if os.path.islink(path):
            raise Linked(
                msg("{file} is a symbolic link. The folders of a campaign must be real ones: move "
                    "it away, and put the folder itself in its place.", file=shown(path))
            )  # fmt: skip


@contextmanager
def as_store_error(path: bytes) -> Iterator[None]:
    """Turn an OSError into the StoreError that tells people what is wrong with `path`."""
    try:
        yield
    except OSError as error:
        raise from_os_error(error, path) from error


@contextmanager
def making_in(folder: bytes) -> Iterator[None]:
    """Turn a denied creation of a file into a StoreError that names the folder, not the file."""
    try:
        yield
    except PermissionError as error:
        raise from_os_error(error, folder) from error


def nearest(path: bytes) -> bytes:
    """An absolute path, or the nearest folder above it that exists."""
    while not os.path.lexists(path):
        path = os.path.dirname(path)
    return path


def make_file(path: bytes, folder: int) -> None:
    """Make an empty file that never exists with the wrong mode.

    The caller holds the lock of its `folder`.
    """
    if os.path.lexists(path):
        return
    temporary = os.path.basename(temporary_of(path))
    with suppress(FileNotFoundError):
        os.unlink(temporary, dir_fd=folder)
    with making_in(os.path.dirname(path)):
        _write_new(temporary, b"", folder, no_step)
    os.rename(temporary, os.path.basename(path), src_dir_fd=folder, dst_dir_fd=folder)


def make_folder(path: bytes, parent: int) -> None:
    """Make a folder that never exists with the wrong mode.

    The caller holds the lock of its `parent`.
    """
    if os.path.isdir(path):
        return
    temporary = os.path.basename(temporary_of(path))
    with suppress(FileNotFoundError):
        os.rmdir(temporary, dir_fd=parent)
    with making_in(os.path.dirname(path)):
        os.mkdir(temporary, 0o700, dir_fd=parent)
    descriptor = os.open(temporary, _FOLDER | os.O_NOFOLLOW, dir_fd=parent)
    try:
        os.fchmod(descriptor, FOLDER_MODE)
    finally:
        os.close(descriptor)
    os.rename(temporary, os.path.basename(path), src_dir_fd=parent, dst_dir_fd=parent)
    os.fsync(parent)


def _read_regular(descriptor: int, path: bytes) -> bytes:
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        raise Unreadable(msg("{file} is not a file. Move it away.", file=shown(path)))
    if status.st_size > MAX_BYTES:
        raise Unreadable(
            msg(
                "{file} is too large to be a unit's record. Restore it from a backup.",
                file=shown(path),
            )
        )
    parts = []
    while part := os.read(descriptor, status.st_size + 1):
        parts.append(part)
    return b"".join(parts)


def _write_new(name: bytes, data: bytes, folder: int, at_step: Step) -> None:
    descriptor = os.open(name, _MAKE, 0o600, dir_fd=folder)
    try:
        os.fchmod(descriptor, FILE_MODE)
        at_step("temporary-made")
        _write_all(descriptor, data)
        at_step("written")
        os.fsync(descriptor)
        at_step("synced")
    finally:
        os.close(descriptor)


def _write_all(descriptor: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]
