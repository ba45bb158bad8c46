"""The roll-up: the figures of every unit, as `status` shows them, without reading one again.

A unit's row holds while its file is as it was and `now` lies in a span within which
nothing falls due. Only rows of units that could be read are kept.
Units that stand alike share one standing, so that a county's roll-up is read quickly.
Instants are whole seconds since 1970 in UTC; texts are on the campaign's clock.
"""

from __future__ import annotations

import os
import stat

from storage.cache import cache_file

TYPE_CHECKING = False
if TYPE_CHECKING:  # without importing typing, which costs a tenth of a status
    from collections.abc import Iterable, Iterator
    from typing import Any

    Row = list[Any]
    """Of one unit, its standing in the last place."""
    Standing = list[Any]

UNIT, NAME, KIND, STAMP, STANDING = range(5)
"""The places in a row."""

FIRST, END, FIGURES, NEXT_AT, NEXT_DUE, ORPHANS = range(6)
"""The places in a standing. FIGURES are the counts of campaigns.totals, in their order."""

_DAY = 86_400


class RollUp:
    """The roll-up of one store, as it was kept.

    `campaign` is its id, title, language and time zone; `clock` the first and last second
    at which the campaign's zone has the offset that stands third, and its text.
    """

    def __init__(self, kept: dict[str, Any]) -> None:
        self.digest: str = kept["digest"]
        self.campaign: list[str] = kept["campaign"]
        self.clock: list[Any] = kept["clock"]
        self.source: dict[str, Any] = kept["source"]
        self.calendar: dict[str, Any] = kept["calendar"]
        self.complete: bool = kept["complete"]
        self.rows: list[Row] = kept["rows"]
        standings = kept["standings"]
        for row in self.rows:
            row[STANDING] = standings[row[STANDING]]

    def is_of_its_files(self) -> bool:
        """Whether the definition's files are those it was made from."""
        return cache_file.same_as(self.source) and cache_file.same_as(self.calendar)

    def rows_at(self, now: int, units: dict[str, Any]) -> Iterator[Row]:
        """The rows that hold at an instant, given the stamps of the units' files."""
        find = units.get
        holding = {key for key, one in standings_in(self.rows).items() if _holds(one, now)}
        for row in self.rows:
            if id(row[STANDING]) in holding and find(row[UNIT]) == row[STAMP]:
                yield row

    def shows(self, now: int) -> bool:
        """Whether the campaign's clock is known around an instant, a day to each side."""
        return bool(self.clock[0] + _DAY <= now < self.clock[1] - _DAY)


def _holds(standing: Standing, now: int) -> bool:
    first, end = standing[FIRST], standing[END]
    return (first is None or first <= now) and (end is None or now < end)


def standings_in(rows: Iterable[Row]) -> dict[int, Standing]:
    """The standings of rows by their identity: each once where units share it."""
    return {id(row[STANDING]): row[STANDING] for row in rows}


def to_keep(rows: Iterable[Row]) -> dict[str, Any]:
    """Rows as they are kept, and read back by RollUp: equal standings are written once."""
    numbers: dict[str, int] = {}
    standings: list[Standing] = []
    kept = []
    for *about, standing in rows:
        number = numbers.setdefault(repr(standing), len(standings))
        if number == len(standings):
            standings.append(standing)
        kept.append([*about, number])
    return {"rows": kept, "standings": standings}


def path_of(store: bytes) -> bytes:
    """The file of the roll-up of the store in a folder."""
    return cache_file.folder_of(store) + b"/rollup.json"


def load(store: bytes, asked: str | None = None) -> RollUp | None:
    """The roll-up that was kept; None where there is none for what was asked."""
    kept = cache_file.read(path_of(store), asked)
    try:
        return None if kept is None else RollUp(kept)
    except (LookupError, TypeError):
        return None


def unit_stamps(store: bytes) -> dict[str, Any]:
    """The stamps of the units' files by unit; False for one that may not be read.

    Raises OSError where the folders may not be read.
    """
    with os.scandir(store):
        pass
    # Through the open folder: thousands of files are found faster by name than by path.
    folder = os.open(store + b"/units", os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        return _unit_stamps(folder)
    finally:
        os.close(folder)


def besides(roster: Iterable[str], units: dict[str, Any]) -> list[str]:
    """The units whose files have these stamps and that are not in the roster, in order.

    An empty file has no answers. A name that is no UTF-8 is no unit's.
    """
    return sorted(
        unit
        for unit in units.keys() - roster
        if "\ufffd" not in unit and (not units[unit] or units[unit][cache_file.SIZE])
    )


def besides_rows(rows: list[Row], units: dict[str, Any]) -> list[str]:
    """The same where these rows of the whole roster hold: each one's file is as its stamp says."""
    # Counting takes a third of the time of comparing names, and most often shows that none is over.
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
    """The unit of a file, whose name is UTF-8 whatever the locale says."""
    if name.isascii():
        return name[:-5]
    return os.fsencode(name)[:-5].decode("utf-8", "replace")
