"""Counts of items by state and timing (docs/items-and-time.md, "Totals").

Plain classes, since a status from the roll-up must not pay for importing msgspec.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import ClassVar, Self


class Progress:
    """How many of the expected items are reported, and how many are overdue. Can be summed.

    Expected are the items that count and are not waived; reported are those of them that are
    done or verified (docs/items-and-time.md, "Percent"). Equal only to its own class.
    """

    __slots__ = ("expected", "overdue", "reported")

    COUNTS: ClassVar[tuple[str, ...]] = ("expected", "reported", "overdue")
    """The counts, in the order in which they are given."""

    def __init__(self, expected: int = 0, reported: int = 0, overdue: int = 0) -> None:
        self.expected = expected
        self.reported = reported
        self.overdue = overdue

    @property
    def percent(self) -> float | None:
        """Reported items in percent of the expected, to one decimal; None if none are expected.

        Rounded half up, but 100.0 only if all are reported and 0.0 only if none is.
        """
        reported, expected = self.reported, self.expected
        if not expected:
            return None
        tenths = (2000 * reported + expected) // (2 * expected)
        return (tenths if reported in (0, expected) else max(1, min(tenths, 999))) / 10

    @property
    def percent_text(self) -> str:
        """`12.5%`, or a dash if none are expected."""
        return "-" if self.percent is None else f"{self.percent:.1f}%"

    @property
    def complete(self) -> bool:
        """Whether all expected items are reported."""
        return 0 < self.expected == self.reported

    def counts(self) -> tuple[int, ...]:
        """The counts, in the order of COUNTS."""
        return tuple([getattr(self, name) for name in self.COUNTS])

    def __add__(self, other: Self) -> Self:
        names = self.COUNTS
        return type(self)(*[getattr(self, name) + getattr(other, name) for name in names])

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and other.counts() == self.counts()

    def __hash__(self) -> int:
        return hash(self.counts())

    def __repr__(self) -> str:
        return f"{type(self).__name__}{self.counts()}"


class Totals(Progress):
    """Every count of some items, by the names in JSON output.

    States, `on_time`, `late` and `due_soon` count every item; `overdue` and `required` only
    those that count, waived ones included.
    """

    COUNTS = (
        "items", "required", "todo", "doing", "done", "verified", "returned", "waived", "nil",
        "on_time", "late", "overdue", "due_soon", "expected", "reported",
    )  # fmt: skip
    __slots__ = (
        "doing", "done", "due_soon", "items", "late", "nil", "on_time", "required", "returned",
        "todo", "verified", "waived",
    )  # fmt: skip

    def __init__(
        self, items: int = 0, required: int = 0, todo: int = 0, doing: int = 0, done: int = 0,
        verified: int = 0, returned: int = 0, waived: int = 0, nil: int = 0, on_time: int = 0,
        late: int = 0, overdue: int = 0, due_soon: int = 0, expected: int = 0, reported: int = 0,
    ) -> None:  # fmt: skip
        super().__init__(expected, reported, overdue)
        self.items = items
        self.required = required
        self.todo = todo
        self.doing = doing
        self.done = done
        self.verified = verified
        self.returned = returned
        self.waived = waived
        self.nil = nil
        self.on_time = on_time
        self.late = late
        self.due_soon = due_soon
