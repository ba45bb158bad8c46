"""Writing a file to a path from the command line: completely or not at all."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import Final

from campaigns.errors import UsageError
from i18n.messages import msg

_NEW: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC


def check_target(name: str, *, overwrite: bool) -> None:
    """Raise UsageError if a file must not be written to this path."""
    if not name:
        raise UsageError(msg("The name of the file is empty. Give the path of a file."))
    target = Path(name)
    if not target.parent.is_dir():
        raise UsageError(
            msg("There is no folder {folder}. Make it, or give another path.",
                folder=target.parent)
        )  # fmt: skip
    if not os.path.lexists(target):
        return
    if not stat.S_ISREG(target.lstat().st_mode):
        raise UsageError(msg("{file} is not a regular file. Give another name.", file=target))
    if not overwrite:
        raise UsageError(
            msg("{file} already exists. Give another name, or replace it with --force.",
                file=target)
        )  # fmt: skip


def write_file(name: str, data: bytes, *, overwrite: bool) -> None:
    """Write a file in one step, so that nobody sees half of it.

    Raises UsageError as `check_target` does, and OSError if it cannot be written; then nothing
    has changed.
    """
    target = Path(name)
    temporary = target.with_name(f".duban-{os.getpid()}.tmp")
    descriptor = os.open(temporary, _NEW, 0o666)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(descriptor)
        check_target(name, overwrite=overwrite)
        temporary.replace(target)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
