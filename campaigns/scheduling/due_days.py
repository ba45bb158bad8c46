"""The days on which one-off activities are due, also relative ones (`after`, `before`).

Only the date in the definition counts: extensions are not carried over
(docs/campaign-format.md, "Relative").
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from campaigns.clock import whole_days
from campaigns.definition import Activity, Asap, By, Campaign, Duration, OnDay, Relative
from campaigns.scheduling.errors import Unschedulable, past_the_calendar
from campaigns.scheduling.workdays import BeyondTable, Workdays
from i18n.messages import Message, msg


class DueDays:
    """The due days of a campaign's one-off activities, each computed once."""

    def __init__(self, campaign: Campaign) -> None:
        self._activities = {activity.id: activity for activity in campaign.activities}
        self._anchors = {
            "start": campaign.period.first,
            "end": campaign.period.last,
            "issued": campaign.issued,
        }
        self._issued = campaign.issued
        self._workdays = Workdays(campaign.calendar, campaign.holidays)
        self._known: dict[str, date | Unschedulable] = {}

    def due_day(self, activity: Activity) -> date:
        """The local date on which a one-off dated activity is due.

        Raises Unschedulable, naming the activity at fault: for an anchor without such a day, a
        circle, a year that the public calendar does not have, or one after 9999.
        """
        chain = self._unknown_chain(activity)
        for link in reversed(chain):
            self._known[link.id] = self._compute(link)
        known = self._known[activity.id]
        if isinstance(known, Unschedulable):
            raise known
        return known

    def anchor_day(self, due: Relative, activity: Activity) -> date:
        """The day that a relative deadline counts from. Raises Unschedulable."""
        if due.anchor in self._anchors:
            return self._anchors[due.anchor]
        anchor = self._base(activity)
        if anchor is None:
            raise Unschedulable(
                activity.id,
                msg("There is no activity “{anchor}” with one due date to count from.",
                    anchor=due.anchor),
            )  # fmt: skip
        return self.due_day(anchor)

    def _unknown_chain(self, activity: Activity) -> Sequence[Activity]:
        """The activity and those it depends on, nearest first, up to one whose day is known.

        Without recursion, since a chain can be as long as the file.
        """
        chain: dict[str, Activity] = {}
        link: Activity | None = activity
        while link is not None and link.id not in self._known:
            if link.id in chain:
                self._known[link.id] = _circle(link)
                del chain[link.id]
                break
            chain[link.id] = link
            link = self._base(link)
        return tuple(chain.values())

    def _base(self, activity: Activity) -> Activity | None:
        """The one-off dated activity that another one counts from, None if there is none."""
        if not isinstance(activity.due, Relative) or activity.due.anchor in self._anchors:
            return None
        base = self._activities.get(activity.due.anchor)
        return base if base is not None and _has_due_day(base) else None

    def _compute(self, activity: Activity) -> date | Unschedulable:
        """The day, or the error; the day it counts from is already known."""
        try:
            return self._day(activity)
        except Unschedulable as error:
            return error
        except OverflowError:
            return past_the_calendar(activity.id)
        except BeyondTable as error:
            return Unschedulable(activity.id, _beyond(error.year))

    def _day(self, activity: Activity) -> date:
        match activity.due:
            case By(day=day) | OnDay(day=day):
                return day
            case Asap(within=Duration() as within):
                return self._issued + timedelta(days=whole_days(within) or 0)
            case Relative() as due:
                return self._shift(self.anchor_day(due, activity), due)
            case _:
                raise LookupError(activity.id)

    def _shift(self, day: date, due: Relative) -> date:
        sign = 1 if due.direction == "after" else -1
        if due.workdays is not None:
            return self._workdays.shift(day, sign * due.workdays)
        return day + timedelta(days=sign * (due.days or 0))


def _has_due_day(activity: Activity) -> bool:
    due = activity.due
    return isinstance(due, By | OnDay | Relative) or (
        isinstance(due, Asap) and due.within is not None
    )


def _circle(activity: Activity) -> Unschedulable:
    return Unschedulable(
        activity.id,
        msg("“{activity}” counts from itself, by way of others. Give one of them a date.",
            activity=activity.id),
    )  # fmt: skip


def _beyond(year: int) -> Message:
    return msg(
        "The Chinese public calendar has no table for {year}. "
        "Name its holidays under holidays, or count in days.",
        year=year,
    )
