"""The percentage of a campaign or a unit (docs/items-and-time.md, "Percent")."""

from __future__ import annotations


def percent_of(reported: int, expected: int) -> float | None:
    """100 × reported / expected to one decimal; None where nothing is expected."""
    return round(100 * reported / expected, 1) if expected else None
