"""The files that a cached definition depends on: its own, its time zone and its calendar."""

from __future__ import annotations

import os
import time
import zoneinfo
from importlib.util import find_spec

from campaigns.definition import Campaign, Source
from campaigns.reading.source import Unreadable, read_file
from storage.cache import cache_file


def key_of(source: Source) -> str:
    """The key of a definition in caches: the absolute path of its file."""
    return os.path.abspath(source.files[0][0])


def source_stamps(source: Source) -> dict[str, cache_file.Stamp | None] | None:
    """The stamps of a definition's files; None if a change might go unnoticed.

    That is the case if a file no longer has the content that was read, or was changed just now.
    """
    at = time.time_ns()
    found = cache_file.stamps(os.path.abspath(name) for name, _ in source.files)
    if None in found.values() or not cache_file.are_settled(found.values(), at):
        return None
    try:
        unchanged = all(read_file(name) == data for name, data in source.files)
    except Unreadable:
        return None
    return found if unchanged else None


def calendar_stamps(campaign: Campaign) -> dict[str, cache_file.Stamp | None] | None:
    """The stamps of the files with time zone and working days; None if changed just now."""
    at = time.time_ns()
    key = campaign.timezone
    files = [os.path.join(folder, key) for folder in zoneinfo.TZPATH]
    packages = [("tzdata", f"zoneinfo/{key}")]
    if campaign.calendar == "cn":
        packages.append(("chinese_calendar", "constants.py"))
    for package, name in packages:
        spec = find_spec(package)
        if spec is not None and spec.origin is not None:
            files.append(os.path.join(os.path.dirname(spec.origin), name))
    found = cache_file.stamps(files)
    return found if cache_file.are_settled(found.values(), at) else None
