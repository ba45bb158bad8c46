"""How far some items have come: the three numbers of totals that a bar shows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from campaigns.percent import percent_of
from campaigns.totals import Totals


class Progress(NamedTuple):
    """How many of the items expected are reported, and how many are overdue.

    What is waived is not expected (docs/items-and-time.md, "Percent").
    """

    expected: int = 0
    reported: int = 0
    overdue: int = 0

    @property
    def percent(self) -> float | None:
        """To one decimal; None where nothing is expected."""
        return percent_of(self.reported, self.expected)

    @property
    def complete(self) -> bool:
        """Whether nothing is missing; the percentage is rounded and may say so too early."""
        return 0 < self.expected == self.reported


def progress_of(totals: Totals) -> Progress:
    """How far what was totalled has come."""
    return Progress(totals.expected, totals.reported, totals.overdue)


def progress_together(parts: Iterable[Progress]) -> Progress:
    """Several of them as one."""
    found = list(parts)
    return Progress(*map(sum, zip(*found, strict=True))) if found else Progress()
