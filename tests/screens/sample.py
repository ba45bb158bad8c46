"""A small campaign for the interface's tests, on a real store."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from msgspec.structs import replace
from textual.pilot import Pilot

from app import DubanApp, first_screen
from campaigns.clock import zone_of
from campaigns.entries import Change, Entry, State
from campaigns.history import Person
from campaigns.reading.loader import Loaded, load
from desk.opening import Opening
from i18n.catalogue import open_catalogue
from screens.settings.own import OwnFiles
from storage.protocol import Outcome
from storage.tiny.store import TinyStore

DEFINITION: Final = """\
format: 1
id: drill-month
title: 演练月 Drill month
issued: 2022-05-30
period: {from: 2022-06-01, to: 2022-06-30}
unit_kinds:
  village: {name: 村}
  station: {name: 站所}
units:
  - {id: north, name: 北村, kind: village, tags: [山区]}
  - {id: south, name: 南村一个名字特别长的行政村, kind: village}
  - {id: office, name: 安监站, kind: station}
metrics:
  people: {name: 人数, unit: 人次}
sections:
  - id: reports
    title: 报送要求
    label: 四
    activities:
      - {id: plan, title: 上报活动方案, due: 2022-05-31}
      - id: weekly
        title: 报送周活动开展情况
        for: village
        nil_ok: true
        metrics: people
        guidance: 每周三18:00前报送，附影音、图片、文字资料。
        due: {every: week, on: wed, at: 18:00}
      - {id: news, title: 报送活动信息, level: optional}
  - id: drills
    title: 大演练
    activities:
      - {id: drill, title: 开展综合应急预案演练, due: {by: 2022-06-30}}
"""

NOON: Final = datetime(2022, 6, 8, 4, 0, tzinfo=UTC)
"""2022-06-08 12:00 in Shanghai: the plan and the first week are overdue, the second is due soon."""

ME: Final = Person("officer-1")
OTHER: Final = Person("officer-2")


class SharedStore(TinyStore):
    """A store in which somebody else can write just before it writes itself."""

    others: Iterator[Callable[[], None]] = iter(())

    def apply(
        self, unit: str, changes: Sequence[Change], *, by: Person, at: datetime
    ) -> Sequence[Outcome]:
        next(self.others, lambda: None)()
        return super().apply(unit, changes, by=by, at=at)


def opening_at(
    folder: Path, *, now: datetime = NOON, language: str = "en", text: str = DEFINITION
) -> Opening:
    """What the interface is opened with, on a store in `folder`."""
    file = folder / "campaign.yaml"
    if not file.exists():
        file.write_text(text, encoding="utf-8")
    return Opening(
        load=lambda: load(file),
        make_store=lambda loaded: store_of(folder, loaded),
        clock=lambda: now,
        person=ME,
        tr=open_catalogue(language),
    )


def store_of(folder: Path, loaded: Loaded) -> SharedStore:
    """The store, as another session would open it."""
    campaign = loaded.campaign
    return SharedStore(
        folder / "data" / campaign.id, zone=zone_of(campaign.timezone), source=loaded.source
    )


def app_of(opening: Opening, own: OwnFiles | None = None) -> DubanApp:
    """The application with its main screen, by default for a login without files of its own."""
    own = own or OwnFiles()
    return DubanApp(opening, own, first_screen(opening, own))


def entry_of(opening: Opening, item: str) -> Entry:
    """What is on disk for an item."""
    unit = item.split("/", 1)[0]
    record = opening.make_store(opening.load()).read([unit])[unit]
    return record.entries.get(item, Entry())


def record(
    opening: Opening,
    item: str,
    state: State,
    *,
    by: Person = OTHER,
    op: str = "",
    nil_report: bool = False,
) -> None:
    """Make a change as another session does."""
    store = opening.make_store(opening.load())
    change = Change(item, op or f"{item}-{state}", state=state, nil_report=nil_report)
    if state is State.WAIVED:
        change = replace(change, note="没有这项工作")
    store.apply(item.split("/", 1)[0], [change], by=by, at=opening.clock())


def overtaken(folder: Path, *others: Callable[[], None]) -> Opening:
    """What the interface is opened with where `others` write just before its own writes.

    The first of them before its first write, and so on: a conflict then does not depend
    on when the session next looks for what others wrote.
    """
    waiting = iter(others)

    def make_store(loaded: Loaded) -> SharedStore:
        store = store_of(folder, loaded)
        store.others = waiting
        return store

    return replace(opening_at(folder), make_store=make_store)


async def until(pilot: Pilot[int], seen: Callable[[], bool]) -> None:
    """Let the application work until something is seen."""
    for _ in range(400):
        if seen():
            return
        await pilot.pause(0.02)
    raise AssertionError("not seen in time")
