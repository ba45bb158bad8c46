"""How units stand, in figures alone: what the short forms of `status` show.

Made from a board or from the roll-up, and shown by the same functions, so that both say
the same. Nothing here imports the model: a status from a warm cache needs none of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from campaigns.percent import percent_of
from storage.rollup import FIELDS, FIGURES, KIND, NAME, NEXT_AT, NEXT_DUE, ORPHANS, UNIT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from campaigns.totals import Totals
    from i18n.messages import Message

TOTALS = (
    "items", "required", "todo", "doing", "done", "verified", "returned", "waived",
    "nil", "on_time", "late", "overdue", "due_soon", "percent",
)  # fmt: skip
"""The fields of totals in everything that scripts read, in order."""


class Figures(NamedTuple):
    """campaigns.totals.Totals read back: the same counts, the same percentage."""

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
    expected: int
    reported: int

    @property
    def percent(self) -> float | None:
        """That of `reported` among `expected`."""
        return percent_of(self.reported, self.expected)


class Standing(NamedTuple):
    """One unit. `next_due` is a text on the campaign's clock; `fault` says why it is unreadable."""

    id: str
    name: str
    kind: str
    totals: Figures | Totals
    next_due: str | None
    fault: Message | None = None


class Overview(NamedTuple):
    """A campaign, or some of its units, at `now`, a text on the campaign's clock.

    `units` and `orphans` count them; an orphan is an answer whose item is gone.
    """

    title: str
    now: str
    totals: Figures | Totals
    next_due: str | None
    units: int
    orphans: int
    faults: tuple[Message, ...] = ()


def standings_of(
    rows: Sequence[list[Any]], faults: Mapping[str, Message] | None = None
) -> list[Standing]:
    """The standings that rows of the roll-up tell, given which units cannot be read."""
    why, figures = (faults or {}).get, Figures._make
    return [
        Standing(
            row[UNIT], row[NAME], row[KIND], figures(row[FIGURES]), row[NEXT_DUE], why(row[UNIT])
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
        totals=Figures._make(counts or [0] * len(FIELDS)),
        next_due=None if first is None else str(first[NEXT_DUE]),
        units=len(rows),
        orphans=sum(row[ORPHANS] for row in rows),
        faults=tuple((faults or {}).values()),
    )
