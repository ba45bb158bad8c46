"""Units, kinds, sections and items by id, name or unambiguous prefix (design section 6)."""

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
    """The unit of that id, name or prefix. Raises UsageError for none and for several."""
    found = matching(text, campaign.units, _unit_names)
    if not found:
        raise UsageError(
            msg("There is no unit “{text}”. “duban units list” shows them all.", text=text)
        )
    return _only(text, found, _unit_names)


def find_kind(campaign: Campaign, text: str) -> UnitKind:
    """The kind of unit of that id, name or prefix. Raises UsageError."""
    kinds = tuple(campaign.unit_kinds.values())
    found = matching(text, kinds, _kind_names)
    if not found:
        known = ", ".join(f"{kind.id} ({kind.name})" for kind in kinds)
        raise UsageError(
            msg("There is no kind of unit “{text}”. There are: {known}.", text=text, known=known)
        )
    return _only(text, found, _kind_names)


def find_section(campaign: Campaign, text: str) -> Section:
    """The section of that id, title, label or prefix. Raises UsageError."""
    found = matching(text, campaign.sections, _section_names)
    if not found:
        known = ", ".join(f"{section.id} ({section.title})" for section in campaign.sections)
        raise UsageError(
            msg("There is no section “{text}”. There are: {known}.", text=text, known=known)
        )
    return _only(text, found, _section_names)


def units_of_kind(campaign: Campaign, kind: UnitKind) -> list[Unit]:
    """The units of a kind and of its children, and theirs."""
    kinds = {kind.id}
    grown = True
    while grown:
        children = {k.id for k in campaign.unit_kinds.values() if k.parent in kinds} - kinds
        kinds |= children
        grown = bool(children)
    return [unit for unit in campaign.units if unit.kind in kinds]


def find_item(campaign: Campaign, text: str, items_of: Callable[[Unit], Sequence[Item]]) -> Item:
    """The item that `UNIT/ACTIVITY[@OCCURRENCE]` names, each part by id, name or prefix.

    Raises UsageError for a part that names nothing or several, and for an activity
    with several occurrences where none is given.
    """
    unit_text, _, rest = text.partition("/")
    unit = find_unit(campaign, unit_text)
    items = items_of(unit)
    exact = [item for item in items if item.key == f"{unit.id}/{normal(rest)}"]
    if exact:
        return exact[0]
    activity, occurrence = _split(rest)
    owed = _of_activity(items, activity)
    if not owed:
        raise _nothing_owed(unit, activity)
    found = _of_occurrence(owed, occurrence)
    if not found:
        raise UsageError(
            msg(
                "“{text}” has no such occurrence. There are: {known}.",
                text=text,
                known=_listed(item.key for item in owed),
            )
        )
    return _only(text, found, _item_names)


def matching(text: str, candidates: Iterable[T], names: Names[T]) -> list[T]:
    """Those whose id is the text, else those whose name is, else those that begin with it.

    `names` gives the id first. Letters count alike in either case only for prefixes.
    """
    wanted = normal(text)
    everyone = list(candidates)
    for test in (_has_id, _has_name, _has_prefix):
        found = [one for one in everyone if wanted and test(wanted, names(one))]
        if found:
            return found
    return []


def normal(text: str) -> str:
    """A text as ids and names are kept: in NFC."""
    if text.isascii():
        return text
    from unicodedata import normalize

    return normalize("NFC", text)


def _split(rest: str) -> tuple[str, str]:
    activity, at, occurrence = rest.rpartition("@")
    return (activity, occurrence) if at else (rest, "")


def _of_activity(items: Sequence[Item], text: str) -> list[Item]:
    """The items of the activities that a text may mean; an empty one means any."""
    activities = {item.activity.id: item.activity for item in items}.values()
    if not text:
        return list(items)
    found = {activity.id for activity in matching(text, activities, _activity_names)}
    return [item for item in items if item.activity.id in found]


def _of_occurrence(items: Sequence[Item], text: str) -> list[Item]:
    exact = [item for item in items if item.occurrence.name == text]
    return exact or [item for item in items if (item.occurrence.name or "").startswith(text)]


def _nothing_owed(unit: Unit, text: str) -> UsageError:
    return UsageError(
        msg(
            "“{unit}” owes nothing called “{text}”. “duban status --unit {id} --items” "
            "shows what it owes.",
            unit=unit.name,
            text=text,
            id=unit.id,
        )
    )


def _only(text: str, found: Sequence[T], names: Names[T]) -> T:
    if len(found) == 1:
        return found[0]
    raise _ambiguous(text, ("{} ({})".format(*names(one)) for one in found))


def _ambiguous(text: str, candidates: Iterable[str]) -> UsageError:
    return UsageError(
        msg("“{text}” may be any of: {known}. Say which.", text=text, known=_listed(candidates))
    )


def _listed(candidates: Iterable[str]) -> Message:
    everyone = list(candidates)
    shown = ", ".join(everyone[:_SHOWN])
    if len(everyone) <= _SHOWN:
        return msg("{list}", list=shown)
    return msg("{list} and {n} more", list=shown, n=len(everyone) - _SHOWN)


def _unit_names(unit: Unit) -> tuple[str, ...]:
    return unit.id, unit.name


def _kind_names(kind: UnitKind) -> tuple[str, ...]:
    return kind.id, kind.name


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
