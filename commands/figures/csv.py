"""`status --format csv`: one row per unit, or one per item."""

from __future__ import annotations

from commands.output.csv_text import table
from commands.output.fields import ITEM_FIELDS, TOTALS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any
    from zoneinfo import ZoneInfo

    from campaigns.standing.board import UnitBoard
    from commands.figures.figures import UnitFigures

_UNIT_FIELDS = ("id", "name", "kind", *TOTALS, "next_due")


def units_csv(units: Iterable[UnitFigures]) -> str:
    """One row per unit under a line of headings; LF after each line, empty for null."""
    return table(_UNIT_FIELDS, map(_unit_row, units))


def items_csv(units: Iterable[UnitBoard], zone: ZoneInfo) -> str:
    """One row per item, with the same fields as in `--format json`."""
    from commands.output import payload

    rows = (payload.item_payload(line, zone) for unit in units for line in unit.lines)
    return table(ITEM_FIELDS, rows)


def _unit_row(unit: UnitFigures) -> dict[str, Any]:
    """The row of a unit. One that cannot be read has empty figures, not zeros."""
    row: dict[str, Any] = {"id": unit.id, "name": unit.name, "kind": unit.kind}
    if unit.fault is None:
        row |= {name: getattr(unit.totals, name) for name in TOTALS}
    return row | {"next_due": unit.next_due}
