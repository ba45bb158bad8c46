"""The JSON that scripts read (docs/commands.md, "JSON").

Fields are added, never removed; scripts must not rely on their order.
"""

from __future__ import annotations

from typing import Any, Final
from zoneinfo import ZoneInfo

from campaigns.definition import Campaign
from campaigns.standing.board import Board, Line, UnitBoard
from campaigns.timing import deadline
from campaigns.totals import Totals
from commands.output.fields import TOTALS
from commands.output.instants import iso
from i18n.catalogue import Translator

Payload = dict[str, Any]

FORMAT: Final = 1


def status_payload(
    campaign: Campaign, board: Board, units: list[UnitBoard], zone: ZoneInfo, tr: Translator
) -> Payload:
    """The output of `status --format json`: the totals of the board, and some of its units."""
    return {
        "format": FORMAT,
        "campaign": campaign.id,
        "title": campaign.title,
        "now": iso(board.now, zone),
        "totals": totals_payload(board.totals),
        "next_due": iso(board.next_due, zone),
        "units": [unit_payload(unit, zone, tr) for unit in units],
    }


def unit_payload(board: UnitBoard, zone: ZoneInfo, tr: Translator) -> Payload:
    """One unit with its items. If its record cannot be read, `unreadable` says why."""
    payload = unit_head(board, zone)
    payload["items"] = [item_payload(line, zone) for line in board.lines]
    if board.fault is not None:
        payload["items"] = []
        payload["unreadable"] = tr.render(board.fault)
    return payload


def unit_head(board: UnitBoard, zone: ZoneInfo) -> Payload:
    """One unit without its items."""
    return {
        "id": board.unit.id,
        "name": board.unit.name,
        "kind": board.unit.kind,
        "totals": totals_payload(board.totals),
        "next_due": iso(board.next_due, zone),
    }


def totals_payload(totals: Totals) -> Payload:
    """Totals by name; `percent` is null if nothing is required."""
    return {name: getattr(totals, name) for name in TOTALS}


def item_payload(line: Line, zone: ZoneInfo) -> Payload:
    """One item with its state.

    `due` is the deadline now. `judged_due` is the deadline when the report was handed in,
    which decides whether it is late.
    """
    item, entry = line.item, line.entry
    return {
        "item": item.key,
        "activity": item.activity.id,
        "occurrence": item.occurrence.name,
        "title": item.title,
        "section": item.activity.section,
        "level": item.activity.level,
        "opens": iso(item.occurrence.opens, zone),
        "due": iso(deadline(item, entry), zone),
        "state": entry.state.value,
        "timing": line.timing.value,
        "received_at": iso(entry.received_at, zone),
        "recorded_at": iso(entry.recorded_at, zone),
        "recorded_by": entry.recorded_by,
        "late_by": line.late_by,
        "overdue_by": line.overdue_by,
        "nil_report": entry.nil_report,
        "note": entry.note,
        "metrics": dict(entry.metrics),
        "evidence": [
            {"kind": file.kind, "name": file.name, "sha256": file.sha256} for file in entry.evidence
        ],
        "rev": entry.rev,
        "judged_due": iso(entry.due, zone),
    }
