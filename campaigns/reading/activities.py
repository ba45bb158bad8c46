"""Reads sections and activities (docs/campaign-format.md, "Sections and activities")."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple, cast

from msgspec import Struct

from campaigns.definition import Activity, Due, Level, Metric, Period, Section
from campaigns.reading.dues import due_of
from campaigns.reading.fields import (
    Fields,
    boolean_of,
    choice_of,
    id_of,
    integer_from,
    line_of,
    name_of,
    nodes_of,
    number_of,
    place_of,
    table_of,
    text_of,
)
from campaigns.reading.nodes import Listing, Node, Scalar, Table
from campaigns.reading.problems import Place, Problems, quoted
from campaigns.reading.selectors import Selectors
from i18n.messages import msg

ANCHORS: Final = ("start", "end", "issued")

_SECTION_KEYS: Final = ("id", "title", "label", "activities")
_ACTIVITY_KEYS: Final = (
    "id", "title", "for", "except", "level", "nil_ok", "due", "evidence", "metrics", "target",
    "guidance", "was",
)  # fmt: skip


class References(Struct, frozen=True):
    """What activities refer to; None for what could not be read, which is reported elsewhere."""

    period: Period | None
    metrics: Mapping[str, Metric] | None
    selectors: Selectors


class Located(NamedTuple):
    """An activity and its position. It is `sound` if its `due` could be read."""

    activity: Activity
    table: Table
    sound: bool

    def place(self, *path: str | int) -> Place:
        """The position of something within the activity, or of what is nearest around it.

        The path consists of keys of tables and texts of list members.
        """
        node: Node = self.table
        for step in path:
            match node:
                case Table() if step in node.entries:
                    node = node.entries[str(step)].value
                case Listing():
                    node = next((item for item in node.items if _reads(item, step)), node)
                case _:
                    break
        return node.place


def _reads(node: Node, text: str | int) -> bool:
    return isinstance(node, Scalar) and node.text == text


class LocatedSection(NamedTuple):
    """A section as read so far, and its activities."""

    section: Section
    activities: tuple[Located, ...]


def sections_of(
    node: Node, references: References, problems: Problems
) -> tuple[LocatedSection, ...]:
    """The sections of the file, with the activities that could be read at least in part."""
    tables: dict[str, Place] = {}
    activity_ids: dict[str, Place] = {}
    sections = []
    for member in nodes_of(node, msg("a list of sections"), problems):
        table = table_of(member, msg("a mapping with id, title and activities"), problems)
        if table is None:
            continue
        fields = Fields(table, _SECTION_KEYS, problems)
        section_id = fields.require("id", id_of) or ""
        _check_new(section_id, fields, tables)
        title = fields.require("title", line_of) or ""
        label = fields.read("label", line_of, "")
        activities = _activities(fields, section_id, references, activity_ids)
        sections.append(LocatedSection(Section(section_id, title, label, ()), activities))
    return tuple(sections)


def _activities(
    fields: Fields, section: str, references: References, seen: dict[str, Place]
) -> tuple[Located, ...]:
    node = fields.node("activities")
    if node is None:
        return ()
    activities = []
    for member in nodes_of(node, msg("a list of activities"), fields.problems):
        table = table_of(member, msg("a mapping with id and title"), fields.problems)
        if table is None:
            continue
        inner = Fields(table, _ACTIVITY_KEYS, fields.problems)
        activity_id = inner.require("id", id_of) or ""
        _check_new(activity_id, inner, seen)
        if activity_id in ANCHORS:
            message = msg("“{id}” names a day of the campaign: give the activity another id.",
                          id=activity_id)  # fmt: skip
            inner.note("id", message)
        activities.append(_activity(activity_id, section, inner, references))
    return tuple(activities)


def _check_new(new_id: str, fields: Fields, seen: dict[str, Place]) -> None:
    if not new_id:
        return
    place = place_of(fields.node("id"), fields.table.place)
    if new_id in seen:
        message = msg("The id “{id}” is taken; it is first on line {line}.",
                      id=new_id, line=seen[new_id].line)  # fmt: skip
        fields.note("id", message)
    seen.setdefault(new_id, place)


def _activity(activity_id: str, section: str, fields: Fields, references: References) -> Located:
    due, sound = _due(fields, references.period)
    metrics = fields.many("metrics", name_of)
    _check_metrics(fields, references.metrics)
    activity = Activity(
        id=activity_id,
        title=fields.require("title", line_of) or "",
        section=section,
        units=_units(fields, references.selectors),
        level=cast("Level", fields.read("level", choice_of("required", "optional"), "required")),
        nil_ok=fields.read("nil_ok", boolean_of, False),
        due=due,
        evidence=fields.read("evidence", _evidence, {}),
        metrics=metrics,
        target=_target(fields, references.metrics),
        guidance=fields.read("guidance", text_of, ""),
        was=fields.many("was", id_of),
    )
    return Located(activity, fields.table, sound)


def _due(fields: Fields, period: Period | None) -> tuple[Due | None, bool]:
    """The due, None for undated, and whether it was read without a problem."""
    node = fields.node("due")
    if node is None:
        return None, "due" not in fields
    due = due_of(node, period, fields.problems)
    return due, due is not None


def _units(fields: Fields, selectors: Selectors) -> frozenset[str]:
    """The ids of the units it is for; empty if that could not be read."""
    chosen, excepted = fields.many("for", name_of), fields.many("except", name_of)
    known = [selectors.all_known(_named(fields.node(key))) for key in ("for", "except")]
    if not all(known) or ("for" in fields and not chosen):
        return frozenset()
    place = place_of(fields.node("for") or fields.node("except"), fields.table.place)
    everyone = None if "for" not in fields else frozenset(chosen)
    return selectors.select(everyone, frozenset(excepted), place)


def _named(node: Node | None) -> Iterable[tuple[str, Place]]:
    """The names in a list, or a single name, in the form in which they are compared."""
    members = node.items if isinstance(node, Listing) else (node,)
    for member in members:
        if isinstance(member, Scalar) and (name := name_of(member, Problems())):
            yield name, member.place


def _check_metrics(fields: Fields, known: Mapping[str, Metric] | None) -> None:
    for name, place in _named(fields.node("metrics")):
        if known is not None and name not in known:
            _unknown_metric(name, place, known, fields.problems)


def _target(fields: Fields, known: Mapping[str, Metric] | None) -> Mapping[str, int | float]:
    node = fields.node("target")
    what = msg("a mapping from a metric to a number")
    table = None if node is None else table_of(node, what, fields.problems)
    if table is None:
        return {}
    inner = Fields(table, table.entries, fields.problems)
    for name, entry in table.entries.items():
        if known is not None and name not in known:
            _unknown_metric(name, entry.key.place, known, fields.problems)
    numbers = {name: inner.maybe(name, number_of) for name in table.entries}
    return {name: number for name, number in numbers.items() if number is not None}


def _unknown_metric(
    name: str, place: Place, known: Mapping[str, Metric], problems: Problems
) -> None:
    message = msg("There is no metric “{metric}” under “metrics”.", metric=quoted(name))
    problems.explain(place, message, name, known)


def _evidence(node: Node, problems: Problems) -> Mapping[str, int] | None:
    table = table_of(node, msg("a mapping from a kind of evidence to a number"), problems)
    if table is None:
        return None
    fields = Fields(table, table.entries, problems)
    least = {}
    for name, entry in table.entries.items():
        count = fields.maybe(name, integer_from(0))
        if id_of(entry.key, problems) is not None and count is not None:
            least[name] = count
    return least
