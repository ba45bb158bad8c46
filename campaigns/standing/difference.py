"""Compares two definitions of a campaign (docs/campaign-format.md, "Changing the file").

Items are compared by activity and occurrence for all units at once, so that ten thousand
units cost little more than one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Final, Literal, NamedTuple

from msgspec import Struct

from campaigns.definition import Activity, Campaign, OnEvent, Unit, Window
from campaigns.entries import Entry
from campaigns.history import UnitRecord
from campaigns.ids import ItemKey
from campaigns.items import Item, Occurrence
from campaigns.scheduling.occurrences import Planner
from campaigns.scheduling.schedule import Schedule, is_active
from campaigns.standing.answers import is_answer, orphans, stored_key

_ALWAYS: Final = Window()


class ItemsChanged(Struct, frozen=True):
    """An occurrence of an activity that was added, removed or moved for some units.

    `was` is the earlier id of the activity, if it had another one. Deadlines are in UTC, None
    for none; only those that moved have both.
    """

    kind: Literal["added", "removed", "moved", "renamed"]
    activity: Activity
    occurrence: str | None
    units: frozenset[str]
    before: datetime | None = None
    after: datetime | None = None
    was: str | None = None

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the items, in order."""
        name = self.activity.id
        return tuple(str(ItemKey(unit, name, self.occurrence)) for unit in sorted(self.units))


class Retitled(Struct, frozen=True):
    """An activity whose title has changed."""

    activity: str
    before: str
    after: str


class Difference(Struct, frozen=True):
    """What a definition changes, compared with the one in force.

    `orphans` are answers that belong to no item of the new definition, by key; `moving` are
    those that will have another key, as (old key, new key).
    """

    units_added: tuple[Unit, ...]
    units_removed: tuple[Unit, ...]
    retitled: tuple[Retitled, ...]
    items: tuple[ItemsChanged, ...]
    orphans: tuple[tuple[str, Entry], ...]
    moving: tuple[tuple[str, str], ...]

    def __bool__(self) -> bool:
        return any((self.units_added, self.units_removed, self.retitled, self.items, self.orphans))


def difference(before: Campaign, after: Campaign, records: Mapping[str, UnitRecord]) -> Difference:
    """What `after` changes compared with `before`, and what that means for the records.

    The items of event-driven activities are those of the incidents in `records`.
    """
    old, new = _Side(before, records), _Side(after, records)
    lost, moving = answers_of(new.schedule, records)
    return Difference(
        units_added=tuple(unit for unit in after.units if unit.id not in old.units),
        units_removed=tuple(unit for unit in before.units if unit.id not in new.units),
        retitled=tuple(_retitled(old, new)),
        items=(*_current(old, new), *_removed(old, new)),
        orphans=lost,
        moving=moving,
    )


def answers_of(
    schedule: Schedule, records: Mapping[str, UnitRecord]
) -> tuple[tuple[tuple[str, Entry], ...], tuple[tuple[str, str], ...]]:
    """The answers that belong to no item, and those that get another key because of `was`."""
    units = {unit.id: unit for unit in schedule.campaign.units}
    lost: list[tuple[str, Entry]] = []
    moving: list[tuple[str, str]] = []
    for name, record in sorted(records.items()):
        unit, entries = units.get(name), record.entries
        if not entries:
            continue
        items = () if unit is None else schedule.items(unit, record.incidents)
        lost += orphans(items, entries)
        stored = ((stored_key(item, entries), item.key) for item in items if item.activity.was)
        moving += [
            (old, new) for old, new in stored if old != new and is_answer(entries[old])
        ]  # fmt: skip
    return tuple(lost), tuple(moving)


class _Owed(NamedTuple):
    """An occurrence, and the units that owe it."""

    occurrence: Occurrence
    units: frozenset[str]


