"""`status --format csv`: one row per unit, or one per item."""

from __future__ import annotations

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from campaigns.board import UnitBoard
from commands import payload
from commands.csv_text import table
from commands.payload import Payload

_UNIT_FIELDS = ("id", "name", "kind", *payload.TOTALS, "next_due")


def csv_text(units: Iterable[UnitBoard], zone: ZoneInfo, *, items: bool) -> str:
    """The table as text: a heading line, LF after each row, empty for null."""
    if items:
        return table(payload.ITEM_FIELDS, _item_rows(units, zone))
    return table(_UNIT_FIELDS, (_unit_row(unit, zone) for unit in units))


def _item_rows(units: Iterable[UnitBoard], zone: ZoneInfo) -> Iterable[Payload]:
    for unit in units:
        for line in unit.lines:
            yield payload.item_payload(line, zone)


def _unit_row(board: UnitBoard, zone: ZoneInfo) -> Payload:
    """A unit that cannot be read has no figures rather than zeros."""
    head = payload.unit_head(board, zone)
    totals = {} if board.fault is not None else head["totals"]
    return {**head, **totals}
