"""What a session leaves for the next one of the same login and campaign.

It is one small file for each login and campaign, kept apart from the store: it concerns
nobody else, and can be lost. Functions that touch the disk block.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Annotated, Any, Final

import msgspec
from msgspec import Meta, Struct
from msgspec.structs import replace

from i18n.messages import Message, msg
from screens.settings.small_file import read_small_file
from storage.paths import own_folder

LONGEST_FILTER: Final = 200
MOST_FILTERS: Final = 20

_Name = Annotated[str, Meta(max_length=400)]
_Filter = Annotated[str, Meta(max_length=LONGEST_FILTER)]


class Position(Struct, frozen=True):
    """Where the session was: the view by its digit, the unit, the item and the filter."""

    view: Annotated[int, Meta(ge=1, le=9)] = 1
    unit: _Name | None = None
    item: _Name | None = None
    filter: _Filter = ""


class Remembered(Struct, frozen=True, tag_field="schema", tag=1):
    """The values that are kept for the next session.

    `filters` are the saved ones, the oldest first. The unit, item and theme may no longer
    exist.
    """

    place: Position = Position()
    filters: Annotated[tuple[_Filter, ...], Meta(max_length=MOST_FILTERS)] = ()
    theme: _Name | None = None
    tour_seen: bool = False

    def with_filter(self, text: str) -> tuple[str, ...]:
        """The saved filters with this one as the newest; if there are too many, the oldest go."""
        text = _bounded(text.strip())
        others = (other for other in self.filters if other != text)
        return tuple(filter(None, (*others, text)))[-MOST_FILTERS:]

    def without_filter(self, text: str) -> tuple[str, ...]:
        """The saved filters without this one."""
        return tuple(other for other in self.filters if other != text)


def state_file(environ: Mapping[str, str], campaign: str) -> Path | None:
    """The file for a login and a campaign, below XDG_STATE_HOME, else HOME.

    None for a login without a home folder. The name is in UTF-8 whatever the locale is.
    """
    folder = own_folder("XDG_STATE_HOME", ".local/state", environ)
    name = os.fsdecode(f"{campaign}.json".encode())
    return None if folder is None else Path(folder, "duban", name)


def read_remembered(path: Path | None) -> Remembered:
    """What the last session left; the defaults if that is missing, invalid or unreadable."""
    if path is None:
        return Remembered()
    try:
        remembered = msgspec.json.decode(read_small_file(path), type=Remembered)
    except (OSError, ValueError, RecursionError):
        return Remembered()
    return remembered if all(map(str.isprintable, _texts(remembered))) else Remembered()


def write_remembered(path: Path | None, remembered: Remembered) -> Message | None:
    """Save the values for the next session. Returns what went wrong, None if nothing did.

    The file is complete at every instant and readable by the login only. Of two sessions the
    one that writes last wins.
    """
    if path is None:
        return None
    try:
        _replace(path, msgspec.json.encode(_readable(remembered)))
    except (OSError, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        return msg("Where you were is not remembered: {file}: {reason}.",
                   file=str(path), reason=reason)  # fmt: skip
    return None


def _replace(path: Path, data: bytes) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Made with mode 0600, under a name that no other session uses.
    with NamedTemporaryFile(dir=path.parent, prefix=".remembered-", delete=False) as file:
        temporary = Path(file.name)
        try:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
            temporary.replace(path)
        except BaseException:
            with suppress(OSError):
                temporary.unlink()
            raise


def _readable(remembered: Remembered) -> Remembered:
    """The values with filters that can be read again."""
    place = replace(remembered.place, filter=_bounded(remembered.place.filter))
    filters = tuple(_bounded(text) for text in remembered.filters[-MOST_FILTERS:])
    return replace(remembered, place=place, filters=filters)


def _bounded(text: str) -> str:
    """As much of a text as can be read again."""
    return "".join(filter(str.isprintable, text))[:LONGEST_FILTER]


def _texts(remembered: Remembered) -> Iterator[str]:
    place = remembered.place
    yield from filter(None, (place.unit, place.item, place.filter, remembered.theme))
    yield from remembered.filters


class Memory:
    """Holds the remembered values, and writes them in worker threads.

    With `path` None nothing outlives the session.
    """

    def __init__(self, path: Path | None = None, remembered: Remembered | None = None) -> None:
        self._path = path
        self.remembered = remembered or Remembered()

    @property
    def is_lasting(self) -> bool:
        """Whether the values outlive the session."""
        return self._path is not None

    async def keep(self, **changes: Any) -> Message | None:
        """Change values, by their field names in Remembered. Returns what went wrong, if so."""
        changed = replace(self.remembered, **changes)
        if changed == self.remembered:
            return None
        self.remembered = changed
        return await asyncio.to_thread(write_remembered, self._path, changed)
