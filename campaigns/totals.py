"""Totals of items: how many stand how (docs/items-and-time.md, "Totals")."""

from __future__ import annotations

from dataclasses import dataclass, field

from campaigns.percent import percent_of


@dataclass(frozen=True, slots=True)
class Totals:
    """Counts over some items, in the names and order of the JSON; they can be added up.

    States, `on_time`, `late` and `due_soon` count every item, `overdue` and `required`
    those that count, waived ones included. `percent` is that of `reported` among
    `expected`, to one decimal; None where nothing is expected.
    """

    items: int = 0
    required: int = 0
    todo: int = 0
    doing: int = 0
    done: int = 0
    verified: int = 0
    returned: int = 0
    waived: int = 0
    nil: int = 0
    on_time: int = 0
    late: int = 0
    overdue: int = 0
    due_soon: int = 0
    percent: float | None = field(init=False)
    expected: int = 0
    """Items that count and are not waived."""
    reported: int = 0
    """Those of them that are done or verified."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "percent", percent_of(self.reported, self.expected))

    def __add__(self, other: Totals) -> Totals:
        return Totals(**{name: getattr(self, name) + getattr(other, name) for name in _COUNTS})


_COUNTS = tuple(name for name in Totals.__dataclass_fields__ if name != "percent")
