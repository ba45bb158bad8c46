"""Writing a file that somebody named: whole or not at all, and never over another unasked."""

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
    """Raise UsageError where a file may not be written under this name."""
    if not name:
        raise UsageError(msg("The name of the file is empty. Give the path of a file."))
    target = Path(name)
    if not target.parent.is_dir():
        raise UsageError(msg("There is no folder {folder}.", folder=target.parent))
    if not os.path.lexists(target):
        return
    if not stat.S_ISREG(target.lstat().st_mode):
        raise UsageError(msg("{file} is not a file that can be replaced.", file=target))
    if not overwrite:
        raise UsageError(
            msg("{file} already exists. Give another name, or replace it with --force.",
                file=target)
        )  # fmt: skip


def write_file(name: str, data: bytes, *, overwrite: bool) -> None:
    """Put the data under this name, at every instant whole or not there.

    Raises UsageError as `check_target` does, and OSError where it cannot be written; then
    nothing has changed.
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
