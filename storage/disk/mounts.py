"""Which file system a folder is on, to refuse network ones, where `flock` may not work."""

from __future__ import annotations

import os
import re
from typing import Final

from i18n.messages import msg
from storage.errors import NetworkFileSystem, shown

_MOUNTS: Final = "/proc/self/mountinfo"
_NETWORK: Final = frozenset(
    {"9p", "acfs", "afs", "autofs", "beegfs", "ceph", "cifs", "coda", "davfs", "drvfs", "fhgfs"}
    | {"gfs", "gfs2", "glusterfs", "gpfs", "lustre", "ncpfs", "nfs", "nfs4", "ocfs2", "orangefs"}
    | {"prl_fs", "smb2", "smb3", "smbfs", "vboxsf", "vmhgfs"}
)
_LOCAL_FUSE: Final = frozenset(
    {"fuse.bindfs", "fuse.encfs", "fuse.ext2", "fuse.fuse-overlayfs", "fuse.gocryptfs"}
    | {"fuse.mergerfs", "fuse.ntfs-3g", "fuse.zfs"}
)


def filesystem_type(mountinfo: str, path: str) -> str | None:
    """The type of the file system that `path` (absolute, links resolved) is on, such as `ext4`.

    `mountinfo` is the text of /proc/self/mountinfo. The longest mount point counts, and of
    equal ones the last, which is mounted over the others. None if none matches.
    """
    best, found = -1, None
    for line in mountinfo.splitlines():
        before, separator, after = line.partition(" - ")
        fields = before.split(" ")
        if not separator or len(fields) < 5:
            continue
        point = _unescape(fields[4])
        if len(point) >= best and _is_under(path, point):
            best, found = len(point), after.split(" ", 1)[0]
    return found


def is_network(kind: str) -> bool:
    """Whether a type of file system is, or may be, shared over a network."""
    if kind == "fuse" or kind.startswith("fuse."):
        return kind not in _LOCAL_FUSE
    return kind in _NETWORK


def kind_of(folder: bytes) -> str | None:
    """The type of the file system that holds a folder, or would if it were made.

    None if the list of mounts cannot be read.
    """
    try:
        with open(_MOUNTS, encoding="utf-8", errors="surrogateescape") as file:
            mounts = file.read()
    except OSError:
        return None
    return filesystem_type(mounts, os.path.realpath(folder).decode("utf-8", "surrogateescape"))


def refuse_network(folder: bytes) -> None:
    """Raise NetworkFileSystem if the folder is on a network file system, or would be.

    If the list of mounts cannot be read, nothing is refused.
    """
    kind = kind_of(folder)
    if kind is not None and is_network(kind):
        raise NetworkFileSystem(
            msg("{folder} is on a network file system ({type}), where two officers could "
                "overwrite each other. Choose a data folder on a local disk (-d or DUBAN_DATA).",
                folder=shown(folder), type=kind)
        )  # fmt: skip


def _is_under(path: str, point: str) -> bool:
    return point == "/" or path == point or path.startswith(point + "/")


def _unescape(field: str) -> str:
    r"""Undo the octal escapes in a mount point: `/mnt/my\040disk` is `/mnt/my disk`."""
    return re.sub(r"\\([0-7]{3})", lambda match: chr(int(match[1], 8)), field)
