"""Says what a changed definition changes, in one sentence for each activity."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from datetime import datetime, tzinfo
from itertools import groupby
from typing import Final, NamedTuple

from msgspec.structs import replace

from campaigns.standing.difference import Difference, ItemsChanged
from campaigns.terms import deadline_text
from campaigns.words.units import first_names
from i18n.catalogue import Translator

_MOST_DATES: Final = 8


class Sentence(NamedTuple):
    """One change, and the keys of the items that it removes."""

    text: str
    removed: tuple[str, ...] = ()


def summary(difference: Difference, tr: Translator, zone: tzinfo) -> list[str]:
    """What changes, one sentence a line, with instants in `zone`.

    Items of units that are added or removed are not listed one by one; orphans are counted.
    """
    return [sentence.text for sentence in sentences(difference, tr, zone)]


def sentences(difference: Difference, tr: Translator, zone: tzinfo) -> Iterator[Sentence]:
    """The sentences of the summary, each with the items that it removes."""
    yield from _units(difference, tr)
    for each in difference.retitled:
        yield Sentence(
            tr("{activity}: titled “{after}”, before “{before}”",
               activity=each.activity, after=each.after, before=each.before)
        )  # fmt: skip
    yield from _items(difference, tr, zone)
    if difference.orphans:
        yield Sentence(
            tr.count(
                "1 answer belongs to no item of this definition; it is kept.",
                "{n} answers belong to no item of this definition; they are kept.",
                len(difference.orphans),
            )
        )


def _units(difference: Difference, tr: Translator) -> Iterator[Sentence]:
    if difference.units_removed:
        names = first_names([f"{unit.name} ({unit.id})" for unit in difference.units_removed], tr)
        gone = frozenset(unit.id for unit in difference.units_removed)
        yield Sentence(tr("Units removed: {names}", names=names), _removed(difference.items, gone))
    if difference.units_added:
        names = first_names([f"{unit.name} ({unit.id})" for unit in difference.units_added], tr)
        yield Sentence(tr("Units added: {names}", names=names))


def _removed(changes: Iterable[ItemsChanged], units: AbstractSet[str]) -> tuple[str, ...]:
    """The keys of the removed items that these units had."""
    kept = (replace(each, units=each.units & units) for each in changes if each.kind == "removed")
    return tuple(key for each in kept for key in each.keys)


def _items(difference: Difference, tr: Translator, zone: tzinfo) -> Iterator[Sentence]:
    gone = frozenset(unit.id for unit in difference.units_removed)
    new = frozenset(unit.id for unit in difference.units_added)
    told = [each for each in difference.items if each.units - gone - new]
    for (kind, _), group in groupby(told, key=lambda each: (each.kind, each.activity.id)):
        changes = list(group)
        units = frozenset[str]().union(*(each.units for each in changes)) - gone - new
        if kind == "moved":
            yield from map(Sentence, _moved(changes, tr, zone))
        else:
            items = sum(len(each.units - gone - new) for each in changes)
            text = _listed(changes[0], tr, items, len(units))
            yield Sentence(text, _removed(changes, units))


def _listed(change: ItemsChanged, tr: Translator, items: int, units: int) -> str:
    values = {
        "activity": change.activity.id,
        "title": change.activity.title,
        "items": tr.count("{n} item", "{n} items", items),
        "units": tr.count("{n} unit", "{n} units", units),
    }
    match change.kind:
        case "added":
            return tr("Added: {activity} “{title}”, {items} of {units}", **values)
        case "removed":
            return tr("Removed: {activity} “{title}”, {items} of {units}", **values)
        case _:
            return tr(
                "{was} is now {activity} “{title}” and keeps its answers: {items} of {units}",
                was=change.was,
                **values,
            )


def _moved(changes: list[ItemsChanged], tr: Translator, zone: tzinfo) -> Iterator[str]:
    for change in changes[:_MOST_DATES]:
        name = change.activity.id
        yield tr(
            "Deadline moved: {item} “{title}”, {before} -> {after}, {units}",
            item=name if change.occurrence is None else f"{name}@{change.occurrence}",
            title=change.activity.title,
            before=_deadline(change.before, tr, zone),
            after=_deadline(change.after, tr, zone),
            units=tr.count("{n} unit", "{n} units", len(change.units)),
        )
    rest = len(changes) - _MOST_DATES
    if rest > 0:
        yield tr.count(
            "Deadline moved: {activity}, 1 more date",
            "Deadline moved: {activity}, {n} more dates",
            rest,
            activity=changes[0].activity.id,
        )


def _deadline(due: datetime | None, tr: Translator, zone: tzinfo) -> str:
    return tr("no deadline") if due is None else deadline_text(due, zone)
