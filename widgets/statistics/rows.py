"""The rows of the statistics: blocks with headings, in the order in which they are read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from campaigns.overviews.metric_sums import MetricSum
from campaigns.overviews.statistics import DayOfReports, KindProgress, SectionProgress, Statistics
from campaigns.standing.matrix import Row
from campaigns.totals import Progress
from i18n.catalogue import Translator


class Heading(NamedTuple):
    """The first row of a block."""

    text: str


class Nothing(NamedTuple):
    """What a block says that has nothing to show."""

    text: str


class Whole(NamedTuple):
    """All sections together."""

    progress: Progress


StatisticsRow = (
    Heading | Nothing | Whole | SectionProgress | KindProgress | DayOfReports | MetricSum | Row
)


def statistics_rows(
    found: Statistics, units: Sequence[Row], tr: Translator
) -> tuple[StatisticsRow, ...]:
    """Every block; the units stand last, for there may be thousands of them."""
    return (
        Heading(tr("Progress by section")),
        Whole(found.whole),
        *found.sections,
        Heading(tr("Progress by kind of unit")),
        *_or_nothing(found.kinds, tr("No unit is shown.")),
        Heading(tr("Submissions by day (in all), and what was due")),
        *found.days,
        Heading(tr("Figures, for each activity on its own")),
        *_or_nothing(found.sums, tr("No figures were reported.")),
        Heading(tr("Progress by unit")),
        *_or_nothing(units, tr("No unit is shown.")),
    )


def _or_nothing(rows: Sequence[StatisticsRow], words: str) -> Sequence[StatisticsRow]:
    return rows or (Nothing(words),)


def key_of(row: StatisticsRow) -> object:
    """What makes a row the same in other statistics."""
    if isinstance(row, Row):  # First, for there may be thousands.
        return row.unit
    match row:
        case SectionProgress():
            return "section", row.section.id
        case KindProgress():
            return "kind", row.kind.id
        case DayOfReports():
            return row.day
        case MetricSum():
            return "figure", row.activity.id, row.metric.id
        case Whole():
            return "whole"
        case Heading() | Nothing():
            return row
