"""What a session leaves for the next one of the same login and campaign.

It is one small file for each login and campaign, kept apart from the store: it concerns
nobody else, and can be lost. Functions that touch the disk block.
"""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, Final

from i18n.messages import Message, msg
from screens.settings.small_file import home_folder, read_small_file

LONGEST_FILTER: Final = 200
MOST_FILTERS: Final = 20
_SCHEMA: Final = 1
_LONGEST_NAME: Final = 400
_VIEWS: Final = range(1, 10)


@dataclass(frozen=True, slots=True)
class Position:
    """Where the session was: the view by its digit, the unit, the item and the filter."""

    view: int = 1
    unit: str | None = None
    item: str | None = None
    filter: str = ""


@dataclass(frozen=True, slots=True)
class Remembered:
    """The values that are kept for the next session.

    `filters` are the saved ones, the oldest first. The unit, item and theme may no longer
    exist.
    """

    place: Position = Position()
    filters: tuple[str, ...] = ()
    theme: str | None = None
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
    folder = home_folder("XDG_STATE_HOME", ".local/state", environ)
    return None if folder is None else folder / "duban" / os.fsdecode(f"{campaign}.json".encode())


def read_remembered(path: Path | None) -> Remembered:
    """What the last session left; the defaults if that is missing, invalid or unreadable."""
    if path is None:
        return Remembered()
    try:
        return _remembered(json.loads(read_small_file(path)))
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return Remembered()


def write_remembered(path: Path | None, remembered: Remembered) -> Message | None:
    """Save the values for the next session. Returns what went wrong, None if nothing did.

    The file is complete at every instant and readable by the login only. Of two sessions the
    one that writes last wins.
    """
    if path is None:
        return None
    try:
        _replace(path, json.dumps(_document(remembered)).encode())
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


def _document(remembered: Remembered) -> dict[str, object]:
    document = asdict(remembered)
    document["place"]["filter"] = _bounded(remembered.place.filter)
    document["filters"] = [_bounded(text) for text in remembered.filters[-MOST_FILTERS:]]
    return {"schema": _SCHEMA, **document}


def _bounded(text: str) -> str:
    """As much of a text as can be read again."""
    return "".join(filter(str.isprintable, text))[:LONGEST_FILTER]


def _remembered(document: Any) -> Remembered:
    """The values in a document. Raises ValueError, TypeError or KeyError if it is not valid."""
    if document["schema"] != _SCHEMA:
        raise ValueError("another schema")
    place = document["place"]
    filters = document["filters"]
    if not isinstance(filters, list) or len(filters) > MOST_FILTERS:
        raise ValueError("no filters")
    return Remembered(
        Position(
            _view(place["view"]),
            _optional(place["unit"]),
            _optional(place["item"]),
            _text(place["filter"], LONGEST_FILTER),
        ),
        tuple(_text(text, LONGEST_FILTER) for text in filters),
        _optional(document["theme"]),
        _flag(document["tour_seen"]),
    )


def _view(value: object) -> int:
    if type(value) is not int or value not in _VIEWS:
        raise ValueError("no view")
    return value


def _optional(value: object) -> str | None:
    return None if value is None else _text(value, _LONGEST_NAME)


def _text(value: object, longest: int) -> str:
    if not isinstance(value, str) or len(value) > longest or not value.isprintable():
        raise ValueError("no text")
    return value


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError("no flag")
    return value


class Memory:
    """Holds the remembered values, and writes them in worker threads.

    With `path` None nothing outlives the session.
    """

    def __init__(self, path: Path | None = None, remembered: Remembered | None = None) -> None:
        self._path = path
        self._remembered = remembered or Remembered()

    @property
    def remembered(self) -> Remembered:
        """The current values."""
        return self._remembered

    @property
    def is_lasting(self) -> bool:
        """Whether the values outlive the session."""
        return self._path is not None

    async def keep(self, **changes: Any) -> Message | None:
        """Change values, by their field names in Remembered. Returns what went wrong, if so."""
        changed = replace(self._remembered, **changes)
        if changed == self._remembered:
            return None
        self._remembered = changed
        return await asyncio.to_thread(write_remembered, self._path, changed)