class _Side:
    """One of the two definitions."""

    def __init__(self, campaign: Campaign, records: Mapping[str, UnitRecord]) -> None:
        self.schedule = Schedule(campaign)
        self._planner = Planner(campaign)
        self.units = {unit.id: unit for unit in campaign.units}
        self.activities = {activity.id: activity for activity in campaign.activities}
        self._bounded = [unit for unit in campaign.units if unit.active != _ALWAYS]
        self._logged = {name: record for name, record in records.items() if record.incidents}
        self._owed: dict[str, dict[str | None, list[_Owed]]] = {}

    def owed(self, activity: Activity) -> dict[str | None, list[_Owed]]:
        """Who owes an activity, by the name of the occurrence.

        The deadlines of an event-driven activity differ between the units that logged events.
        """
        known = self._owed.get(activity.id)
        if known is None:
            known = self._owed[activity.id] = {}
            for owed in self._each(activity):
                known.setdefault(owed.occurrence.name, []).append(owed)
        return known

    def _each(self, activity: Activity) -> Iterator[_Owed]:
        if isinstance(activity.due, OnEvent):
            for name in self._logged.keys() & activity.units:
                unit = self.units.get(name)
                items = () if unit is None else self._items(unit)
                for item in items:
                    if item.activity.id == activity.id:
                        yield _Owed(item.occurrence, frozenset([name]))
            return
        for occurrence in self._planner.occurrences(activity):
            away = [unit.id for unit in self._bounded if not is_active(unit.active, occurrence.day)]
            yield _Owed(occurrence, activity.units.difference(away) if away else activity.units)

    def _items(self, unit: Unit) -> Iterable[Item]:
        return self.schedule.items(unit, self._logged[unit.id].incidents)


def _retitled(old: _Side, new: _Side) -> Iterator[Retitled]:
    for activity in new.activities.values():
        for source in _sources(activity, old):
            if source.title != activity.title:
                yield Retitled(activity.id, source.title, activity.title)


def _sources(activity: Activity, old: _Side) -> list[Activity]:
    """The activities of the old definition whose answers an activity has: by its id or `was`."""
    names = (activity.id, *activity.was)
    return [old.activities[name] for name in names if name in old.activities]


def _current(old: _Side, new: _Side) -> Iterator[ItemsChanged]:
    """The items of the new definition that are not in the old one, or differ there."""
    for activity in new.activities.values():
        sources = [(source.id, old.owed(source)) for source in _sources(activity, old)]
        for name, alternatives in new.owed(activity).items():
            for owed in alternatives:
                yield from _compared(activity, name, owed, sources)


def _compared(
    activity: Activity,
    name: str | None,
    owed: _Owed,
    sources: Iterable[tuple[str, Mapping[str | None, list[_Owed]]]],
) -> Iterator[ItemsChanged]:
    left, due = owed.units, owed.occurrence.due
    for source, by_name in sources:
        for earlier in by_name.get(name, ()):
            same = left if earlier.units is left else left & earlier.units
            if not same:
                continue
            left -= same
            was = source if source != activity.id else None
            if earlier.occurrence.due != due:
                yield ItemsChanged("moved", activity, name, same, earlier.occurrence.due, due, was)
            elif was is not None:
                yield ItemsChanged("renamed", activity, name, same, due, due, was)
    if left:
        yield ItemsChanged("added", activity, name, left, after=due)


def _removed(old: _Side, new: _Side) -> Iterator[ItemsChanged]:
    """The items of the old definition that are not in the new one under any id."""
    heirs = {was: each for each in new.activities.values() for was in each.was}
    for activity in old.activities.values():
        heir = new.activities.get(activity.id) or heirs.get(activity.id)
        remaining = {} if heir is None else new.owed(heir)
        for name, alternatives in old.owed(activity).items():
            kept = [now.units for now in remaining.get(name, ())]
            for owed in alternatives:
                gone = owed.units.difference(*kept) if owed.units not in kept else frozenset()
                if gone:
                    due = owed.occurrence.due
                    yield ItemsChanged("removed", activity, name, gone, before=due)
