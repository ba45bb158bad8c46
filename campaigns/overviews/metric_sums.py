"""Aggregates reported figures for each activity and metric, by the metric's `aggregate`.

Never across activities: weekly figures are increments, those of a summary are cumulative
(docs/terms.md, "Facts").
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from msgspec import Struct

from campaigns.definition import Activity, Campaign, Metric
from campaigns.entries import Number, State
from campaigns.overviews.tallies import FigureTally, Pair, RowTally, together
from campaigns.standing.matrix import CELLS, NO_ITEM, Matrix

_NOT_ASKED: Final = frozenset(
    {NO_ITEM, *(code for code, cell in enumerate(CELLS) if cell and cell.state is State.WAIVED)}
)


class MetricSum(Struct, frozen=True):
    """The aggregate of one metric of one activity, and the number of reports with it.

    `sum` adds all reports; `max` takes the largest; `last` adds what each unit reported last
    (by receipt). `value` is None if nothing was reported. `target` is aggregated in the same
    way: the target of the activity for each item that is not waived, or for `last` for each
    unit that has one.
    """

    activity: Activity
    metric: Metric
    value: Number | None
    reports: int
    target: Number | None = None


def metric_sums(
    campaign: Campaign, matrix: Matrix, parts: Iterable[RowTally]
) -> tuple[MetricSum, ...]:
    """The metrics that were reported or have a target, for each activity.

    In the order of the file. A metric that is no longer in the file is named by its id.
    """
    reported: dict[Pair, list[FigureTally]] = defaultdict(list)
    for part in parts:
        for pair, figures in part.figures.items():
            reported[pair].append(figures)
    order = {metric: number for number, metric in enumerate(campaign.metrics)}
    sums = [
        _metric_sum(campaign, matrix, activity, metric, reported.get((activity.id, metric), []))
        for activity in campaign.activities
        for metric in _metrics(activity, reported)
    ]
    return tuple(sorted(sums, key=lambda each: order.get(each.metric.id, len(order))))


def _metrics(activity: Activity, reported: Mapping[Pair, object]) -> Iterator[str]:
    names = dict.fromkeys((*activity.metrics, *activity.target))
    names |= dict.fromkeys(metric for owner, metric in reported if owner == activity.id)
    for metric in names:
        if metric in activity.target or (activity.id, metric) in reported:
            yield metric


def _metric_sum(
    campaign: Campaign, matrix: Matrix, activity: Activity, name: str, parts: list[FigureTally]
) -> MetricSum:
    metric = campaign.metrics.get(name) or Metric(name, name)
    value = together(metric.aggregate, (part.value for part in parts)) if parts else None
    each = activity.target.get(name)
    return MetricSum(
        activity=activity,
        metric=metric,
        value=None if value is None else _tidy(value),
        reports=sum(part.reports for part in parts),
        target=None if each is None else _target(metric, each, _asked(matrix, activity)),
    )


def _tidy(value: Number) -> Number:
    """A number without the errors of binary fractions, so that 0.1 and 0.2 make 0.3."""
    return value if isinstance(value, int) else round(value, 6)


def _target(metric: Metric, each: Number, asked: Counter[int]) -> Number:
    match metric.aggregate:
        case "sum":
            return _tidy(each * asked.total())
        case "max":
            return each
        case "last":
            return _tidy(each * len(asked))


def _asked(matrix: Matrix, activity: Activity) -> Counter[int]:
    """The number of items of an activity that each row owes, without waived ones."""
    asked: Counter[int] = Counter()
    for place, column in enumerate(matrix.columns):
        if column.activity.id == activity.id:
            codes = enumerate(matrix.column(place))
            asked.update(number for number, code in codes if code not in _NOT_ASKED)
    for number, row in enumerate(matrix.rows):
        asked[number] += sum(
            report.activity.id == activity.id and report.cell.state is not State.WAIVED
            for report in row.immediate
        )
    return +asked
