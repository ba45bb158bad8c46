from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.totals import Totals

NAMES = [
    "items", "required", "todo", "doing", "done", "verified", "returned", "waived",
    "nil", "on_time", "late", "overdue", "due_soon",
]  # fmt: skip


def test_names_stand_in_the_order_of_the_json() -> None:
    assert list(Totals.COUNTS)[: len(NAMES)] == NAMES


@pytest.mark.parametrize(
    ("reported", "expected", "percent"),
    [
        (0, 0, None),
        (0, 3, 0.0),
        (1, 3, 33.3),
        (2, 3, 66.7),
        (3, 3, 100.0),
        (1, 8, 12.5),
        (1, 16, 6.3),
        (9, 16, 56.3),
        (1999, 2000, 99.9),
        (1, 9999, 0.1),
        (0, 9999, 0.0),
    ],
)
def test_percent(reported: int, expected: int, percent: float | None) -> None:
    assert Totals(reported=reported, expected=expected).percent == percent


_COUNTS = Totals.COUNTS
_TOTALS = st.builds(Totals, **{name: st.integers(0, 99) for name in _COUNTS})


@given(parts=st.lists(_TOTALS, max_size=5))
def test_totals_add_up(parts: list[Totals]) -> None:
    whole = sum(parts, Totals())
    for name in _COUNTS:
        assert getattr(whole, name) == sum(getattr(part, name) for part in parts)
    expected = sum(part.expected for part in parts)
    reported = sum(part.reported for part in parts)
    assert whole.percent == Totals(reported=reported, expected=expected).percent
