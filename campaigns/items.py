"""Occurrences and items."""

from __future__ import annotations

from datetime import date, datetime

from msgspec import Struct

from campaigns.definition import Activity
from campaigns.ids import key_of


class Occurrence(Struct, frozen=True):
    """期次: one time that an activity is due, the same for every unit that owes it.

    `name` is the part of the key after `@`, None for a one-off. `day` is the date on which a
    unit must be active to owe it, None for no such date. `opens` and `due` are instants in
    UTC. `title` is what a step adds to the activity's title.
    """

    name: str | None
    day: date | None
    opens: datetime | None
    due: datetime | None
    before_issue: bool = False
    title: str = ""


class Item(Struct, frozen=True):
    """清单项: what one unit owes once, unit × activity × occurrence."""

    unit: str
    activity: Activity
    occurrence: Occurrence

    @property
    def key(self) -> str:
        """The item's key, `UNIT/ACTIVITY[@OCC]`."""
        return key_of(self.unit, self.activity.id, self.occurrence.name)

    @property
    def earlier_keys(self) -> tuple[str, ...]:
        """The keys that the item had while its activity had other ids."""
        occurrence = self.occurrence.name
        return tuple(key_of(self.unit, old, occurrence) for old in self.activity.was)

    @property
    def title(self) -> str:
        """The title of the activity, with that of the step if it has steps."""
        step = self.occurrence.title
        return f"{self.activity.title}: {step}" if step else self.activity.title

    @property
    def counts(self) -> bool:
        """Whether it can be overdue and counts for the percentage."""
        return self.activity.level == "required" and not self.occurrence.before_issue
