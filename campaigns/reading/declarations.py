"""Reads kinds of unit and metrics (docs/campaign-format.md, "Top of the file")."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, Literal, cast

from campaigns.definition import Metric, UnitKind
from campaigns.reading.cycles import cycles
from campaigns.reading.fields import Fields, choice_of, id_of, line_of, place_of, table_of
from campaigns.reading.nodes import Node, Table
from campaigns.reading.problems import Place, Problems, quoted
from i18n.messages import Message, msg

_KIND_KEYS: Final = ("name", "parent")
_METRIC_KEYS: Final = ("name", "unit", "aggregate")


def kinds_of(node: Node, problems: Problems) -> Mapping[str, UnitKind] | None:
    """The kinds of unit by id, each with an existing parent or none."""
    table = table_of(node, msg("a mapping from each kind's id to its name"), problems)
    if table is None:
        return None
    kinds = {}
    for kind_id, fields in _declared(table, _KIND_KEYS, msg("a mapping with a name"), problems):
        name = fields.read("name", line_of, kind_id)
        kinds[kind_id] = UnitKind(kind_id, name, fields.maybe("parent", id_of))
    _check_parents(kinds, table, problems)
    return kinds


def metrics_of(node: Node, problems: Problems) -> Mapping[str, Metric] | None:
    """The metrics by id."""
    table = table_of(node, msg("a mapping from each metric's id to its name"), problems)
    if table is None:
        return None
    metrics = {}
    what = msg("a mapping with a name and a unit")
    for metric_id, fields in _declared(table, _METRIC_KEYS, what, problems):
        aggregate = fields.read("aggregate", choice_of("sum", "max", "last"), "sum")
        metrics[metric_id] = Metric(
            metric_id,
            fields.read("name", line_of, metric_id),
            fields.read("unit", line_of, ""),
            cast("Literal['sum', 'max', 'last']", aggregate),
        )
    return metrics


def _declared(
    table: Table, keys: tuple[str, ...], what: Message, problems: Problems
) -> Iterator[tuple[str, Fields]]:
    """The ids that a table declares, with the fields of each."""
    declared = Fields(table, table.entries, problems)
    for name, entry in table.entries.items():
        declared_id = id_of(entry.key, problems)
        value = declared.node(name)
        inner = None if value is None else table_of(value, what, problems)
        if declared_id is not None:
            empty = Table({}, entry.key.place)
            yield declared_id, Fields(empty if inner is None else inner, keys, problems)


def _check_parents(kinds: Mapping[str, UnitKind], table: Table, problems: Problems) -> None:
    for kind in kinds.values():
        if kind.parent is not None and kind.parent not in kinds:
            place = _parent_place(table, kind.id)
            message = msg("There is no kind “{kind}”.", kind=quoted(kind.parent))
            problems.explain(place, message, kind.parent, kinds)
    for circle in cycles({kind.id: kind.parent for kind in kinds.values()}):
        names = ", ".join((*circle, circle[0]))
        problems.add(
            _parent_place(table, circle[0]),
            msg("Kinds cannot be parents in a circle: {names}.", names=quoted(names)),
        )


def _parent_place(table: Table, kind: str) -> Place:
    entry = table.entries[kind]
    parent = entry.value.entries.get("parent") if isinstance(entry.value, Table) else None
    return place_of(parent.value if parent else None, entry.key.place)
