"""The rows of the statistics: blocks with headings, in order."""

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
    """The row of a block without content."""

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
    """All blocks; the units come last, since there may be thousands of them."""
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
    """What identifies a row after a change."""
    if isinstance(row, Row):  # First, since there may be thousands.
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
