"""Parsed definitions in the caches of a login (docs/storage.md, "Caches").

Reading one back needs neither YAML nor the loader: msgspec decodes it by the classes of
campaigns.definition.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Final

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from campaigns.definition import Activity, Campaign, Source
from campaigns.reading.source import Loaded, Unreadable, folder_of, read_file, within
from storage.cache import cache_file
from storage.cache.stamps import calendar_stamps, key_of, source_stamps

_KIND: Final = "definition"

_Stamps = dict[str, list[int] | None]


class Kept(Struct, frozen=True):
    """A definition as it is cached.

    Many activities are for the same units, so each set of units is written once: `units` has
    the different sets, and the activities of `campaign` the index of theirs.
    """

    source: _Stamps
    calendar: _Stamps
    names: list[str]
    digest: str
    units: list[frozenset[str]]
    campaign: Campaign


def load(path: str, caches: str | None) -> Loaded:
    """Read a definition, from the caches of the login if possible.

    Raises the loader's errors.
    """
    kept = _kept(os.path.abspath(path), caches)
    loaded = None if kept is None else _restored(kept, path)
    if loaded is not None:
        return loaded
    # Imported here: it needs YAML.
    from campaigns.reading import loader

    loaded = loader.load(path)
    keep(loaded, caches)
    return loaded


def keep(loaded: Loaded, caches: str | None) -> None:
    """Cache a parsed definition, if there can be caches."""
    if caches is None:
        return
    source = source_stamps(loaded.source)
    calendar = calendar_stamps(loaded.campaign)
    if source is None or calendar is None:
        return
    home = folder_of(loaded.source.files[0][0])
    names = [within(home, name) for name, _ in loaded.source.files]
    kept = Kept(source, calendar, names, loaded.source.digest, *without_units(loaded.campaign))
    cache_file.write_bytes(caches, _KIND, key_of(loaded.source), msgspec.json.encode(kept))


def _kept(key: str, caches: str | None) -> Kept | None:
    body = cache_file.read_bytes(caches, _KIND, key)
    try:
        return None if body is None else msgspec.json.decode(body, type=Kept)
    except (ValueError, RecursionError):
        return None


def _restored(kept: Kept, path: str) -> Loaded | None:
    """The cached definition, if its files are unchanged."""
    try:
        folder = os.path.dirname(path)
        names = [path, *(os.path.join(folder, name) for name in kept.names[1:])]
        files = tuple((name, read_file(name)) for name in names)
        # After reading them, so that the bytes belong to the stamps.
        if not all(map(cache_file.are_unchanged, (kept.source, kept.calendar))):
            return None
        campaign = with_units(kept.units, kept.campaign)
        return Loaded(campaign, Source(files, kept.digest))
    except (Unreadable, ValueError, LookupError):
        return None


def without_units(campaign: Campaign) -> tuple[list[frozenset[str]], Campaign]:
    """The different sets of units, and the campaign with the index of a set in their place."""
    sets: dict[frozenset[str], int] = {}

    def indexed(activity: Activity) -> frozenset[str]:
        return frozenset({str(sets.setdefault(activity.units, len(sets)))})

    without = _with(indexed, campaign)
    return list(sets), without


def with_units(sets: list[frozenset[str]], campaign: Campaign) -> Campaign:
    """The campaign that `without_units` was given. Raises LookupError or ValueError."""

    def found(activity: Activity) -> frozenset[str]:
        (index,) = activity.units
        return sets[int(index)]

    return _with(found, campaign)


def _with(units_of: Callable[[Activity], frozenset[str]], campaign: Campaign) -> Campaign:
    sections = tuple(
        replace(
            section,
            activities=tuple(replace(each, units=units_of(each)) for each in section.activities),
        )
        for section in campaign.sections
    )
    return replace(campaign, sections=sections)
