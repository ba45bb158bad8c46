"""A campaign as its file defines it (docs/campaign-format.md).

Values only. The loader makes them from YAML, after checking everything that can be checked
without a clock or a store.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from typing import Final, Literal

from msgspec import Struct, field

Level = Literal["required", "optional"]
PeriodName = Literal["day", "week", "dekad", "month", "quarter", "half-year", "year"]
Aggregate = Literal["sum", "max", "last"]

LAST_DAY: Final = -1
"""The value of `on: last` among the day numbers of a month."""

END_OF_DAY: Final = time(23, 59, 59)
"""The end of a day: the time of a date that has none, and of `24:00`."""


class Duration(Struct, frozen=True):
    """`90m`, `24h`, `3d`, `2w`: elapsed minutes and hours, wall-clock days and weeks."""

    count: int
    unit: Literal["m", "h", "d", "w"]

    def __str__(self) -> str:
        return f"{self.count}{self.unit}"


class Window(Struct, frozen=True, omit_defaults=True):
    """A range of dates, both ends included; None stands for an open end."""

    first: date | None = None
    last: date | None = None


class Period(Struct, frozen=True):
    """The days of the campaign, both included."""

    first: date
    last: date


class By(Struct, frozen=True, tag=True, omit_defaults=True):
    """`by: DATE [TIME], from: DATE`: due by then."""

    day: date
    at: time = END_OF_DAY
    opens: date | None = None


class OnDay(Struct, frozen=True, tag=True, omit_defaults=True):
    """`day: DATE, start: TIME, end: TIME`: something that takes place on that day."""

    day: date
    start: time = time(0, 0)
    end: time = END_OF_DAY


class Every(Struct, frozen=True, tag=True, omit_defaults=True):
    """`every: PERIOD`: one item per occurrence.

    `on` holds ISO weekdays (Monday is 1) for a week, day numbers or LAST_DAY for a
    month, and is empty for the period's last day. `times` has at least one time. `bounds`
    limit the dates, before `plus` is added; both ends are included.
    """

    period: PeriodName
    bounds: Period
    on: tuple[int, ...] = ()
    times: tuple[time, ...] = (END_OF_DAY,)
    plus: Duration | None = None
    skip: frozenset[date] = frozenset()


class Tally(Struct, frozen=True, tag=True, omit_defaults=True):
    """`every: shift`: one item for the whole window, counted by its figures and never overdue."""

    window: Period


class Relative(Struct, frozen=True, tag=True, omit_defaults=True):
    """`after: …` or `before: …`: some days from the due date of another activity or an anchor.

    `anchor` is `start`, `end`, `issued` or the id of a one-off dated activity of the same file.
    Exactly one of `days` and `workdays` is set.
    """

    direction: Literal["after", "before"]
    anchor: str
    days: int | None = None
    workdays: int | None = None
    at: time = END_OF_DAY


class EventStep(Struct, frozen=True, omit_defaults=True):
    """One report that an event requires; without `within` it is never overdue."""

    id: str
    title: str
    within: Duration | None = None


class OnEvent(Struct, frozen=True, tag=True, omit_defaults=True):
    """`event: NAME`: an immediate report (即时报送). `steps` is empty for a single report."""

    name: str
    within: Duration | None = None
    steps: tuple[EventStep, ...] = ()


class Asap(Struct, frozen=True, tag=True, omit_defaults=True):
    """`asap: true`: 立即/及时, counted from `issued`; `within` is in days or weeks only."""

    within: Duration | None = None


Due = By | OnDay | Every | Tally | Relative | OnEvent | Asap
"""When an activity is due; None (an absent `due`) is undated."""


class Activity(Struct, frozen=True, omit_defaults=True):
    """事项: something the campaign asks for, from the units whose ids are in `units`.

    `was` are the ids it had in earlier definitions; answers recorded under them count for it.
    """

    id: str
    title: str
    section: str
    units: frozenset[str]
    level: Level = "required"
    nil_ok: bool = False
    due: Due | None = None
    evidence: Mapping[str, int] = field(default_factory=dict)
    metrics: tuple[str, ...] = ()
    target: Mapping[str, int | float] = field(default_factory=dict)
    guidance: str = ""
    was: tuple[str, ...] = ()


class Section(Struct, frozen=True, omit_defaults=True):
    """A heading of the notice with the activities under it."""

    id: str
    title: str
    label: str
    activities: tuple[Activity, ...]


class UnitKind(Struct, frozen=True, omit_defaults=True):
    """A kind of unit; `parent` is the id of the kind it belongs to."""

    id: str
    name: str
    parent: str | None = None


class Liaison(Struct, frozen=True, omit_defaults=True):
    """联络员: whom to call, with the columns of the form in the notice."""

    name: str = ""
    post: str = ""
    office_phone: str = ""
    mobile: str = ""
    note: str = ""


class Unit(Struct, frozen=True, omit_defaults=True):
    """单位: an organization that has to report. It takes part on the dates within `active`."""

    id: str
    name: str
    kind: str
    tags: tuple[str, ...] = ()
    parent: str | None = None
    active: Window = Window()
    shifts_per_day: int | None = None
    liaison: Liaison = Liaison()


class Metric(Struct, frozen=True, omit_defaults=True):
    """A figure to be reported: its name and its unit of measure."""

    id: str
    name: str
    unit: str = ""
    aggregate: Aggregate = "sum"


class Holidays(Struct, frozen=True, omit_defaults=True):
    """Dates that are days off or working days, whatever the calendar says."""

    off: frozenset[date] = frozenset()
    on: frozenset[date] = frozenset()


class Campaign(Struct, frozen=True, omit_defaults=True):
    """活动: the whole definition. `timezone` is an IANA name; all dates are dates in that zone."""

    id: str
    title: str
    period: Period
    issued: date
    timezone: str
    language: str
    calendar: Literal["none", "cn"]
    holidays: Holidays
    unit_kinds: Mapping[str, UnitKind]
    units: tuple[Unit, ...]
    metrics: Mapping[str, Metric]
    sections: tuple[Section, ...]
    issuer: str = ""
    document: str = ""
    basis: str = ""
    theme: str = ""
    office: str = ""
    summary: str = ""

    @property
    def activities(self) -> tuple[Activity, ...]:
        """Every activity, in the order of the file."""
        return tuple(activity for section in self.sections for activity in section.activities)


class Source(Struct, frozen=True):
    """The text a campaign was read from: the definition first, then its roster file.

    `digest` is the SHA-256 (hex) of names and bytes. The store's record of definitions
    identifies them by it.
    """

    files: tuple[tuple[str, bytes], ...]
    digest: str
