"""The items of units, which are computed and never stored."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from campaigns.definition import Activity, Campaign, OnEvent, Unit, Window
from campaigns.history import Incident
from campaigns.items import Item, Occurrence
from campaigns.scheduling.occurrences import Planner

if TYPE_CHECKING:
    from campaigns.scheduling.problems import ScheduleProblem

_ALWAYS: Final = Window()


class Schedule:
    """What each unit of a campaign owes.

    The occurrences of an activity are computed once, when first needed, and shared.
    Raises UsageError for an unknown time zone.
    """

    def __init__(self, campaign: Campaign) -> None:
        self.campaign = campaign
        self._planner = Planner(campaign)
        self.zone = self._planner.zone
        self._activities = campaign.activities
        self._shared: dict[str, tuple[Occurrence, ...]] = {}

    def items(self, unit: Unit, incidents: Sequence[Incident] = ()) -> tuple[Item, ...]:
        """The items of a unit, in the order of the file and then of the occurrences.

        `incidents` are those that the unit logged. Raises Unschedulable for a definition with
        schedule_problems.
        """
        made: list[Item] = []
        unit_id, unbounded = unit.id, unit.active == _ALWAYS
        for activity in self._activities:
            if unit_id in activity.units:
                made += [
                    Item(unit_id, activity, occurrence)
                    for occurrence in self.occurrences(activity, incidents)
                    if unbounded or is_active(unit.active, occurrence.day)
                ]
        return tuple(made)

    def occurrences(
        self, activity: Activity, incidents: Sequence[Incident] = ()
    ) -> tuple[Occurrence, ...]:
        """The occurrences of one activity; `incidents` are those that one unit logged."""
        if isinstance(activity.due, OnEvent):
            return self._planner.occurrences(activity, incidents) if incidents else ()
        shared = self._shared.get(activity.id)
        if shared is None:
            shared = self._shared[activity.id] = self._planner.occurrences(activity)
        return shared


def schedule_problems(campaign: Campaign) -> Iterable[ScheduleProblem]:
    """The problems with a campaign's dates that only the calendar shows.

    Raises UsageError for an unknown time zone.
    """
    # Needed where a definition is read, not wherever one is used.
    from campaigns.scheduling.problems import problems_of

    return problems_of(campaign)


def is_active(active: Window, day: date | None) -> bool:
    """Whether a unit takes part on a day, both ends included; always if there is no day.

    An event on a day when it does not take part is refused.
    """
    return day is None or (
        (active.first is None or active.first <= day)
        and (active.last is None or day <= active.last)
    )
