"""Definitions kept compiled in the cache of their store (docs/storage.md, "Caches").

Neither YAML nor the loader is needed to read one again.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path, PurePath
from typing import Any

from campaigns.definition import Source
from campaigns.reading.source import Loaded, Unreadable, read_file, within
from storage.cache import cache_file
from storage.cache.campaign import compile_campaign, restore_campaign
from storage.cache.stamps import asked_of, calendar_stamps, source_stamps

_NAME = b"/definition.json"


def load(path: Path, data: Path) -> Loaded:
    """Read a definition, compiled where a store under `data` has it.

    Raises what the loader raises.
    """
    for kept in _kept(os.path.abspath(path), data):
        loaded = _restored(kept, path)
        if loaded is not None:
            return loaded
    # Only where there is no compiled one: it needs YAML.
    from campaigns.reading import loader

    loaded = loader.load(path)
    keep(loaded, data)
    return loaded


def keep(loaded: Loaded, data: Path) -> None:
    """Keep a definition compiled for the next reader, if its store is there and can be written."""
    folder = _store(data, loaded.campaign.id)
    if not os.path.isdir(folder + b"/units"):
        return
    source = source_stamps(loaded.source)
    calendar = calendar_stamps(loaded.campaign)
    if source is None or calendar is None:
        return
    home = PurePath(loaded.source.files[0][0]).parent
    value = {
        "source": source,
        "calendar": calendar,
        "names": [within(home, name) for name, _ in loaded.source.files],
        "digest": loaded.source.digest,
        "campaign": compile_campaign(loaded.campaign),
    }
    cache_file.write(cache_file.folder_of(folder) + _NAME, value, asked_of(loaded.source))


def _kept(asked: str, data: Path) -> Iterator[Any]:
    """What the stores under a data folder keep of a definition."""
    try:
        stores = os.listdir(data)
    except OSError:
        return
    for store in stores:
        value = cache_file.read(cache_file.folder_of(_store(data, store)) + _NAME, asked)
        if value is not None:
            yield value


def _restored(kept: Any, path: Path) -> Loaded | None:
    """The definition that was kept, if its files still are what it was compiled from."""
    try:
        names = [path, *(path.parent / name for name in kept["names"][1:])]
        files = tuple((str(name), read_file(name)) for name in names)
        # After the reading, so that the bytes are those of the stamps.
        if not (cache_file.same_as(kept["source"]) and cache_file.same_as(kept["calendar"])):
            return None
        return Loaded(restore_campaign(kept["campaign"]), Source(files, str(kept["digest"])))
    except (Unreadable, ValueError, LookupError, TypeError, AttributeError):
        return None


def _store(data: Path, campaign: str) -> bytes:
    return os.path.join(os.path.abspath(os.fsencode(data)), os.fsencode(campaign))
