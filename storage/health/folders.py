"""Whether the group can use every file of a campaign, and whether there are leftover files."""

from __future__ import annotations

import os
import re
import shutil
import stat
from collections.abc import Iterator
from typing import Final

from i18n.messages import msg
from storage.disk.files import FILE_MODE, FOLDER_MODE
from storage.disk.layout import Layout, unit_of
from storage.errors import shown
from storage.health.finding import Finding, Level, fault, ok, warning

_RESTORING: Final = re.compile(rb"\..+\.restoring-\d+")
_LISTED: Final = 5


def modes(layout: Layout) -> Iterator[Finding]:
    """Check that every file and folder has the mode and group that lets other officers in."""
    group = os.stat(layout.folder).st_gid
    count, wrong = 0, 0
    for path, status in _below(layout.folder):
        is_folder = stat.S_ISDIR(status.st_mode)
        mode, wanted = stat.S_IMODE(status.st_mode), FOLDER_MODE if is_folder else FILE_MODE
        count += 1
        if path == layout.feed and is_folder:
            continue  # storage.health.checks reports it
        if stat.S_ISLNK(status.st_mode):
            wrong += 1
            yield fault(
                "modes",
                msg("{file} is a symbolic link", file=shown(path)),
                msg("Move it away, and put the file or folder itself in its place."),
            )
            continue
        if mode & wanted == wanted and not mode & 0o007 and status.st_gid == group:
            continue
        wrong += 1
        if wrong <= _LISTED:
            yield _wrong_mode(path, mode, wanted, status.st_gid, group)
    if wrong > _LISTED:
        yield fault(
            "modes",
            msg("{n} more files and folders have a wrong mode or group", n=wrong - _LISTED),
            msg("Fix them like those above."),
        )
    if not wrong:
        yield ok("modes", msg("{n} files and folders, all of one group", n=count))


def _wrong_mode(path: bytes, mode: int, wanted: int, gid: int, group: int) -> Finding:
    if gid != group:
        fact = msg("{file} has the group {gid}, its campaign has {group}",
                   file=shown(path), gid=gid, group=group)  # fmt: skip
        return fault("modes", fact, msg("Run: chgrp {group} {file}", group=group, file=shown(path)))
    lacking = mode & wanted != wanted
    fact = msg("{file} has the mode {mode}, not {wanted}",
               file=shown(path), mode=f"{mode:04o}", wanted=f"{wanted:04o}")  # fmt: skip
    return Finding(
        Level.FAULT if lacking else Level.WARNING,
        "modes",
        fact,
        msg("Run: chmod {wanted} {file}", wanted=f"{wanted:04o}", file=shown(path)),
    )


def _below(folder: bytes) -> Iterator[tuple[bytes, os.stat_result]]:
    """A folder and everything below it, leaving out what disappears meanwhile."""
    yield folder, os.lstat(folder)
    for above, folders, files in os.walk(folder, onerror=_raise):
        folders[:] = [name for name in folders if not _is_temporary(name)]
        for name in sorted((*folders, *files)):
            path = above + b"/" + name
            try:
                status = os.lstat(path)
            except FileNotFoundError:
                continue
            if not _is_temporary(name):
                yield path, status


def _is_temporary(name: bytes) -> bool:
    return name.startswith(b".") and name.endswith((b".tmp", b".aside"))


def _raise(error: OSError) -> None:
    raise error


def old_caches(layout: Layout) -> Iterator[Finding]:
    """Remove the caches that earlier versions kept in the campaign's folder."""
    path = layout.folder + b"/cache"
    if not os.path.lexists(path):
        return
    try:
        shutil.rmtree(path)
    except OSError:
        yield warning(
            "caches",
            msg("{file} was left by an earlier version", file=shown(path)),
            msg("duban does not need it; delete it while no session is open."),
        )
    else:
        yield ok("caches", msg("{file}, left by an earlier version, was removed", file=shown(path)))


def leftovers(layout: Layout) -> Iterator[Finding]:
    """Files of killed writers, folders of killed restores, and foreign files among the records."""
    data = os.path.dirname(layout.folder)
    found = list(_temporary_files(layout))
    found += [data + b"/" + name for name in os.listdir(data) if _RESTORING.fullmatch(name)]
    found += [
        layout.units + b"/" + name
        for name in _names(layout.units)
        if not name.startswith(b".") and not name.startswith(_copy_prefixes(layout))
        and unit_of(name) is None
    ]  # fmt: skip
    for path in found[:_LISTED]:
        yield warning(
            "leftovers",
            msg("{file} was left behind", file=shown(path)),
            msg("duban does not need it; delete it while no session is open."),
        )
    if not found:
        yield ok("leftovers", msg("none"))


def _copy_prefixes(layout: Layout) -> tuple[bytes, ...]:
    """How the names of copies start that a migration leaves beside the records."""
    records = [name for name in _names(layout.units) if unit_of(name) is not None]
    return tuple(name + b".schema" for name in records)


def _temporary_files(layout: Layout) -> Iterator[bytes]:
    for above, folders, files in os.walk(layout.folder):
        yield from (above + b"/" + name for name in sorted((*folders, *files))
                    if _is_temporary(name))  # fmt: skip


def _names(folder: bytes) -> list[bytes]:
    try:
        return sorted(os.listdir(folder))
    except FileNotFoundError:
        return []
