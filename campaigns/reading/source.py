"""The files that a campaign is read from: bytes, names and digest."""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from typing import Final, NamedTuple

from campaigns.definition import Campaign, Source
from i18n.messages import Message, msg

LARGEST_FILE: Final = 1 << 20
"""The most bytes of a definition or a YAML roster."""


class Loaded(NamedTuple):
    """A campaign and the text it was read from."""

    campaign: Campaign
    source: Source


class Unreadable(Exception):
    """A file cannot be read; `why` is the reason, without the file name."""

    def __init__(self, why: Message) -> None:
        super().__init__(str(why))
        self.why = why


def read_file(path: str | os.PathLike[str]) -> bytes:
    """The bytes of a file. Raises Unreadable, also for a file that is too large."""
    try:
        with open(path, "rb", opener=_at_once) as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise Unreadable(msg("it is not a regular file"))
            return file.read(LARGEST_FILE + 1)
    except IsADirectoryError:
        raise Unreadable(msg("it is a folder")) from None
    except FileNotFoundError:
        raise Unreadable(msg("it does not exist")) from None
    except PermissionError:
        raise Unreadable(msg("you may not read it")) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise Unreadable(msg("it cannot be read ({reason})", reason=reason)) from None


def _at_once(path: str, flags: int) -> int:
    """Open a file without waiting for the other end of a FIFO."""
    return os.open(path, flags | os.O_NONBLOCK)


def source_of(files: Sequence[tuple[str, bytes]]) -> Source:
    """The source made of these files: the definition, then the roster if there is one."""
    return Source(tuple(files), _digest(files))


def _digest(files: Sequence[tuple[str, bytes]]) -> str:
    """The SHA-256 of names and bytes, each after its length.

    Names are relative to the folder of the definition, so that it does not matter how the
    definition was named.
    """
    import hashlib

    folder = folder_of(files[0][0])
    digest = hashlib.sha256()
    for name, data in files:
        for part in (within(folder, name).encode("utf-8", "surrogateescape"), data):
            digest.update(len(part).to_bytes(8, "big"))
            digest.update(part)
    return digest.hexdigest()


# As pathlib does it, whose import would take 3 % of a `status` without caches.


def tidy(path: str) -> str:
    """The path without doubled slashes, `.` and a slash at the end; `.` if nothing is left."""
    slashes = len(path) - len(path.lstrip("/"))
    root = "//" if slashes == 2 else "/" * min(slashes, 1)
    return root + "/".join(part for part in path.split("/") if part not in ("", ".")) or "."


def folder_of(path: str) -> str:
    """The folder that a file is in, tidy."""
    return tidy(os.path.dirname(tidy(path)))


def within(folder: str, name: str) -> str:
    """The name of a file relative to a tidy folder, unchanged if it is not below it."""
    path = tidy(name)
    if folder == ".":
        return name if path.startswith("/") else path
    below = path.removeprefix(folder if folder.endswith("/") else f"{folder}/")
    return name if below == path or below.startswith("/") else below
