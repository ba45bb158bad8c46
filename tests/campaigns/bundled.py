"""The bundled campaigns as their tests see them."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import campaigns.definitions
from campaigns.definition import Campaign, Unit
from campaigns.items import Item
from campaigns.reading.loader import load
from campaigns.scheduling.schedule import Schedule

DEFINITIONS: Final = Path(campaigns.definitions.__path__[0])
SAFETY_MONTH: Final = DEFINITIONS / "safety-month-2022.yaml"
SAMPLE_UNITS: Final = DEFINITIONS / "units" / "yincheng.yaml"
FIRE_WEEK: Final = DEFINITIONS / "fire-prevention-week-2024.yaml"


@cache
def read(file: Path) -> Campaign:
    """The campaign of a file; loading raises where the file has a problem."""
    return load(file).campaign


@cache
def schedule_of(file: Path) -> Schedule:
    return Schedule(read(file))


def items_of(file: Path, unit: Unit, *, section: str | None = None) -> list[Item]:
    items = schedule_of(file).items(unit, ())
    return [item for item in items if section in (None, item.activity.section)]


def dues(file: Path, unit: str, activity: str) -> list[str]:
    """Each deadline of one unit's activity, on the campaign's clock with its offset."""
    campaign = read(file)
    (owner,) = (each for each in campaign.units if each.id == unit)
    return [
        item.occurrence.due.astimezone(ZoneInfo(campaign.timezone)).isoformat()
        for item in items_of(file, owner)
        if item.activity.id == activity and item.occurrence.due is not None
    ]


def overdue(items: list[Item], now: datetime) -> int:
    """How many items of a unit that has reported nothing are past their deadline."""
    moment = now.astimezone(UTC)
    return sum(
        item.counts and item.occurrence.due is not None and moment > item.occurrence.due
        for item in items
    )
