"""The roll-up: the figures of every unit, so that `status` need not read any unit's file.

A unit's row holds as long as its file is unchanged and `now` is within a span in which
nothing falls due. Rows of units that cannot be read are not kept. Units with the same figures
share one summary, so that the roll-up of a whole county is quick to read. Instants are whole
seconds since 1970 in UTC; texts are in the campaign's time zone.
"""

from __future__ import annotations

import os
import stat

from storage.cache import cache_file

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    Row = list[Any]
    """One unit: id, name, kind, stamp, summary."""
    Summary = list[Any]

UNIT, NAME, KIND, STAMP, SUMMARY = range(5)
"""The indexes in a row."""

FIRST, END, FIGURES, NEXT_AT, NEXT_DUE, ORPHANS = range(6)
"""The indexes in a summary. FIGURES are the counts of campaigns.totals, in their order."""

_DAY = 86_400
_KIND = "rollup"
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC


class RollUp:
    """The roll-up of one store, as read from the cache.

    `store` identifies the folder of the store's records. `campaign` is the id, title, language
    and time zone. `clock` is the first and last second of
    a span in which the zone's offset stays the same, the offset in seconds, and as text (`+08:00`).
    Raises TypeError, ValueError or LookupError for what is none.
    """

    def __init__(self, kept: dict[str, Any]) -> None:
        _check(kept)
        self.store: list[int] = kept["store"]
        self.digest: str = kept["digest"]
        self.campaign: list[str] = kept["campaign"]
        self.clock: list[Any] = kept["clock"]
        self.source: dict[str, Any] = kept["source"]
        self.calendar: dict[str, Any] = kept["calendar"]
        self.complete: bool = kept["complete"]
        self.rows: list[Row] = kept["rows"]
        summaries = kept["summaries"]
        for row in self.rows:
            row[SUMMARY] = summaries[row[SUMMARY]]

    def is_current(self) -> bool:
        """Whether the definition's files are unchanged."""
        return cache_file.are_unchanged(self.source) and cache_file.are_unchanged(self.calendar)

    def rows_at(self, now: int, units: dict[str, Any]) -> Iterator[Row]:
        """The rows that hold at `now`, given the stamps of the units' files."""
        find = units.get
        holding = {key for key, one in summaries_in(self.rows).items() if _holds(one, now)}
        for row in self.rows:
            if id(row[SUMMARY]) in holding and find(row[UNIT]) == row[STAMP]:
                yield row

    def knows_offset(self, now: int) -> bool:
        """Whether the zone's offset is known from a day before `now` to a day after."""
        return bool(self.clock[0] + _DAY <= now < self.clock[1] - _DAY)


def _check(kept: dict[str, Any]) -> None:
    """Hold values against their types, since a seal says nothing about them."""
    first, last, offset, text = kept["clock"]
    texts = [kept["digest"], *kept["campaign"], text]
    numbers = [*kept["store"], first, last, offset]
    for summary in kept["summaries"]:
        start, end, figures, next_at, next_due, orphans = summary
        numbers += [start or 0, end or 0, next_at or 0, orphans, *figures]
        texts.append(next_due or "")
    for unit, name, kind, stamp, number in kept["rows"]:
        texts += [unit, name, kind]
        numbers.append(number)
        if stamp:
            numbers += stamp
    for stamps in (kept["source"], kept["calendar"]):
        texts += stamps.keys()
    are_right = {*map(type, texts)} == {str} and {*map(type, numbers)} <= {int, float}
    if not are_right or type(kept["complete"]) is not bool or len(kept["campaign"]) != 4:
        raise TypeError


def _holds(summary: Summary, now: int) -> bool:
    first, end = summary[FIRST], summary[END]
    return (first is None or first <= now) and (end is None or now < end)


def summaries_in(rows: Iterable[Row]) -> dict[int, Summary]:
    """The different summaries of these rows, by their `id()`."""
    return {id(row[SUMMARY]): row[SUMMARY] for row in rows}


def to_keep(rows: Iterable[Row]) -> dict[str, Any]:
    """Rows in the form that RollUp reads back, with equal summaries written once."""
    numbers: dict[str, int] = {}
    summaries: list[Summary] = []
    kept = []
    for *about, summary in rows:
        number = numbers.setdefault(repr(summary), len(summaries))
        if number == len(summaries):
            summaries.append(summary)
        kept.append([*about, number])
    return {"rows": kept, "summaries": summaries}


def load(caches: str | None, data: str, path: str) -> RollUp | None:
    """The login's roll-up for the definition at `path` in the data folder; None if there is none.

    Both are absolute.
    """
    kept = cache_file.read(caches, _KIND, _key(data, path))
    try:
        return None if kept is None else RollUp(kept)
    except (LookupError, TypeError, ValueError, AttributeError):
        return None


def keep(caches: str | None, data: str, path: str, value: dict[str, Any]) -> None:
    """Write a roll-up, or do nothing if that is not possible."""
    cache_file.write(caches, _KIND, _key(data, path), value)


def _key(data: str, path: str) -> str:
    return f"{data}\0{path}"


def store_of(folder: bytes) -> list[int]:
    """Identifies the folder of a store's records. Raises OSError if it is not there."""
    status = os.lstat(folder + b"/units")
    return [status.st_dev, status.st_ino]


def unit_stamps(store: bytes) -> dict[str, Any]:
    """The stamps of the units' files by unit; False for a file that this login may not read.

    Raises OSError if the folders cannot be read.
    """
    above = os.open(store, _FOLDER)
    try:
        # With the folder open, thousands of files are found by name, which is faster than by path.
        folder = os.open(b"units", _FOLDER, dir_fd=above)
    finally:
        os.close(above)
    try:
        return _unit_stamps(folder)
    finally:
        os.close(folder)


def besides(roster: Iterable[str], units: dict[str, Any]) -> list[str]:
    """The units that have answers but are not in the roster, sorted; `units` are their stamps.

    An empty file has no answers, and a file whose name is not UTF-8 is not a unit's.
    """
    return sorted(
        unit
        for unit in units.keys() - roster
        if "\ufffd" not in unit and (not units[unit] or units[unit][cache_file.SIZE])
    )


def besides_rows(rows: list[Row], units: dict[str, Any]) -> list[str]:
    """The same, given rows that hold for every unit in the roster."""
    # Usually counting shows that there are none, in a third of the time that comparing takes.
    with_file = len([None for row in rows if row[STAMP]])
    return besides([row[UNIT] for row in rows], units) if len(units) > with_file else []


def _unit_stamps(folder: int) -> dict[str, Any]:
    found: dict[str, Any] = {}
    me = os.geteuid()
    with os.scandir(folder) as files:
        for file in files:
            name = file.name
            if name.endswith(".json") and not name.startswith("."):
                status = file.stat(follow_symlinks=False)
                mine = status.st_uid == me and status.st_mode & stat.S_IRUSR
                readable = mine or os.access(name, os.R_OK, dir_fd=folder, effective_ids=True)
                found[_unit_of(name)] = readable and cache_file.stamp_of(status)
    return found


def _unit_of(name: str) -> str:
    """The unit of a file, whose name is UTF-8 whatever the locale."""
    if name.isascii():
        return name[:-5]
    return os.fsencode(name)[:-5].decode("utf-8", "replace")
