"""统计: the progress of sections, kinds and units, what came in by day, and the figures.

Computed from the rows of the matrix; nothing is judged again. The sums over sections, kinds
and days agree with campaigns.totals.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Final

from msgspec import Struct

from campaigns.clock import zone_of
from campaigns.definition import Campaign, Section, UnitKind
from campaigns.overviews.metric_sums import MetricSum, metric_sums
from campaigns.overviews.tallies import RowTally, Tallies
from campaigns.standing.matrix import Column, Matrix, progress_of
from campaigns.totals import Progress

_DAY: Final = timedelta(days=1)

Counted = Sequence[tuple[Column, Progress]]
"""The columns whose items count, with their progress."""


class SectionProgress(Struct, frozen=True):
    """The progress of a section."""

    section: Section
    progress: Progress


class KindProgress(Struct, frozen=True):
    """The progress of the units of a kind, including the kinds below it.

    `depth` is 0 for a kind without a parent; these add up to the whole.
    """

    kind: UnitKind
    depth: int
    units: int
    progress: Progress


class DayOfReports(Struct, frozen=True):
    """One date in the campaign's time zone: reports received, received so far, and due.

    `due` counts the items whose deadline in the definition is on that date; an extension does
    not change it.
    """

    day: date
    received: int
    total: int
    due: int


class Statistics(Struct, frozen=True):
    """The statistics of some units, each list in the order it is shown.

    Sections, kinds and metrics are in the order of the file, a kind before those below it.
    """

    whole: Progress
    sections: tuple[SectionProgress, ...]
    kinds: tuple[KindProgress, ...]
    days: tuple[DayOfReports, ...]
    sums: tuple[MetricSum, ...]


def statistics_of(
    campaign: Campaign, matrix: Matrix, tallies: Tallies, now: datetime
) -> Statistics:
    """The statistics of the units of a matrix at an instant in UTC; `tallies` are of its rows."""
    parts = tuple(tallies.values())
    columns = [
        (column, matrix.progress(place))
        for place, column in enumerate(matrix.columns)
        if column.counts
    ]
    sections = _sections(campaign, matrix, columns)
    return Statistics(
        whole=sum((found.progress for found in sections), Progress()),
        sections=sections,
        kinds=tuple(_kinds(campaign, parts)),
        days=tuple(_days(campaign, columns, parts, now)),
        sums=metric_sums(campaign, matrix, parts),
    )


def _sections(campaign: Campaign, matrix: Matrix, columns: Counted) -> tuple[SectionProgress, ...]:
    found: dict[str, list[Progress]] = defaultdict(list)
    for column, progress in columns:
        found[column.activity.section].append(progress)
    for row in matrix.rows:
        for report in row.immediate:
            if report.counts:
                found[report.activity.section].append(progress_of({report.cell: 1}))
    return tuple(SectionProgress(one, sum(found[one.id], Progress())) for one in campaign.sections)


def _kinds(campaign: Campaign, parts: tuple[RowTally, ...]) -> Iterator[KindProgress]:
    """The kinds that have units, or kinds below them that have."""
    units: Counter[str] = Counter()
    for part in parts:
        units.update(part.units)

    def tree(parent: str | None, depth: int) -> Iterator[KindProgress]:
        for kind in campaign.unit_kinds.values():
            if kind.parent != parent:
                continue
            below = list(tree(kind.id, depth + 1))
            children = [found for found in below if found.depth == depth + 1]
            number = units[kind.id] + sum(found.units for found in children)
            if number:
                own = [part.progress[kind.id] for part in parts if kind.id in part.progress]
                whole = sum((*own, *(found.progress for found in children)), Progress())
                yield KindProgress(kind, depth, number, whole)
                yield from below

    return tree(None, 0)


def _days(
    campaign: Campaign, columns: Counted, parts: Iterable[RowTally], now: datetime
) -> Iterator[DayOfReports]:
    """Every day from the notice to today, and others on which something was received.

    Not beyond the campaign's period and its last deadline, unless something was received.
    """
    received: dict[date, int] = defaultdict(int)
    for part in parts:
        for day, number in part.days.items():
            received[day] += number
    due = _due(campaign, columns)
    first = min(campaign.issued, campaign.period.first)
    today = now.astimezone(zone_of(campaign.timezone)).date()
    last = min(today, max(campaign.period.last, *due, first))
    total = 0
    for day in sorted({*_dates(first, last), *received}):
        number = received.get(day, 0)
        total += number
        yield DayOfReports(day, number, total, due.get(day, 0))


def _due(campaign: Campaign, columns: Counted) -> Mapping[date, int]:
    """The number of expected items by the date of their deadline."""
    zone = zone_of(campaign.timezone)
    due: Counter[date] = Counter()
    for column, progress in columns:
        if column.occurrence.due is not None:
            due[column.occurrence.due.astimezone(zone).date()] += progress.expected
    return due


def _dates(first: date, last: date) -> Iterator[date]:
    for offset in range((last - first).days + 1):
        yield first + offset * _DAY
