"""Small campaigns in code, for tests: what a test does not say has a plain default."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, Literal

from campaigns.clock import instant, zone_of
from campaigns.definition import (
    Activity,
    By,
    Campaign,
    Due,
    Every,
    Holidays,
    Level,
    Metric,
    Period,
    Section,
    Unit,
    UnitKind,
    Window,
)
from campaigns.entries import Entry, Extension, State
from campaigns.history import Incident, UnitRecord
from campaigns.items import Item, Occurrence

JUNE: Final = Period(date(2022, 6, 1), date(2022, 6, 30))
ISSUED: Final = date(2022, 5, 30)
SHANGHAI: Final = "Asia/Shanghai"


def day(text: str) -> date:
    """`2022-06-01`."""
    return date.fromisoformat(text)


def at(text: str, zone: str = SHANGHAI) -> datetime:
    """A wall-clock moment of a zone, `2022-06-01 18:00`, as an instant in UTC."""
    shown = datetime.fromisoformat(text)
    assert shown.tzinfo is None
    return instant(zone_of(zone), shown.date(), shown.time())


def unit(unit_id: str = "north", *, kind: str = "village", active: Window | None = None) -> Unit:
    return Unit(unit_id, f"unit {unit_id}", kind, active=active or Window())


def activity(
    activity_id: str = "plan",
    due: Due | None = None,
    *,
    units: Iterable[str] = ("north",),
    level: Level = "required",
    section: str = "reports",
    nil_ok: bool = True,
) -> Activity:
    return Activity(
        id=activity_id,
        title=f"activity {activity_id}",
        section=section,
        units=frozenset(units),
        level=level,
        nil_ok=nil_ok,
        due=due,
    )


def campaign(
    *activities: Activity,
    units: Iterable[Unit] = (),
    period: Period = JUNE,
    issued: date = ISSUED,
    timezone: str = SHANGHAI,
    calendar: Literal["none", "cn"] = "none",
    holidays: Holidays | None = None,
    metrics: Mapping[str, Metric] | None = None,
) -> Campaign:
    """A campaign of these activities, in sections of the names they give, in order."""
    sections = dict.fromkeys(one.section for one in activities)
    return Campaign(
        id="campaign",
        title="a campaign",
        period=period,
        issued=issued,
        timezone=timezone,
        language="en",
        calendar=calendar,
        holidays=holidays or Holidays(),
        unit_kinds={"village": UnitKind("village", "村"), "station": UnitKind("station", "站所")},
        units=tuple(units) or (unit(),),
        metrics=metrics or {},
        sections=tuple(
            Section(
                id=section,
                title=f"section {section}",
                label="",
                activities=tuple(one for one in activities if one.section == section),
            )
            for section in sections
        ),
    )


def june_reports(*units: str) -> tuple[Activity, ...]:
    """The dated reports of the 2022 notice: two once, one every Wednesday 18:00, one summary."""
    return (
        activity("liaison", By(day("2022-05-31")), units=units),
        activity("scheme", By(day("2022-05-31")), units=units),
        activity("weekly", Every("week", JUNE, on=(3,), times=(time(18, 0),)), units=units),
        activity("summary", By(day("2022-07-04")), units=units),
    )


def item(
    due: datetime | None = None,
    opens: datetime | None = None,
    *,
    of: Activity | None = None,
    before_issue: bool = False,
) -> Item:
    """An item with an opening and a deadline in UTC; `of` is a dated activity unless given."""
    occurrence = Occurrence(None, None, opens, due, before_issue)
    return Item("north", of or activity(due=By(day("2022-06-15"))), occurrence)


def entry(
    state: State = State.TODO,
    received_at: datetime | None = None,
    *,
    extended_to: datetime | None = None,
    nil: bool = False,
) -> Entry:
    return Entry(
        state=state,
        received_at=received_at,
        extension=None if extended_to is None else Extension(extended_to, "floods", "leader"),
        nil_report=nil,
        rev=1,
    )


def record(entries: Mapping[str, Entry] | None = None, *incidents: Incident) -> UnitRecord:
    return UnitRecord(entries or {}, incidents)


def utc(text: str) -> datetime:
    """`2022-06-01 10:00` of UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def hours(number: float) -> timedelta:
    return timedelta(hours=number)
