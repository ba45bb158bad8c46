"""Sample progress for the demo: what a township's office might have on a Wednesday morning.

It is worked out from the items' keys by fixed rules, so that every demo is the same and an
interrupted preparation can continue where it stopped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Final
from zlib import crc32
from zoneinfo import ZoneInfo

from msgspec import Struct

from campaigns.clock import instant, zone_of
from campaigns.definition import Campaign, Metric, Unit
from campaigns.entries import Change, Number, State
from campaigns.history import Person
from campaigns.items import Item
from campaigns.scheduling.schedule import Schedule

_OFFICERS: Final = ("officer-1", "officer-2", "officer-3")
_LEADER: Final = "leader-1"
_LAGGARDS: Final = 22  # of a hundred units
_RECORDING: Final = timedelta(minutes=40)
_EVENING: Final = timedelta(hours=7)
_DAY: Final = timedelta(days=1)

_LATE = ("催办后补报", "材料补齐后报送", "联络员外出，推迟报送")
_RETURNED = ("缺活动照片，请补报", "参与人数与签到表不符，请核对", "只报了文字，缺视频资料")
_DOING = ("已制定安排，正在组织", "已开展一部分，月底前完成", "正在收集资料")
_WAIVED = ("辖区内没有此类生产经营单位", "不属本单位职责，由主管站所组织")
_NIL = "本周没有集中开展活动"


class Batch(Struct, frozen=True):
    """Changes that one person records for one unit at one instant (UTC)."""

    unit: str
    at: datetime
    by: Person
    changes: tuple[Change, ...]


class _Step(Struct, frozen=True):
    """One change, and when and by whom it is recorded."""

    at: datetime
    by: str
    change: Change


def batches(
    campaign: Campaign, schedule: Schedule, sittings: Sequence[datetime]
) -> Iterator[Batch]:
    """The progress of all units, each unit's in the order of recording.

    `sittings` are the instants (UTC, in order) at which the office records the reports that
    have come in; the last one is the demo's now.
    """
    office = _Office(campaign, zone_of(campaign.timezone), sittings)
    for unit in campaign.units:
        steps = [step for item in schedule.items(unit, ()) for step in _steps(office, unit, item)]
        for at in sittings:
            for by in (*_OFFICERS, _LEADER):
                changes = tuple(step.change for step in steps if (step.at, step.by) == (at, by))
                if changes:
                    yield Batch(unit.id, at, Person(by), changes)


class _Office(Struct, frozen=True):
    """What the office knows: the campaign, and when it records."""

    campaign: Campaign
    zone: ZoneInfo
    sittings: Sequence[datetime]


def _steps(office: _Office, unit: Unit, item: Item) -> Iterable[_Step]:
    """What was recorded for one item."""
    opens, due, now = item.occurrence.opens, item.occurrence.due, office.sittings[-1]
    chance = _chance(item.key)
    slow = _chance(unit.id) < _LAGGARDS
    record = _Record(office, item, _OFFICERS[_chance(unit.name) % len(_OFFICERS)])
    if due is not None and due <= now:
        return record.past_due(due, chance - (25 if slow else 0))
    if opens is not None and opens > now:
        return ()
    if due is not None and due - now < _DAY:
        return record.just_in(now) if chance < 40 else ()
    if item.activity.level == "optional":
        return ()
    return record.under_way(opens or office.sittings[0], chance + (30 if slow else 0))


class _Record(Struct, frozen=True):
    """Makes up what `officer` and the leader record for one item."""

    office: _Office
    item: Item
    officer: str

    def past_due(self, due: datetime, chance: int) -> list[_Step]:
        """A report that was due: most came in time; some are late, returned or missing."""
        if chance < 0:
            return []
        if due.astimezone(self.office.zone).hour == 23:
            due -= _EVENING
        if chance < 12:
            return self._report(due + timedelta(hours=16 + 24 * (chance % 4)), self._pick(_LATE))
        received = due - timedelta(minutes=30 * (1 + chance % 12))
        if chance < 18:
            note = self._pick(_RETURNED)
            return [*self._report(received), *self._judge(State.RETURNED, received, note)]
        if chance > 90 and self.item.activity.nil_ok:
            return self._report(received, _NIL, nil=True)
        verified = self._judge(State.VERIFIED, received) if chance % 2 else []
        return [*self._report(received), *verified]

    def just_in(self, now: datetime) -> list[_Step]:
        """A report handed in this morning, ahead of its deadline."""
        return self._report(now - timedelta(minutes=90))

    def under_way(self, since: datetime, chance: int) -> list[_Step]:
        """Something to be done over the whole month, half of which is over."""
        received = self._working_hour(since, chance)
        if chance < 26:
            return self._report(received)
        if chance < 48:
            change = self._change(State.DOING, self._pick(_DOING), self._figures(2))
            return self._sit(received, self.officer, change)
        if chance in (50, 51):
            change = self._change(State.WAIVED, self._pick(_WAIVED))
            return self._sit(received, self.officer, change)
        return []

    def _report(
        self, received: datetime, note: str | None = None, *, nil: bool = False
    ) -> list[_Step]:
        change = Change(
            item=self.item.key,
            op=f"demo-{self.item.key}-done",
            state=State.DONE,
            received_at=received,
            note=note,
            metrics={} if nil else self._figures(1),
            nil_report=nil,
            due=self.item.occurrence.due,
        )
        return self._sit(received, self.officer, change)

    def _judge(self, state: State, received: datetime, note: str | None = None) -> list[_Step]:
        """The leader checks a report at a later sitting than the one at which it was recorded."""
        recorded = self._sitting(received)
        if recorded is None:
            return []
        return self._sit(recorded, _LEADER, self._change(state, note))

    def _change(
        self, state: State, note: str | None, figures: Mapping[str, Number] | None = None
    ) -> Change:
        op = f"demo-{self.item.key}-{state}"
        return Change(self.item.key, op, state=state, note=note, metrics=figures or {})

    def _sit(self, since: datetime, by: str, change: Change) -> list[_Step]:
        at = self._sitting(since)
        return [] if at is None else [_Step(at, by, change)]

    def _sitting(self, since: datetime) -> datetime | None:
        """The first sitting at which the office can record what came in at an instant, if any."""
        return next((at for at in self.office.sittings if at >= since + _RECORDING), None)

    def _working_hour(self, since: datetime, chance: int) -> datetime:
        """A time between 9 and 17 on a day from `since` until yesterday."""
        first = since.astimezone(self.office.zone).date()
        last = self.office.sittings[-1].astimezone(self.office.zone).date()
        day = first + _DAY * (chance * 7 % max((last - first).days, 1))
        return instant(self.office.zone, day, time(9 + chance % 8, chance % 6 * 10))

    def _figures(self, share: int) -> dict[str, Number]:
        metrics = self.office.campaign.metrics
        return {name: self._figure(metrics[name]) // share for name in self.item.activity.metrics}

    def _figure(self, metric: Metric) -> int:
        """A plausible number; an item's figures in the same unit of measure are equal."""
        chance = _chance(f"{self.item.key} {metric.unit}")
        if metric.unit in ("人次", "份", "张", "条"):
            return 16 + 2 * chance
        return 2 + chance % 5

    def _pick(self, texts: tuple[str, ...]) -> str:
        return texts[_chance(f"{self.item.key} note") % len(texts)]


def _chance(text: str) -> int:
    """A number from 0 to 99, always the same for a text."""
    return crc32(text.encode()) % 100
