"""The figures of a board."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from campaigns.standing.board import Board, UnitBoard
from commands.figures.figures import Overview, UnitFigures
from commands.output.instants import iso


def figures_of_unit(board: UnitBoard, zone: ZoneInfo) -> UnitFigures:
    """The figures of one unit."""
    unit = board.unit
    return UnitFigures(
        unit.id, unit.name, unit.kind, board.totals, iso(board.next_due, zone), board.fault
    )


def overview_of_board(board: Board, zone: ZoneInfo, left: Sequence[str]) -> Overview:
    """The totals of a board; `left` are the units in the store that have left the definition."""
    return Overview(
        title=board.campaign.title,
        now=iso(board.now, zone) or "",
        totals=board.totals,
        next_due=iso(board.next_due, zone),
        units=len(board.units),
        orphans=sum(len(unit.orphans) for unit in board.units),
        faults=tuple(unit.fault for unit in board.units if unit.fault is not None),
        left=left,
    )
