"""Finding units, kinds, sections and items by id, name or prefix (docs/commands.md)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final, TypeVar

from campaigns.definition import Activity, Campaign, Section, Unit, UnitKind
from campaigns.errors import UsageError
from campaigns.items import Item
from i18n.messages import Message, msg

_SHOWN: Final = 12

T = TypeVar("T")
Names = Callable[[T], tuple[str, ...]]


def find_unit(campaign: Campaign, text: str) -> Unit:
    """The unit with this id, name or prefix. Raises UsageError if there is none, or several."""
    found = matching(text, campaign.units, _id_and_name)
    if not found:
        raise _no_unit(text)
    return _only(text, found, _id_and_name)


def find_kind(campaign: Campaign, text: str) -> UnitKind:
    """The kind of unit with this id, name or prefix. Raises UsageError."""
    kinds = tuple(campaign.unit_kinds.values())
    found = matching(text, kinds, _id_and_name)
    if not found:
        known = ", ".join(f"{kind.id} ({kind.name})" for kind in kinds)
        raise UsageError(
            msg("There is no kind of unit “{text}”. There are: {known}.", text=text, known=known)
        )
    return _only(text, found, _id_and_name)


def find_section(campaign: Campaign, text: str) -> Section:
    """The section with this id, title, label or prefix. Raises UsageError."""
    found = matching(text, campaign.sections, _section_names)
    if not found:
        known = ", ".join(f"{section.id} ({section.title})" for section in campaign.sections)
        raise UsageError(
            msg("There is no section “{text}”. There are: {known}.", text=text, known=known)
        )
    return _only(text, found, _section_names)


def units_of_kind(campaign: Campaign, kind: UnitKind) -> list[Unit]:
    """The units of a kind and of all kinds below it."""
    kinds = {kind.id}
    grown = True
    while grown:
        children = {k.id for k in campaign.unit_kinds.values() if k.parent in kinds} - kinds
        kinds |= children
        grown = bool(children)
    return [unit for unit in campaign.units if unit.kind in kinds]


def units_in_scope(campaign: Campaign, names: Sequence[str], kind: str | None) -> list[Unit]:
    """The units with these names and of this kind, in the order of the definition.

    No names means all units, no kind means all kinds. Raises UsageError for a unit or kind
    that does not exist.
    """
    units = list(campaign.units)
    if kind is not None:
        units = units_of_kind(campaign, find_kind(campaign, kind))
    if names:
        chosen = {find_unit(campaign, text).id for text in names}
        units = [unit for unit in units if unit.id in chosen]
    return units


def find_item(campaign: Campaign, text: str, items_of: Callable[[Unit], Sequence[Item]]) -> Item:
    """The item that `UNIT/ACTIVITY[@OCCURRENCE]` names, each part by id, name or prefix.

    Raises UsageError if a part matches nothing or several things, or if no occurrence is given
    for an activity that has several.
    """
    readings = [
        (units[0], rest, units[0].id == normal(unit))
        for unit, rest in _cuts(text, "/")
        if len(units := matching(unit, campaign.units, _id_and_name)) == 1
    ]
    if not readings:
        raise _no_single_unit(campaign, text)
    by_id = [
        item for unit, rest, is_id in readings if is_id for item in _named(items_of(unit), rest)
    ]
    found = by_id or [item for unit, rest, _ in readings for item in _named(items_of(unit), rest)]
    if found:
        return _only(text, list({item.key: item for item in found}.values()), _item_names)
    unit, rest, _ = readings[0]
    raise _not_owed(text, unit, items_of(unit), rest)


def matching(text: str, candidates: Iterable[T], names: Names[T]) -> list[T]:
    """The candidates whose id is the text, else those whose name is, else those starting with it.

    `names` gives the id first. Upper and lower case are the same only for prefixes.
    """
    wanted = normal(text)
    everyone = list(candidates)
    for test in (_has_id, _has_name, _has_prefix):
        found = [one for one in everyone if wanted and test(wanted, names(one))]
        if found:
            return found
    return []


def normal(text: str) -> str:
    """A text in Unicode form NFC, like ids and names."""
    if text.isascii():
        return text
    from unicodedata import normalize

    return normalize("NFC", text)


def _cuts(text: str, mark: str) -> list[tuple[str, str]]:
    """Every way to split a text at a mark: `a/b/c` is `a` and `b/c`, or `a/b` and `c`."""
    parts = text.split(mark)
    cuts = [(mark.join(parts[:n]), mark.join(parts[n:])) for n in range(1, len(parts))]
    return cuts or [(text, "")]


def _named(items: Sequence[Item], rest: str) -> list[Item]:
    """The items of a unit that `ACTIVITY[@OCCURRENCE]` may mean; exact keys and ids win."""
    key = normal(rest)
    exact = [item for item in items if item.key.partition("/")[2] == key]
    if exact:
        return exact
    readings = [(rest, "")] + (_cuts(rest, "@") if "@" in rest else [])
    ids = {item.activity.id for item in items}
    found = {
        (activity, at): _of_occurrence(_of_activity(items, activity), at)
        for activity, at in readings
    }
    by_id = [item for (name, _), those in found.items() if normal(name) in ids for item in those]
    return by_id or [item for those in found.values() for item in those]


def _no_single_unit(campaign: Campaign, text: str) -> UsageError:
    """The error if the text before the `/` is not one unit: it matches several, or none."""
    for unit, _ in _cuts(text, "/"):
        several = matching(unit, campaign.units, _id_and_name)
        if several:
            return _ambiguous(unit, ("{} ({})".format(*_id_and_name(one)) for one in several))
    return _no_unit(text.partition("/")[0])


def _no_unit(text: str) -> UsageError:
    return UsageError(
        msg("There is no unit “{text}”. “duban units list” shows them all.", text=text)
    )


def _not_owed(text: str, unit: Unit, items: Sequence[Item], rest: str) -> UsageError:
    for activity, _ in reversed(_cuts(rest, "@")):
        owed = _of_activity(items, activity)
        if owed:
            return UsageError(
                msg(
                    "“{text}” has no such occurrence. There are: {known}.",
                    text=text,
                    known=_listed(item.key for item in owed),
                )
            )
    return UsageError(
        msg("“{unit}” owes nothing called “{text}”. “duban status --unit {id} --items” "
            "shows what it owes.",
            unit=unit.name, text=rest.rpartition("@")[0] or rest, id=unit.id)
    )  # fmt: skip


def _of_activity(items: Sequence[Item], text: str) -> list[Item]:
    """The items of the activities that a text may mean; an empty text means all."""
    activities = {item.activity.id: item.activity for item in items}.values()
    if not text:
        return list(items)
    found = {activity.id for activity in matching(text, activities, _activity_names)}
    return [item for item in items if item.activity.id in found]


def _of_occurrence(items: Sequence[Item], text: str) -> list[Item]:
    exact = [item for item in items if item.occurrence.name == text]
    return exact or [item for item in items if (item.occurrence.name or "").startswith(text)]


def _only(text: str, found: Sequence[T], names: Names[T]) -> T:
    if len(found) == 1:
        return found[0]
    raise _ambiguous(text, ("{} ({})".format(*names(one)) for one in found))


def _ambiguous(text: str, candidates: Iterable[str]) -> UsageError:
    return UsageError(
        msg("“{text}” may mean: {known}. Give the id.", text=text, known=_listed(candidates))
    )


def _listed(candidates: Iterable[str]) -> Message:
    everyone = list(candidates)
    shown = ", ".join(everyone[:_SHOWN])
    if len(everyone) <= _SHOWN:
        return msg("{list}", list=shown)
    return msg("{list} and {n} more", list=shown, n=len(everyone) - _SHOWN)


def _id_and_name(one: Unit | UnitKind) -> tuple[str, ...]:
    return one.id, one.name


def _activity_names(activity: Activity) -> tuple[str, ...]:
    return activity.id, activity.title


def _item_names(item: Item) -> tuple[str, ...]:
    return item.key, item.title


def _section_names(section: Section) -> tuple[str, ...]:
    return section.id, section.title, section.label


def _has_id(wanted: str, names: tuple[str, ...]) -> bool:
    return names[0] == wanted


def _has_name(wanted: str, names: tuple[str, ...]) -> bool:
    return wanted in names[1:]


def _has_prefix(wanted: str, names: tuple[str, ...]) -> bool:
    start = wanted.casefold()
    return any(name.casefold().startswith(start) for name in names)
