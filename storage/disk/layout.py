"""Where the files are in DATA/<campaign-id>/ (docs/storage.md, "The files").

Paths are bytes and names are UTF-8 whatever the locale, so that logins with a GBK and
a UTF-8 locale share the same files.
"""

from __future__ import annotations

import os
from typing import Final

from msgspec import Struct

from campaigns.errors import UsageError
from i18n.messages import msg

SUFFIX: Final = b".json"
_HEX: Final = frozenset(b"0123456789abcdef")
KEPT: Final = ".before-restore-"
"""A restore keeps the old folder as `<campaign-id>.before-restore-<time>`."""


class Layout(Struct, frozen=True):
    """The paths of one campaign's store. Nothing here touches the disk."""

    folder: bytes

    @property
    def units(self) -> bytes:
        """The folder with one file per unit."""
        return self.folder + b"/units"

    @property
    def locks(self) -> bytes:
        """The folder with one lock file per unit."""
        return self.folder + b"/locks"

    @property
    def archive(self) -> bytes:
        """The folder with one folder per unit that has archived events."""
        return self.folder + b"/archive"

    @property
    def definition(self) -> bytes:
        """The folder with one file for each definition that has been in force."""
        return self.folder + b"/definition"

    @property
    def feed(self) -> bytes:
        """The log of commits that tells other sessions which units to read again."""
        return self.folder + b"/feed.log"

    @property
    def definition_lock(self) -> bytes:
        """The lock for `definition`. It cannot be a unit's: no unit id begins with a dot."""
        return self.locks + b"/.definition.lock"

    def unit_file(self, unit: str) -> bytes:
        """The file of one unit."""
        return self.units + b"/" + _name(unit) + SUFFIX

    def unit_lock(self, unit: str) -> bytes:
        """The lock of one unit."""
        return self.locks + b"/" + _name(unit) + b".lock"

    def archive_of(self, unit: str) -> bytes:
        """The folder with one unit's archive."""
        return self.archive + b"/" + _name(unit)

    def archive_part(self, unit: str, first: int) -> bytes:
        """The part of a unit's archive that begins with the event of this number."""
        return self.archive_of(unit) + b"/%08d" % first + SUFFIX

    def operations(self, unit: str) -> bytes:
        """The index of a unit's archived operations."""
        return self.archive_of(unit) + b"/operations"


def unit_of(name: bytes) -> str | None:
    """The unit whose file in `units` has this name; None for temporary and foreign files."""
    if not name.endswith(SUFFIX) or name.startswith(b"."):
        return None
    try:
        return name.removesuffix(SUFFIX).decode()
    except UnicodeDecodeError:
        return None


def definition_name(name: bytes) -> tuple[int, str] | None:
    """The number and digest in the name of a definition's record; None for other files."""
    number, dash, digest = name.removesuffix(SUFFIX).partition(b"-")
    sound = number.isdigit() and 4 <= len(number) <= 9 and len(digest) == 64
    if not (sound and dash and name.endswith(SUFFIX) and _HEX.issuperset(digest)):
        return None
    return int(number), digest.decode()


def is_part(name: bytes) -> bool:
    """Whether a file in a unit's archive has the name of a part."""
    number = name.removesuffix(SUFFIX)
    return name != number and number.isdigit()


def temporary_of(path: bytes) -> bytes:
    """The temporary file for `path`, always the same: `/d/.a.json.tmp` for `/d/a.json`."""
    folder, name = os.path.split(path)
    return folder + b"/." + name + b".tmp"


def _name(unit: str) -> bytes:
    """The unit's id as a file name. Raises UsageError for `../x` and the like."""
    if unit[:1] in ("", ".") or "/" in unit or "\0" in unit:
        raise UsageError(msg("“{unit}” is not the id of a unit.", unit=unit))
    try:
        return unit.encode()
    except UnicodeEncodeError:
        name = unit.encode("utf-8", "backslashreplace").decode()
        raise UsageError(msg("“{unit}” is not the id of a unit.", unit=name)) from None
