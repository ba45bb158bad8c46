"""The words of the statistics, in the columns and in the status line."""

from __future__ import annotations

from datetime import date

from campaigns.overviews.metric_sums import MetricSum
from campaigns.overviews.statistics import DayOfReports, KindProgress, SectionProgress
from campaigns.standing.matrix import Row
from campaigns.terms import weekday_name
from campaigns.totals import Progress
from campaigns.typed.figures import figure_text
from widgets.look import Look
from widgets.statistics.rows import StatisticsRow, Whole


def counted_words(progress: Progress) -> str:
    """`3/24`: reported of expected."""
    return f"{progress.reported}/{progress.expected}"


def day_label(look: Look, day: date) -> str:
    """`06-01 Wed`."""
    return f"{day:%m-%d} {look.tr.render(weekday_name(day))}"


def day_words(day: DayOfReports) -> str:
    """`12 (28)`: received on that day, and up to it."""
    return f"{day.received} ({day.total})"


def due_words(look: Look, day: DayOfReports) -> str:
    """How many items had a deadline on that day."""
    return look.tr("due {n}", n=day.due)


def value_words(look: Look, found: MetricSum) -> str:
    """The sum of the figures, with target and unit of measure."""
    value = "-" if found.value is None else figure_text(found.value)
    if found.target is not None:
        value = f"{value}/{figure_text(found.target)}"
    if found.metric.aggregate == "max":
        value = look.tr("highest {value}", value=value)
    return f"{value} {found.metric.unit}".rstrip()


def reports_words(look: Look, found: MetricSum) -> str:
    """The number of reports with the figure."""
    return look.tr.count("1 report", "{n} reports", found.reports)


def explanation(look: Look, row: StatisticsRow | None) -> str:
    """A row in full, since its columns may be too narrow."""
    match row:
        case Whole():
            return _progress(look, look.tr("All"), row.progress)
        case SectionProgress():
            return _progress(look, row.section.title, row.progress)
        case KindProgress():
            return _progress(look, row.kind.name, row.progress)
        case DayOfReports():
            return look.tr(
                "{day}: received {received}, in all {total}, due {due}",
                day=row.day.isoformat(),
                received=row.received,
                total=row.total,
                due=row.due,
            )
        case MetricSum():
            return look.tr(
                "{metric}, {activity}: {value} from {reports}",
                metric=row.metric.name,
                activity=row.activity.title,
                value=value_words(look, row),
                reports=reports_words(look, row),
            )
        case Row() if row.fault is not None:
            return look.tr.render(row.fault)
        case Row():
            return _progress(look, row.unit.name, row.totals)
    return ""


def _progress(look: Look, name: str, progress: Progress) -> str:
    return look.tr(
        "{name}: {percent}, {count} submitted, {overdue} overdue",
        name=name,
        percent=progress.percent_text,
        count=counted_words(progress),
        overdue=progress.overdue,
    )
