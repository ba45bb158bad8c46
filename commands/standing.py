"""How units stand, in figures alone: what the short forms of `status` show.

Made from a board or from the roll-up, and shown by the same functions, so that both say
the same. Nothing here imports the model: a status from a warm cache needs none of it.
"""

from __future__ import annotations

from campaigns.percent import percent_of
from storage.rollup import FIELDS, FIGURES, KIND, NAME, NEXT_AT, NEXT_DUE, ORPHANS, UNIT

TYPE_CHECKING = False
if TYPE_CHECKING:  # without importing typing, which costs a tenth of a status
    from collections.abc import Mapping, Sequence
    from typing import Any

    from campaigns.totals import Totals
    from i18n.messages import Message

TOTALS = (
    "items", "required", "todo", "doing", "done", "verified", "returned", "waived",
    "nil", "on_time", "late", "overdue", "due_soon", "percent",
)  # fmt: skip
"""The fields of totals in everything that scripts read, in order."""


class Figures:
    """campaigns.totals.Totals read back: the same names, the same percentage."""

    __slots__ = (*FIELDS, "percent")

    if TYPE_CHECKING:
        items: int
        required: int
        todo: int
        doing: int
        done: int
        verified: int
        returned: int
        waived: int
        nil: int
        on_time: int
        late: int
        overdue: int
        due_soon: int
        percent: float | None
        expected: int
        reported: int

    def __init__(self, counts: Sequence[int]) -> None:
        (
            self.items, self.required, self.todo, self.doing, self.done, self.verified,
            self.returned, self.waived, self.nil, self.on_time, self.late, self.overdue,
            self.due_soon, self.expected, self.reported,
        ) = counts  # fmt: skip
        self.percent = percent_of(self.reported, self.expected)


class Standing:
    """One unit. `next_due` is a text on the campaign's clock; `fault` says why it is unreadable."""

    __slots__ = ("fault", "id", "kind", "name", "next_due", "totals")

    def __init__(
        self,
        unit: str,
        name: str,
        kind: str,
        totals: Figures | Totals,
        next_due: str | None,
        fault: Message | None = None,
    ) -> None:
        self.id = unit
        self.name = name
        self.kind = kind
        self.totals = totals
        self.next_due = next_due
        self.fault = fault


class Overview:
    """A campaign, or some of its units, at `now`, a text on the campaign's clock.

    `orphans` counts the answers whose item is gone.
    """

    __slots__ = ("faults", "next_due", "now", "orphans", "title", "totals", "units")

    def __init__(
        self,
        title: str,
        now: str,
        totals: Figures | Totals,
        next_due: str | None,
        units: int,
        orphans: int,
        faults: Sequence[Message] = (),
    ) -> None:
        self.title = title
        self.now = now
        self.totals = totals
        self.next_due = next_due
        self.units = units
        self.orphans = orphans
        self.faults = faults


def standings_of(
    rows: Sequence[list[Any]], faults: Mapping[str, Message] | None = None
) -> list[Standing]:
    """The standings that rows of the roll-up tell, given which units cannot be read."""
    why = (faults or {}).get
    return [
        Standing(
            row[UNIT], row[NAME], row[KIND], Figures(row[FIGURES]), row[NEXT_DUE], why(row[UNIT])
        )
        for row in rows
    ]


def overview_of(
    title: str, now: str, rows: Sequence[list[Any]], faults: Mapping[str, Message] | None = None
) -> Overview:
    """The whole that rows of the roll-up add up to."""
    counts = [sum(column) for column in zip(*(row[FIGURES] for row in rows), strict=True)]
    dues = [row for row in rows if row[NEXT_AT] is not None]
    first = min(dues, key=lambda row: float(row[NEXT_AT]), default=None)
    return Overview(
        title=title,
        now=now,
        totals=Figures(counts or [0] * len(FIELDS)),
        next_due=None if first is None else str(first[NEXT_DUE]),
        units=len(rows),
        orphans=sum(row[ORPHANS] for row in rows),
        faults=tuple((faults or {}).values()),
    )
