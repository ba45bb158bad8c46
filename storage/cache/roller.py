"""Using and updating the roll-up: rows that still hold are taken from it, others computed."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from msgspec import Struct

from campaigns.definition import Unit
from campaigns.reading.source import Loaded
from campaigns.standing.board import UnitBoard
from campaigns.standing.spans import seconds_of, steady
from i18n.messages import Message
from storage.cache import cache_file, rollup
from storage.cache.rollup import UNIT, RollUp
from storage.cache.stamps import calendar_stamps, key_of, source_stamps
from storage.unit.records import instant_text

if TYPE_CHECKING:
    from storage.cache.rollup import Row

_HOUR: Final = timedelta(hours=1)
_HOURS_KNOWN: Final = 8 * 24
"""How far before and after now to look for a change of the zone's offset."""


class Rolled(Struct, frozen=True):
    """The rows of some units, in their order. `faults` say why a unit cannot be read.

    `left` are the ids of units with answers that are no longer in the definition.
    """

    rows: Sequence[Row]
    faults: Mapping[str, Message]
    left: Sequence[str]


class Roller:
    """The roll-up of the store in `folder`, DATA/<campaign-id>, at `now` (UTC, whole seconds).

    `caches` is the folder of the login's caches, None if it has none.
    """

    def __init__(
        self, folder: bytes, caches: str | None, loaded: Loaded, zone: ZoneInfo, now: datetime
    ) -> None:
        self._folder = folder
        self._caches = caches
        self._data = os.fsdecode(os.path.dirname(folder))
        self._path = key_of(loaded.source)
        self._loaded = loaded
        self._zone = zone
        self._now = now

    def rows(
        self, units: Sequence[Unit], boards_of: Callable[[list[Unit]], Iterable[UnitBoard]]
    ) -> Rolled:
        """The rows of these units; `boards_of` gives the boards of those not in the cache.

        Their rows are added to the cache, if it can be written.
        """
        at, stamps = time.time_ns(), _unit_stamps(self._folder)
        kept = None if stamps is None else self._kept()
        held: dict[str, Row] = {}
        if kept is not None and stamps is not None:
            held = {row[UNIT]: row for row in kept.rows_at(seconds_of(self._now), stamps)}
        boards = list(boards_of([unit for unit in units if unit.id not in held]))
        made = {one.unit.id: self._row(one, (stamps or {}).get(one.unit.id)) for one in boards}
        faults = {one.unit.id: one.fault for one in boards if one.fault is not None}
        if stamps is not None:
            sound = {
                unit: row
                for unit, row in made.items()
                if unit not in faults and _holds(row[rollup.STAMP], at)
            }
            self._keep(kept, sound)
        rows = [held.get(unit.id) or made[unit.id] for unit in units]
        return Rolled(rows, faults, self._left(stamps or {}))

    def _left(self, stamps: dict[str, Any]) -> list[str]:
        return rollup.besides([unit.id for unit in self._loaded.campaign.units], stamps)

    def _kept(self) -> RollUp | None:
        kept = rollup.load(self._caches, self._data, self._path)
        if kept is None or kept.digest != self._loaded.source.digest:
            return None
        if kept.store != rollup.store_of(self._folder):
            return None
        return kept if cache_file.are_unchanged(kept.calendar) else None

    def _row(self, board: UnitBoard, stamp: Any) -> Row:
        span = steady(board.lines, self._now)
        due = board.next_due
        return [
            board.unit.id,
            board.unit.name,
            board.unit.kind,
            stamp,
            [
                span.first,
                span.end,
                list(board.totals.counts()),
                None if due is None else due.timestamp(),
                None if due is None else instant_text(due, self._zone),
                len(board.orphans),
            ],
        ]

    def _keep(self, kept: RollUp | None, made: Mapping[str, Row]) -> None:
        """Write the roll-up with the new rows, if anything changed and there is a store."""
        source = source_stamps(self._loaded.source)
        calendar = calendar_stamps(self._loaded.campaign)
        clock = self._clock(kept)
        if source is None or calendar is None or clock is None:
            return
        value = self._value(kept, made)
        value |= {"source": source, "calendar": calendar, "clock": clock}
        value |= {"store": rollup.store_of(self._folder)}
        if kept is None or made or value != vars(kept):
            value |= rollup.to_keep(value["rows"])
            rollup.keep(self._caches, self._data, self._path, value)

    def _value(self, kept: RollUp | None, made: Mapping[str, Row]) -> dict[str, Any]:
        campaign = self._loaded.campaign
        rows = {row[UNIT]: row for row in kept.rows} if kept is not None else {}
        rows |= made
        return {
            "digest": self._loaded.source.digest,
            "campaign": [campaign.id, campaign.title, campaign.language, campaign.timezone],
            "complete": all(unit.id in rows for unit in campaign.units),
            "rows": [rows[unit.id] for unit in campaign.units if unit.id in rows],
        }

    def _clock(self, kept: RollUp | None) -> list[Any] | None:
        """The span around now in which the zone's offset does not change, and that offset.

        It is found in steps of an hour: no zone changes its clocks and back within one.
        """
        if kept is not None and kept.knows_offset(seconds_of(self._now)):
            return kept.clock
        try:
            first, last = self._reach(-_HOUR), self._reach(_HOUR)
            shown = self._now.astimezone(self._zone)
        except OverflowError:
            return None
        offset = shown.utcoffset() or timedelta(0)
        text = shown.isoformat(timespec="seconds")[len("2022-06-15T17:40:00") :]
        return [seconds_of(first), seconds_of(last), offset.total_seconds(), text]

    def _reach(self, step: timedelta) -> datetime:
        offset, moment = self._now.astimezone(self._zone).utcoffset(), self._now
        for _ in range(_HOURS_KNOWN):
            if (moment + step).astimezone(self._zone).utcoffset() != offset:
                break
            moment += step
        return moment


def _holds(stamp: Any, at: int) -> bool:
    """Whether a later change of a unit's file would show. It would if there is no file yet."""
    return stamp is None or (stamp is not False and cache_file.is_settled(stamp, at))


def _unit_stamps(folder: bytes) -> dict[str, Any] | None:
    try:
        return rollup.unit_stamps(folder)
    except OSError:
        return None
