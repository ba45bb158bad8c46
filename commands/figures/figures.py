"""The figures of units that the short forms of `status` show.

They are made from a board or from the roll-up, and shown by the same functions, so that both
print the same. Nothing here imports the model, which a status from a warm cache does not need.
"""

from __future__ import annotations

from collections import Counter

from campaigns.totals import Totals
from storage.cache.rollup import (
    FIGURES,
    KIND,
    NAME,
    NEXT_AT,
    NEXT_DUE,
    ORPHANS,
    SUMMARY,
    UNIT,
    summaries_in,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from i18n.messages import Message
    from storage.cache.rollup import Row


class UnitFigures:
    """One unit. `next_due` is in the campaign's time zone; `fault` says why it cannot be read."""

    __slots__ = ("fault", "id", "kind", "name", "next_due", "totals")

    def __init__(
        self,
        unit: str,
        name: str,
        kind: str,
        totals: Totals,
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
    """A campaign, or some of its units, at `now`, a text in the campaign's time zone.

    `units` and `orphans` are numbers; an orphan is an answer whose item is gone. `left` are the
    ids of units with answers that are no longer in the definition.
    """

    def __init__(
        self,
        *,
        title: str,
        now: str,
        totals: Totals,
        next_due: str | None,
        units: int,
        orphans: int,
        faults: tuple[Message, ...] = (),
        left: Sequence[str] = (),
    ) -> None:
        self.title = title
        self.now = now
        self.totals = totals
        self.next_due = next_due
        self.units = units
        self.orphans = orphans
        self.faults = faults
        self.left = left


def figures_of_rows(
    rows: Sequence[Row], faults: Mapping[str, Message] | None = None
) -> list[UnitFigures]:
    """The figures in rows of the roll-up; `faults` say which units cannot be read."""
    why = (faults or {}).get
    totals = {key: Totals(*one[FIGURES]) for key, one in summaries_in(rows).items()}
    return [
        UnitFigures(
            row[UNIT],
            row[NAME],
            row[KIND],
            totals[id(row[SUMMARY])],
            row[SUMMARY][NEXT_DUE],
            why(row[UNIT]),
        )
        for row in rows
    ]


def overview_of(
    title: str,
    now: str,
    rows: Sequence[Row],
    left: Sequence[str],
    faults: Mapping[str, Message] | None = None,
) -> Overview:
    """The totals of rows of the roll-up."""
    summaries = summaries_in(rows)
    units_with = Counter(id(row[SUMMARY]) for row in rows)
    shares = [[units_with[key] * count for count in one[FIGURES]] for key, one in summaries.items()]
    counts = [sum(column) for column in zip(*shares, strict=True)]
    dues = [one for one in summaries.values() if one[NEXT_AT] is not None]
    first = min(dues, key=lambda one: float(one[NEXT_AT]), default=None)
    return Overview(
        title=title,
        now=now,
        totals=Totals(*counts),
        next_due=None if first is None else str(first[NEXT_DUE]),
        units=len(rows),
        orphans=sum(units_with[key] * one[ORPHANS] for key, one in summaries.items()),
        faults=tuple((faults or {}).values()),
        left=left,
    )
