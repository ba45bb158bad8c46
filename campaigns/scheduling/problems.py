"""Problems with the dates of a definition that only the calendar shows."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import islice
from typing import Final, NamedTuple

from campaigns.clock import instant, later
from campaigns.definition import END_OF_DAY, Activity, Campaign, Every, OnEvent, Window
from campaigns.scheduling.errors import Unschedulable, past_the_calendar
from campaigns.scheduling.occurrences import Planner, same_minute
from campaigns.scheduling.periods import dates, occurrence_dates
from i18n.messages import Message, msg

_MOST_ITEMS: Final = 1_000_000
"""The most items a campaign may have in all units (docs/campaign-format.md, "Limits")."""
_A_YEAR: Final = 366


class ScheduleProblem(NamedTuple):
    """A problem; `path` leads to its place within the activity.

    `("due",)`, `("due", "skip", "2022-06-01")`, or `()` for the activity as a whole.
    """

    activity: str
    path: tuple[str | int, ...]
    message: Message


def problems_of(campaign: Campaign) -> Iterable[ScheduleProblem]:
    """The problems with a campaign's dates. Raises UsageError for an unknown time zone."""
    planner = Planner(campaign)
    for activity in campaign.activities:
        try:
            yield from _problems_of_one(planner, campaign, activity)
        except Unschedulable as error:
            if error.activity == activity.id:
                yield ScheduleProblem(activity.id, ("due",), error.message)
    overfull = _overfull_activity(campaign, planner)
    if overfull is not None:
        yield _too_many(overfull)


def _problems_of_one(
    planner: Planner, campaign: Campaign, activity: Activity
) -> Iterator[ScheduleProblem]:
    match activity.due:
        case Every() as every:
            yield from _skip_problems(activity, every)
            yield from _periodic_problems(planner, activity, every)
        case OnEvent() as due:
            _check_limits(planner, campaign, activity, due)
        case _:
            planner.occurrences(activity)


def _skip_problems(activity: Activity, every: Every) -> Iterator[ScheduleProblem]:
    for day in sorted(every.skip):
        if not _falls_on(every, day):
            message = msg(
                "Nothing falls on {day}, so there is nothing to skip. "
                "Name a date before plus, within the bounds.",
                day=day.isoformat(),
            )
            yield ScheduleProblem(activity.id, ("due", "skip", day.isoformat()), message)


def _falls_on(every: Every, day: date) -> bool:
    return every.bounds.first <= day <= every.bounds.last and any(dates(every, day, day))


def _periodic_problems(
    planner: Planner, activity: Activity, every: Every
) -> Iterator[ScheduleProblem]:
    if same_minute(every.times):
        message = msg("23:59 and 24:00 on one day have the same key. Keep one of them.")
        yield ScheduleProblem(activity.id, ("due",), message)
    ends = _first_and_last(every)
    if ends is None:
        message = msg("No date falls within the bounds. Widen from and to, or skip less.")
        yield ScheduleProblem(activity.id, ("due",), message)
    else:
        planner.on_dates(activity, every, ends)


def _first_and_last(every: Every) -> tuple[date, date] | None:
    """The first and the last of the dates, if all between them can be computed."""
    first = next(occurrence_dates(every), None)
    return None if first is None else (first, _last(every))


def _last(every: Every) -> date:
    """The last of the dates, of which there must be one; searched from the end of the bounds."""
    lower, upper = every.bounds.first.toordinal(), every.bounds.last
    reach = _A_YEAR
    while True:
        start = date.fromordinal(max(lower, upper.toordinal() - reach))
        found = [day for day in dates(every, start, upper) if day not in every.skip]
        if found:
            return found[-1]
        reach *= 2


def _check_limits(planner: Planner, campaign: Campaign, activity: Activity, due: OnEvent) -> None:
    """Raise Unschedulable if an event in the campaign's period has a deadline after 9999."""
    limits = [due.within, *(step.within for step in due.steps)]
    try:
        event = instant(planner.zone, campaign.period.last, END_OF_DAY)
        for limit in limits:
            if limit is not None:
                later(planner.zone, event, limit).astimezone(planner.zone)
    except OverflowError:
        raise past_the_calendar(activity.id) from None


def _too_many(activity: Activity) -> ScheduleProblem:
    message = msg(
        "With “{activity}” the campaign has more than {most} items. "
        "Narrow its dates, or whom it is for.",
        activity=activity.id,
        most=f"{_MOST_ITEMS:,}",
    )
    return ScheduleProblem(activity.id, ("due",) if activity.due else (), message)


def _overfull_activity(campaign: Campaign, planner: Planner) -> Activity | None:
    """The activity that brings a campaign above _MOST_ITEMS items, None if none does.

    Event-driven activities do not count, since nothing is logged yet, nor activities whose
    dates cannot be computed. The occurrences, shared by all units, have the same limit.
    """
    occurrences = items_at_most = 0
    for activity in campaign.activities:
        count = _count_occurrences(activity)
        occurrences += count
        items_at_most += count * len(activity.units)
        if occurrences > _MOST_ITEMS:
            return activity
    return _overfull_exactly(campaign, planner) if items_at_most > _MOST_ITEMS else None


def _count_occurrences(activity: Activity) -> int:
    match activity.due:
        case Every() as every:
            days = islice(occurrence_dates(every), _MOST_ITEMS + 1)
            return sum(1 for _ in days) * len(every.times)
        case OnEvent():
            return 0
        case _:
            return 1


def _overfull_exactly(campaign: Campaign, planner: Planner) -> Activity | None:
    """The same, without items outside the active dates of their units."""
    windows = {unit.id: unit.active for unit in campaign.units}
    items = 0
    for activity in campaign.activities:
        items += _count_items(activity, windows, planner)
        if items > _MOST_ITEMS:
            return activity
    return None


def _count_items(activity: Activity, windows: Mapping[str, Window], planner: Planner) -> int:
    by_window = Counter(windows[unit] for unit in activity.units)
    if isinstance(activity.due, Every):
        days: list[date | None] = list(occurrence_dates(activity.due))
        times = len(activity.due.times)
    else:
        days, times = _days_of_one_off(activity, planner), 1
    return sum(units * times * _count_active(days, window) for window, units in by_window.items())


def _days_of_one_off(activity: Activity, planner: Planner) -> list[date | None]:
    try:
        return [occurrence.day for occurrence in planner.occurrences(activity)]
    except Unschedulable:
        return []


def _count_active(days: list[date | None], window: Window) -> int:
    """How many of these ascending days are within a window; a single None always is."""
    if not days or days == [None]:
        return len(days)
    dated = [day for day in days if day is not None]
    start = 0 if window.first is None else bisect_left(dated, window.first)
    return (len(dated) if window.last is None else bisect_right(dated, window.last)) - start
