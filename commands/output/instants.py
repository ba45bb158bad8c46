"""Instants as text."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from storage.unit.records import instant_text


def iso(moment: datetime | None, zone: ZoneInfo) -> str | None:
    """An instant in the campaign's zone with its offset, `2022-06-16T12:00:00+08:00`."""
    return None if moment is None else instant_text(moment, zone)


def short(moment: datetime | None, zone: ZoneInfo) -> str:
    """An instant in eleven columns, `06-16 12:00`; empty for None."""
    return "" if moment is None else moment.astimezone(zone).strftime("%m-%d %H:%M")
