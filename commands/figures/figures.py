"""How units stand, in figures alone: what the short forms of `status` show.

Made from a board or from the roll-up, and shown by the same functions, so that both say
the same. Nothing here imports the model: a status from a warm cache needs none of it.
"""

from __future__ import annotations

from collections import Counter

from campaigns.percent import percent_of
from storage.cache.rollup import (
    FIELDS,
    FIGURES,
    KIND,
    NAME,
    NEXT_AT,
    NEXT_DUE,
    ORPHANS,
    STANDING,
    UNIT,
    standings_in,
)

TYPE_CHECKING = False
if TYPE_CHECKING:  # without importing typing, which costs a tenth of a status
    from collections.abc import Mapping, Sequence

    from campaigns.totals import Totals
    from i18n.messages import Message
    from storage.cache.rollup import Row


class Figures:
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

    def __init__(self, counts: Sequence[int]) -> None:
        """Take the counts in the order of FIELDS."""
        for name, count in zip(FIELDS, counts, strict=True):
            setattr(self, name, count)
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

    `units` and `orphans` count them; an orphan is an answer whose item is gone. `left` are
    the units with answers that are no longer in the definition, by their ids.
    """

    def __init__(
        self,
        *,
        title: str,
        now: str,
        totals: Figures | Totals,
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


def standings_of(
    rows: Sequence[Row], faults: Mapping[str, Message] | None = None
) -> list[Standing]:
    """The standings that rows of the roll-up tell, given which units cannot be read."""
    why = (faults or {}).get
    figures = {key: Figures(one[FIGURES]) for key, one in standings_in(rows).items()}
    return [
        Standing(
            row[UNIT],
            row[NAME],
            row[KIND],
            figures[id(row[STANDING])],
            row[STANDING][NEXT_DUE],
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
    """The whole that rows of the roll-up add up to."""
    standings = standings_in(rows)
    often = Counter(id(row[STANDING]) for row in rows)
    shares = [[often[key] * count for count in one[FIGURES]] for key, one in standings.items()]
    counts = [sum(column) for column in zip(*shares, strict=True)]
    dues = [one for one in standings.values() if one[NEXT_AT] is not None]
    first = min(dues, key=lambda one: float(one[NEXT_AT]), default=None)
    return Overview(
        title=title,
        now=now,
        totals=Figures(counts or [0] * len(FIELDS)),
        next_due=None if first is None else str(first[NEXT_DUE]),
        units=len(rows),
        orphans=sum(often[key] * one[ORPHANS] for key, one in standings.items()),
        faults=tuple((faults or {}).values()),
        left=left,
    )
