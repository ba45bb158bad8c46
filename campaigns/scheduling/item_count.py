"""Counting the items of a campaign without making them (docs/campaign-format.md, "Limits")."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping
from datetime import date
from itertools import islice
from typing import Final

from campaigns.definition import Activity, Campaign, Every, OnEvent, Window
from campaigns.scheduling.errors import Unschedulable
from campaigns.scheduling.occurrences import Planner
from campaigns.scheduling.periods import occurrence_dates

MOST_ITEMS: Final = 1_000_000
"""How many items a campaign may have, over all units."""


def overfull_activity(campaign: Campaign, planner: Planner) -> Activity | None:
    """The activity with which a campaign has more than MOST_ITEMS items, None if it has not.

    Events count for nothing, since none is logged; so do activities whose dates lead nowhere.
    The occurrences themselves, made once for all units, may not be more either.
    """
    occurrences = items_at_most = 0
    for activity in campaign.activities:
        count = _count_occurrences(activity)
        occurrences += count
        items_at_most += count * len(activity.units)
        if occurrences > MOST_ITEMS:
            return activity
    return _overfull_exactly(campaign, planner) if items_at_most > MOST_ITEMS else None


def _count_occurrences(activity: Activity) -> int:
    match activity.due:
        case Every() as every:
            days = islice(occurrence_dates(every), MOST_ITEMS + 1)
            return sum(1 for _ in days) * len(every.times)
        case OnEvent():
            return 0
        case _:
            return 1


def _overfull_exactly(campaign: Campaign, planner: Planner) -> Activity | None:
    """The same, with items outside their units' active dates left out."""
    windows = {unit.id: unit.active for unit in campaign.units}
    items = 0
    for activity in campaign.activities:
        items += _count_items(activity, windows, planner)
        if items > MOST_ITEMS:
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
    """How many of some ascending days lie within a window; a lone None always does."""
    if not days or days == [None]:
        return len(days)
    dated = [day for day in days if day is not None]
    start = 0 if window.first is None else bisect_left(dated, window.first)
    return (len(dated) if window.last is None else bisect_right(dated, window.last)) - start
