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


class RollUp:
    """The roll-up of one store, as read from the cache.

    `campaign` is the id, title, language and time zone. `clock` is the first and last second of
    a span in which the zone's offset stays the same, the offset in seconds, and as text (`+08:00`).
    """

    def __init__(self, kept: dict[str, Any]) -> None:
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


def path_of(store: bytes) -> bytes:
    """The file with the roll-up of the store in the folder `store`."""
    return cache_file.folder_of(store) + b"/rollup.json"


def load(store: bytes, key: str | None = None) -> RollUp | None:
    """The cached roll-up; None if there is none for the definition with this key."""
    kept = cache_file.read(path_of(store), key)
    try:
        return None if kept is None else RollUp(kept)
    except (LookupError, TypeError):
        return None


def unit_stamps(store: bytes) -> dict[str, Any]:
    """The stamps of the units' files by unit; False for a file that this login may not read.

    Raises OSError if the folders cannot be read.
    """
    with os.scandir(store):
        pass
    # With the folder open, thousands of files are found by name, which is faster than by path.
    folder = os.open(store + b"/units", os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
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
