"""The names and times of occurrences (docs/campaign-format.md, "Rules of dates")."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from campaigns.clock import elapsed, instant, later, whole_days, zone_of
from campaigns.definition import (
    END_OF_DAY,
    Activity,
    Asap,
    By,
    Campaign,
    Duration,
    Every,
    OnDay,
    OnEvent,
    Relative,
    Tally,
)
from campaigns.history import Incident
from campaigns.items import Occurrence
from campaigns.scheduling.due_days import DueDays
from campaigns.scheduling.errors import past_the_calendar
from campaigns.scheduling.periods import first_day, occurrence_dates

_MIDNIGHT: Final = time(0, 0)
_LAST_INSTANT: Final = datetime(9999, 12, 30, tzinfo=UTC)
_UNDATED: Final = Occurrence(name=None, day=None, opens=None, due=None)


class Planner:
    """Computes the occurrences of the activities of a campaign. Instants are in UTC."""

    def __init__(self, campaign: Campaign) -> None:
        self.zone = zone_of(campaign.timezone)
        self._issued = campaign.issued
        self._due_days = DueDays(campaign)

    def occurrences(
        self, activity: Activity, incidents: Iterable[Incident] = ()
    ) -> tuple[Occurrence, ...]:
        """All occurrences of an activity, in order. `incidents` are those that one unit logged.

        Raises Unschedulable if the dates cannot be computed.
        """
        match activity.due:
            case Every() as every:
                return self.on_dates(activity, every, occurrence_dates(every))
            case OnEvent() as due:
                names = (activity.id, *activity.was)
                own = (incident for incident in incidents if incident.activity in names)
                return tuple(self._after_events(due, own))
            case _:
                try:
                    return (self._one_off(activity),)
                except OverflowError:
                    raise past_the_calendar(activity.id) from None

    def on_dates(
        self, activity: Activity, every: Every, days: Iterable[date]
    ) -> tuple[Occurrence, ...]:
        """The occurrences of a periodic activity on these of its dates. Raises Unschedulable."""
        try:
            return tuple(self._on_dates(every, days))
        except OverflowError:
            raise past_the_calendar(activity.id) from None

    def _on_dates(self, every: Every, days: Iterable[date]) -> Iterator[Occurrence]:
        times = sorted(set(every.times))
        for day in days:
            opens = self._at(first_day(every.period, day))
            for at in times:
                name = f"{day}T{at:%H%M}" if len(times) > 1 else str(day)
                yield self._dated(name, day, opens, self._shifted(day, at, every.plus))

    def _one_off(self, activity: Activity) -> Occurrence:
        match activity.due:
            case By(day=day, at=at, opens=opens):
                return self._dated(None, day, self._at(opens or self._issued), self._at(day, at))
            case OnDay(day=day, start=start, end=end):
                return self._dated(None, day, self._at(day, start), self._at(day, end))
            case Relative() as due:
                day = self._due_days.due_day(activity)
                return self._dated(
                    None, day, self._relative_opening(due, activity), self._at(day, due.at)
                )
            case Asap(within=None):
                return Occurrence(None, None, self._at(self._issued), None)
            case Asap():
                day = self._due_days.due_day(activity)
                return self._dated(None, day, self._at(self._issued), self._at(day, END_OF_DAY))
            case Tally(window=window):
                return Occurrence(None, None, self._at(window.first), None)
            case _:
                return _UNDATED

    def _after_events(self, due: OnEvent, incidents: Iterable[Incident]) -> Iterator[Occurrence]:
        for incident in sorted(incidents, key=lambda incident: incident.number):
            name, opens = f"e{incident.number}", incident.at.astimezone(UTC)
            day = opens.astimezone(self.zone).date()
            if not due.steps:
                yield self._dated(name, day, opens, self._after_event(opens, due.within))
            for step in due.steps:
                limit = self._after_event(opens, step.within)
                yield self._dated(f"{name}.{step.id}", day, opens, limit, step.title)

    def _relative_opening(self, due: Relative, activity: Activity) -> datetime:
        before = due.direction == "before"
        return self._at(self._issued if before else self._due_days.anchor_day(due, activity))

    def _dated(
        self, name: str | None, day: date, opens: datetime, due: datetime | None, title: str = ""
    ) -> Occurrence:
        """An occurrence, marked if its deadline is on a day before the notice was issued."""
        early = due is not None and due.astimezone(self.zone).date() < self._issued
        return Occurrence(name, day, opens, due, early, title)

    def _shifted(self, day: date, at: time, plus: Duration | None) -> datetime:
        """The instant of a time on a day, later by `plus`: days by the calendar, hours elapsed."""
        if plus is None:
            return self._at(day, at)
        days = whole_days(plus)
        if days is None:
            return self._at(day, at) + elapsed(plus)
        return self._at(day + timedelta(days=days), at)

    def _after_event(self, moment: datetime, within: Duration | None) -> datetime | None:
        """The deadline after an event; the last instant of the calendar if it would be later."""
        if within is None:
            return None
        try:
            return min(later(self.zone, moment, within), _LAST_INSTANT)
        except OverflowError:
            return _LAST_INSTANT

    def _at(self, day: date, at: time = _MIDNIGHT) -> datetime:
        return instant(self.zone, day, at)


def same_minute(times: Sequence[time]) -> bool:
    """Whether two times would give occurrences of the same name, as 23:59 and 24:00 do."""
    return len({f"{at:%H%M}" for at in times}) < len(set(times))
