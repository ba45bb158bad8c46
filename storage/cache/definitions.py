"""Parsed definitions in the cache of their store (docs/storage.md, "Caches").

Reading one back needs neither YAML nor the loader. The format follows the classes of
campaigns.definition, so that a new field needs no change here. A value of them becomes
`["Name", field, …]` without the last fields if they have their defaults, which makes thousands
of units quick to read; other values that JSON lacks become a list with a tag in front, such
as `["date", "2022-06-15"]`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time
from pathlib import Path, PurePath
from typing import Any, Final

from msgspec import NODEFAULT, Struct
from msgspec.structs import FieldInfo, fields

from campaigns import definition
from campaigns.definition import Campaign, Source
from campaigns.reading.source import Loaded, Unreadable, read_file, within
from storage.cache import cache_file
from storage.cache.stamps import calendar_stamps, key_of, source_stamps

_NAME: Final = b"/definition.json"
_TUPLE, _SET, _DATE, _TIME = "()", "{}", "date", "time"

_CLASSES: Final[Mapping[str, Callable[..., Any]]] = {
    name: value
    for name, value in vars(definition).items()
    if isinstance(value, type) and issubclass(value, Struct)
}


def load(path: Path, data: Path) -> Loaded:
    """Read a definition, from the cache of a store under `data` if possible.

    Raises the loader's errors.
    """
    for kept in _kept(os.path.abspath(path), data):
        loaded = _restored(kept, path)
        if loaded is not None:
            return loaded
    # Imported here: it needs YAML.
    from campaigns.reading import loader

    loaded = loader.load(path)
    keep(loaded, data)
    return loaded


def keep(loaded: Loaded, data: Path) -> None:
    """Cache a parsed definition, if its store exists and can be written."""
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
        "campaign": to_plain(loaded.campaign),
    }
    cache_file.write(cache_file.folder_of(folder) + _NAME, value, key_of(loaded.source))


def _kept(key: str, data: Path) -> Iterator[Any]:
    """What is cached for a definition in the stores under a data folder."""
    try:
        stores = os.listdir(data)
    except OSError:
        return
    for store in stores:
        value = cache_file.read(cache_file.folder_of(_store(data, store)) + _NAME, key)
        if value is not None:
            yield value


def _restored(kept: Any, path: Path) -> Loaded | None:
    """The cached definition, if its files are unchanged."""
    try:
        names = [path, *(path.parent / name for name in kept["names"][1:])]
        files = tuple((str(name), read_file(name)) for name in names)
        # After reading them, so that the bytes belong to the stamps.
        if not all(cache_file.are_unchanged(kept[part]) for part in ("source", "calendar")):
            return None
        return Loaded(from_plain(kept["campaign"]), Source(files, str(kept["digest"])))
    except (Unreadable, ValueError, LookupError, TypeError, AttributeError):
        return None


def _store(data: Path, campaign: str) -> bytes:
    return os.path.join(os.path.abspath(os.fsencode(data)), os.fsencode(campaign))


def to_plain(campaign: Campaign) -> object:
    """A campaign as JSON values. Raises TypeError for a value that has no form here.

    Equal sets are written once, since many activities are for the same units.
    """
    sets: dict[frozenset[Any], int] = {}
    root = _plain(campaign, sets)
    return [[sorted(_plain(member, sets) for member in members) for members in sets], root]


def from_plain(plain: Any) -> Campaign:
    """The campaign from the values that `to_plain` gave. Raises ValueError for other values."""
    try:
        sets, root = plain
        restored = [frozenset(_value(member, []) for member in members) for members in sets]
        campaign = _value(root, restored)
    except (TypeError, LookupError, AttributeError, RecursionError) as error:
        raise ValueError("not a cached definition") from error
    if not isinstance(campaign, Campaign):
        raise ValueError("not a cached definition")
    return campaign


def _plain(value: Any, sets: dict[frozenset[Any], int]) -> Any:
    match value:
        case None | bool() | int() | float() | str():
            return value
        case Mapping():
            return {key: _plain(member, sets) for key, member in value.items()}
        case tuple():
            return [_TUPLE, *(_plain(member, sets) for member in value)]
        case frozenset():
            return [_SET, sets.setdefault(value, len(sets))]
        case date() if not isinstance(value, datetime):
            return [_DATE, value.isoformat()]
        case time():
            return [_TIME, value.isoformat()]
    made_of: Any = value
    name = type(made_of).__name__
    if name not in _CLASSES:
        raise TypeError(name)
    return [name, *(_plain(member, sets) for member in _given(made_of))]


def _given(made_of: Any) -> list[Any]:
    """The fields of a value, without the last ones if they have their defaults."""
    members = [(getattr(made_of, each.name), _default(each)) for each in fields(made_of)]
    while members and members[-1][0] == members[-1][1]:
        members.pop()
    return [value for value, _ in members]


def _default(each: FieldInfo) -> object:
    """The default of a field; NODEFAULT, which equals no value, if it has none."""
    return each.default if each.default_factory is NODEFAULT else each.default_factory()


def _value(plain: Any, sets: list[frozenset[Any]]) -> Any:
    if isinstance(plain, str) or plain is None:
        return plain
    if isinstance(plain, dict):
        return {key: _value(member, sets) for key, member in plain.items()}
    if not isinstance(plain, list):
        return plain
    sign, *members = plain
    if sign == _TUPLE:
        return tuple([_value(member, sets) for member in members])
    if sign == _SET:
        return sets[members[0]]
    if sign == _DATE:
        return date.fromisoformat(members[0])
    if sign == _TIME:
        return time.fromisoformat(members[0])
    # Most members are texts: skip the call for them.
    return _CLASSES[sign](*[m if type(m) is str else _value(m, sets) for m in members])
