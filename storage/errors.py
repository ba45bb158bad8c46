"""Errors of a store, and the conflicts that only a store can detect.

Every StoreError carries exit code 4, every conflict 6 (docs/commands.md, "Exit codes").
"""

from __future__ import annotations

import errno
import os
from typing import ClassVar, Final

from campaigns.entries import Entry
from campaigns.errors import Conflict, DubanError
from i18n.messages import Message, msg


class StoreError(DubanError):
    """Progress could not be read or written. What was stored before is unchanged."""

    exit_code: ClassVar[int] = 4


class Locked(StoreError):
    """Somebody else held the lock for longer than the time limit."""


class Unreadable(StoreError):
    """A file of the store exists but cannot be read, or should exist but does not."""


class Corrupt(Unreadable):
    """A file of the store has content that no store would write. It is left as it is."""


class Vanished(Corrupt):
    """A unit's record is missing, though something else says that it had one."""


class Linked(Unreadable):
    """A folder of the store is a symbolic link, which is never followed."""


class NewerSchema(Unreadable):
    """A file was written by a newer duban."""


class Full(StoreError):
    """No room: the disk or quota is full, or the limit on file sizes is reached."""


class TooLarge(StoreError):
    """A file would become larger than what is read back."""


class ReadOnly(StoreError):
    """The file system is mounted read-only."""


class Denied(StoreError):
    """The login lacks permission on a file or folder of the store."""


class TooManyOpenFiles(StoreError):
    """The process or the system cannot open any more files."""


class NetworkFileSystem(StoreError):
    """The data folder is on a file system where locks may not work."""


class StaleRevision(Conflict):
    """The item is not at the revision that the caller saw.

    `seen` is the entry at that revision (None if the item never had it), `current` the
    entry now; each says who recorded it.
    """

    def __init__(self, message: Message, *, item: str, seen: Entry | None, current: Entry) -> None:
        super().__init__(message)
        self.item = item
        self.seen = seen
        self.current = current


class NothingToUndo(Conflict):
    """The item has no change left to undo, or to redo."""


class RepeatedOperation(Conflict):
    """The operation id was used before, for another item or another change."""


class DefinitionChanged(Conflict):
    """Another definition was put in force after the caller opened the campaign."""


def shown(path: bytes) -> str:
    """A path as text for people."""
    return path.decode("utf-8", "replace")


def from_os_error(error: OSError, path: bytes) -> StoreError:
    """The error for people after a failed system call on a file or folder of the store.

    If the cause is a folder above it (no permission, or not a folder), that folder is named.
    """
    kind, text = _KINDS.get(error.errno or 0, (StoreError, _OTHER))
    reason = error.strerror or str(error)
    cause = _cause(error, path)
    return kind(Message(text.text, {"file": shown(cause), "reason": reason}))


def _cause(error: OSError, path: bytes) -> bytes:
    """The first folder above a path that explains the error, or the path itself."""
    for above in _folders_above(path):
        if error.errno == errno.ENOTDIR and os.path.lexists(above) and not os.path.isdir(above):
            return above
        if isinstance(error, PermissionError) and not os.access(above, os.X_OK):
            return above
    return path


def _folders_above(path: bytes) -> list[bytes]:
    """The folders above an absolute path, from the top down."""
    folders = []
    while (above := os.path.dirname(path)) not in (path, b""):
        folders.append(above)
        path = above
    return folders[::-1]


_OTHER: Final = msg("{file} cannot be used: {reason}. Ask the administrator.")
_FULL: Final = msg(
    "There is no room to write {file} ({reason}). Nothing was changed; free some space."
)
_READ_ONLY: Final = msg(
    "{file} is on a read-only file system. Nothing was changed; ask the administrator."
)
_DENIED: Final = msg(
    "You may not read or write {file} ({reason}). Ask the administrator to give your group access."
)
_OPEN_FILES: Final = msg(
    "{file} cannot be opened: too many files are open. Close other sessions and try again."
)
_LINK: Final = msg(
    "{file} is a symbolic link, which duban does not follow. Put the file itself in its place."
)
_MISSING: Final = msg(
    "{file} does not exist and cannot be made. Mount its disk, or name another folder."
)
_NOT_A_FOLDER: Final = msg("{file} is not a folder, but should be one. Move it away.")
_NOT_A_FILE: Final = msg("{file} is a folder, but should be a file. Move it away.")

_KINDS: Final[dict[int, tuple[type[StoreError], Message]]] = {
    errno.ENOSPC: (Full, _FULL),
    errno.EDQUOT: (Full, _FULL),
    errno.EFBIG: (Full, _FULL),
    errno.EROFS: (ReadOnly, _READ_ONLY),
    errno.ENOENT: (StoreError, _MISSING),
    errno.EACCES: (Denied, _DENIED),
    errno.EPERM: (Denied, _DENIED),
    errno.EMFILE: (TooManyOpenFiles, _OPEN_FILES),
    errno.ENFILE: (TooManyOpenFiles, _OPEN_FILES),
    errno.ELOOP: (Unreadable, _LINK),
    errno.ENOTDIR: (StoreError, _NOT_A_FOLDER),
    errno.EISDIR: (Unreadable, _NOT_A_FILE),
}
