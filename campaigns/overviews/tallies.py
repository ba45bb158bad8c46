"""Counts the rows of the matrix in groups, so that a change counts only one group again.

A tally holds what cannot be counted in the bytes of the cells: totals by kind, receipts by
day, and figures.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Final, NamedTuple

from msgspec import Struct

from campaigns.definition import Aggregate, Campaign
from campaigns.entries import Number
from campaigns.standing.matrix import Row
from campaigns.totals import Progress

AT_ONCE: Final = 250
"""How many rows are counted together."""

_NEVER: Final = datetime.min.replace(tzinfo=UTC)

Pair = tuple[str, str]
"""The ids of an activity and a metric."""

Tallies = Mapping[int, "RowTally"]
"""Tallies by the number of their first row."""


class FigureTally(NamedTuple):
    """The number of reports of a metric, and their aggregate."""

    reports: int
    value: Number


class RowTally(Struct, frozen=True):
    """The tally of some rows: units and progress by kind, receipts by date, figures."""

    rows: tuple[Row, ...]
    units: Mapping[str, int]
    progress: Mapping[str, Progress]
    days: Mapping[date, int]
    figures: Mapping[Pair, FigureTally]


def tallies_of(
    campaign: Campaign, rows: tuple[Row, ...], earlier: Tallies, *, most: int | None = None
) -> Tallies:
    """The tallies of all rows; those of unchanged rows are taken from `earlier`.

    Counts at most `most` new tallies and leaves the rest out, so that an interface can go on
    counting between two keys.
    """
    found: dict[int, RowTally] = {}
    new = 0
    for start in range(0, len(rows), AT_ONCE):
        own = rows[start : start + AT_ONCE]
        before = earlier.get(start)
        if before is not None and before.rows == own:
            found[start] = before
        elif most is None or new < most:
            found[start] = _tally(campaign, own)
            new += 1
    return found


def counted(tallies: Tallies) -> int:
    """The number of counted rows."""
    return sum(len(tally.rows) for tally in tallies.values())


def aggregate_of(campaign: Campaign, metric: str) -> Aggregate:
    """The way a metric is aggregated; `sum` if it is not defined."""
    found = campaign.metrics.get(metric)
    return "sum" if found is None else found.aggregate


def together(aggregate: Aggregate, values: Iterable[Number]) -> Number:
    """The aggregate of the values of several units."""
    return max(values) if aggregate == "max" else sum(values)


def _tally(campaign: Campaign, rows: tuple[Row, ...]) -> RowTally:
    units: Counter[str] = Counter()
    progress: dict[str, Progress] = defaultdict(Progress)
    days: dict[date, int] = defaultdict(int)
    for row in rows:
        units[row.unit.kind] += 1
        progress[row.unit.kind] += row.totals
        for day, number in row.days.items():
            days[day] += number
    return RowTally(rows, units, progress, days, figures_of(campaign, rows))


def figures_of(campaign: Campaign, rows: Iterable[Row]) -> Mapping[Pair, FigureTally]:
    """The figures reported by these units, by activity and metric."""
    reports: dict[Pair, list[tuple[str, datetime | None, Number]]] = defaultdict(list)
    for row in rows:
        unit = row.unit.id
        for activity, metric, value, at in row.figures:
            reports[activity, metric].append((unit, at, value))
    return {
        pair: FigureTally(len(found), _value(aggregate_of(campaign, pair[1]), found))
        for pair, found in reports.items()
    }


def _value(aggregate: Aggregate, reports: list[tuple[str, datetime | None, Number]]) -> Number:
    if aggregate != "last":
        return together(aggregate, (value for _, _, value in reports))
    last: dict[str, tuple[datetime, Number]] = {}
    for unit, at, value in reports:
        moment = at or _NEVER
        if unit not in last or last[unit][0] <= moment:
            last[unit] = (moment, value)
    return together(aggregate, (value for _, value in last.values()))
