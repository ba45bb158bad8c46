"""Checks of a campaign's data folder for `duban doctor`."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, tzinfo
from typing import Final

from i18n.messages import msg
from storage.disk import mounts
from storage.disk.files import nearest
from storage.disk.layout import Layout
from storage.errors import StoreError, from_os_error, shown
from storage.health import trial
from storage.health.finding import Finding, Level, fault, ok, warning
from storage.health.folders import leftovers, modes, old_caches
from storage.health.histories import histories
from storage.tiny.definitions import definition_records

_LEAST_BYTES: Final = 64 << 20
_LEAST_FILES: Final = 1000


def findings(layout: Layout, *, now: datetime, zone: tzinfo) -> Iterator[Finding]:
    """The findings of all checks of a campaign's store. `now` is in UTC.

    Nothing is changed, apart from files that a trial makes and removes again, and caches of
    earlier versions, which go.
    """
    data = os.path.dirname(layout.folder)
    yield _file_system(data)
    yield from _data_folder(data)
    try:
        os.lstat(layout.folder)
    except FileNotFoundError:
        yield _not_there_yet(layout.folder)
        yield from _can_be_made(data)
        return
    except OSError as error:
        # This message says what to do.
        yield fault("folder", from_os_error(error, data).message)
        return
    try:
        yield from old_caches(layout)
        yield from modes(layout)
        yield from leftovers(layout)
        yield _room(layout)
    except OSError as error:
        yield fault(
            "folder",
            msg(
                "{folder} cannot be checked: {reason}",
                folder=shown(_place_of(error, layout)),
                reason=error.strerror or str(error),
            ),
            msg("Give your group access to it."),
        )
    yield from _feed(layout)
    yield from (_tried(result) for result in trial.run(layout.folder))
    yield _definitions(layout)
    yield from histories(layout, now, zone)


def _not_there_yet(folder: bytes) -> Finding:
    fact = msg("{folder} does not exist yet; the first change makes it", folder=shown(folder))
    return ok("folder", fact)


def _place_of(error: OSError, layout: Layout) -> bytes:
    """The file or folder in the campaign's folder that an error is about."""
    return error.filename if isinstance(error.filename, bytes) else layout.folder


def _can_be_made(data: bytes) -> Iterator[Finding]:
    """Whether the first change can make the missing folder: tried in the nearest one there is."""
    place = nearest(data)
    if os.path.isdir(place):
        yield from (_tried(result) for result in trial.run(place))
    elif place != data:
        # If it is the data folder itself, _data_folder has reported it.
        yield _leads_nowhere(place)


def _leads_nowhere(link: bytes) -> Finding:
    error = FileNotFoundError(errno.ENOENT, "")
    return fault("folder", from_os_error(error, link).message)


def _feed(layout: Layout) -> Iterator[Finding]:
    """If the feed is not a file, changes are noticed only by the folder's time stamp."""
    with suppress(OSError):
        if not stat.S_ISREG(os.lstat(layout.feed).st_mode):
            yield warning(
                "feed",
                msg(
                    "{file} is not a file, so other sessions may notice changes later",
                    file=shown(layout.feed),
                ),
                msg("Move it away; the next change makes a new one."),
            )


def _definitions(layout: Layout) -> Finding:
    """Whether every definition that has been in force can be read."""
    try:
        count = len(definition_records(layout))
    except StoreError as error:
        return fault("definitions", error.message)
    return ok("definitions", msg("{n} put in force so far, all readable", n=count))


def _data_folder(data: bytes) -> Iterator[Finding]:
    """Without setgid, a new campaign gets the group of the officer who records first."""
    if os.path.islink(data) and not os.path.exists(data):
        yield _leads_nowhere(data)
    elif not os.path.lexists(data):
        yield _not_there_yet(data)
    elif os.path.isdir(data) and not os.stat(data).st_mode & stat.S_ISGID:
        yield warning(
            "folder",
            msg("{folder} does not pass its group on to new campaigns", folder=shown(data)),
            msg("Run: chmod 2770 {folder}", folder=shown(data)),
        )


def _file_system(data: bytes) -> Finding:
    kind = mounts.kind_of(data)
    if kind is None:
        return warning(
            "file-system",
            msg("it is not known which file system {folder} is on", folder=shown(data)),
            msg("Make sure that it is a local disk."),
        )
    if mounts.is_network(kind):
        return fault(
            "file-system",
            msg(
                "{folder} is on a network file system ({type}), where locks may not work",
                folder=shown(data),
                type=kind,
            ),
            msg("Move the data to a local disk."),
        )
    return ok("file-system", msg("{type}, a local one", type=kind))


def _room(layout: Layout) -> Finding:
    found = os.statvfs(layout.folder)
    free = found.f_bavail * found.f_frsize
    files = found.f_favail if found.f_files else None
    fact = msg("{mib} MiB free", mib=free >> 20)
    if files is not None:
        fact = msg("{mib} MiB and {files} files free", mib=free >> 20, files=files)
    if free < _LEAST_BYTES or (files is not None and files < _LEAST_FILES):
        return warning("space", fact, msg("Free space before changes are refused."))
    return ok("space", fact)


def _tried(result: trial.Result) -> Finding:
    return Finding(
        Level.OK if result.holds else Level.FAULT,
        result.subject,
        result.fact,
        None if result.holds else msg("Move the data to a local disk that this login can write."),
    )
