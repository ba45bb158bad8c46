"""Reads units, from the definition or a roster (docs/campaign-format.md, "Units")."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from campaigns.definition import Liaison, Unit, UnitKind, Window
from campaigns.reading.cycles import cycles
from campaigns.reading.fields import (
    Fields,
    check_order,
    date_of,
    id_of,
    integer_from,
    line_of,
    name_of,
    nodes_of,
    place_of,
    table_of,
    text_of,
)
from campaigns.reading.nodes import Listing, Node, Table
from campaigns.reading.problems import Place, Problems, quoted
from i18n.messages import msg

UNIT_KEYS: Final = (
    "id", "name", "kind", "tags", "parent", "active", "shifts_per_day", "liaison",
)  # fmt: skip
_LIAISON_KEYS: Final = ("name", "post", "office_phone", "mobile", "note")


class UnitList(NamedTuple):
    """The units that could be read; `complete` if all ids, kinds and tags could be."""

    units: tuple[Unit, ...]
    complete: bool


class _Located(NamedTuple):
    unit: Unit
    table: Table
    selectable: bool

    def place(self, key: str) -> Place:
        entry = self.table.entries.get(key)
        return place_of(entry.value if entry else None, self.table.place)


def roster_of(node: Node, problems: Problems) -> Node | None:
    """The list of units in a roster, which is a list or a mapping with `units`."""
    if isinstance(node, Table):
        fields = Fields(node, ("units",), problems)
        fields.check_present("units")
        return fields.node("units")
    if isinstance(node, Listing) and node.items:
        return node
    problems.add(node.place, msg("Expected a list of units, or a mapping with “units”."))
    return None


def units_of(node: Node, kinds: Mapping[str, UnitKind] | None, problems: Problems) -> UnitList:
    """The units of a list. Their kinds are not checked if `kinds` is None."""
    before = len(problems)
    members = nodes_of(node, msg("a list of units"), problems)
    complete = len(problems) == before
    located = []
    for member in members:
        table = table_of(member, msg("a mapping with id, name and kind"), problems)
        if table is not None:
            located.append(_located(table, problems))
    complete = complete and len(located) == len(members)
    named = [each for each in located if each.unit.id]
    before = len(problems)
    _check_ids(named, kinds or {}, problems)
    _check_kinds(located, kinds, problems)
    complete = complete and len(problems) == before
    _check_parents(named, problems)
    by_id = {each.unit.id: each.unit for each in named}
    return UnitList(tuple(by_id.values()), complete and all(each.selectable for each in located))


def window_of(node: Node, problems: Problems) -> Window | None:
    """`{from: DATE, to: DATE}`, where either may be absent."""
    table = table_of(node, msg("a mapping with from, to or both"), problems)
    if table is None:
        return None
    fields = Fields(table, ("from", "to"), problems)
    window = Window(fields.maybe("from", date_of), fields.maybe("to", date_of))
    check_order(window.first, window.last, table.place, problems)
    return window


def _located(table: Table, problems: Problems) -> _Located:
    """A unit, without what could not be read.

    It is not selectable if it has an unknown key, which may be a misspelt `kind` or `tags`.
    """
    before = len(problems)
    fields = Fields(table, UNIT_KEYS, problems)
    unit_id = fields.require("id", id_of) or ""
    kind = fields.require("kind", id_of) or ""
    tags = fields.many("tags", name_of)
    selectable = len(problems) == before
    unit = Unit(
        id=unit_id,
        name=fields.require("name", line_of) or "",
        kind=kind,
        tags=tags,
        parent=fields.maybe("parent", id_of),
        active=fields.read("active", window_of, Window()),
        shifts_per_day=fields.maybe("shifts_per_day", integer_from(1)),
        liaison=fields.read("liaison", _liaison, Liaison()),
    )
    return _Located(unit, table, selectable)


def _liaison(node: Node, problems: Problems) -> Liaison | None:
    table = table_of(node, msg("a mapping with a name and how to call"), problems)
    if table is None:
        return None
    fields = Fields(table, _LIAISON_KEYS, problems)
    return Liaison(
        name=fields.read("name", line_of, ""),
        post=fields.read("post", line_of, ""),
        office_phone=fields.read("office_phone", line_of, ""),
        mobile=fields.read("mobile", line_of, ""),
        note=fields.read("note", text_of, ""),
    )


def _check_ids(
    located: Iterable[_Located], kinds: Mapping[str, UnitKind], problems: Problems
) -> None:
    """Check ids, which are used as file names and, like kinds, as selectors."""
    seen: dict[str, str] = {}
    for each in located:
        unit_id, place = each.unit.id, each.place("id")
        earlier = seen.get(unit_id.casefold())
        seen.setdefault(unit_id.casefold(), unit_id)
        if earlier is not None:
            message = (
                msg("There are two units “{id}”.", id=unit_id)
                if earlier == unit_id
                else msg("“{id}” and “{other}” differ only in case.", id=unit_id, other=earlier)
            )
            problems.add(place, message)
        if unit_id in kinds:
            problems.add(place, msg("“{id}” is a kind already: give one another id.", id=unit_id))


def _check_kinds(
    located: Iterable[_Located], kinds: Mapping[str, UnitKind] | None, problems: Problems
) -> None:
    if kinds is None:
        return
    for each in located:
        if each.unit.kind and each.unit.kind not in kinds:
            message = msg("There is no kind “{kind}”.", kind=quoted(each.unit.kind))
            problems.explain(each.place("kind"), message, each.unit.kind, kinds)


def _check_parents(located: Iterable[_Located], problems: Problems) -> None:
    by_id = {each.unit.id: each for each in located}
    for each in by_id.values():
        parent = each.unit.parent
        if parent is not None and parent not in by_id:
            message = msg("There is no unit “{unit}”.", unit=quoted(parent))
            problems.explain(each.place("parent"), message, parent, by_id)
    for circle in cycles({unit_id: each.unit.parent for unit_id, each in by_id.items()}):
        names = quoted(", ".join((*circle, circle[0])))
        problems.add(
            by_id[circle[0]].place("parent"),
            msg("Units cannot be parents in a circle: {names}.", names=names),
        )
