"""The span within which a unit's figures cannot change: held against boards at other instants."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.entries import Entry, State
from campaigns.scheduling.schedule import Schedule
from campaigns.standing.board import UnitBoard, build_unit
from campaigns.standing.spans import Span, seconds_of, steady
from tests.campaigns.builders import at, campaign, entry, june_reports, record, unit

CAMPAIGN = campaign(*june_reports("north"))
SCHEDULE = Schedule(CAMPAIGN)
KEYS = [item.key for item in SCHEDULE.items(unit())]
FIRST, LAST = seconds_of(at("2022-05-29 00:00")), seconds_of(at("2022-07-06 00:00"))

seconds = st.integers(FIRST, LAST)
moments = seconds.map(lambda second: datetime.fromtimestamp(second, UTC))
entries = st.dictionaries(
    st.sampled_from(KEYS),
    st.builds(
        entry,
        st.sampled_from(State),
        st.none() | moments,
        extended_to=st.none() | moments,
    ),
)


def moment(second: int) -> datetime:
    return datetime.fromtimestamp(second, UTC)


def stands(stored: dict[str, Entry], second: int) -> UnitBoard:
    return build_unit(SCHEDULE, unit(), record(stored), moment(second))


def figures(board: UnitBoard) -> tuple[object, ...]:
    return board.totals, board.next_due, board.orphans


@given(entries, seconds, st.lists(seconds, max_size=6))
@settings(max_examples=150, deadline=None)
def test_figures_do_not_change_within_the_span(
    stored: dict[str, Entry], now: int, others: list[int]
) -> None:
    board = stands(stored, now)
    first, end = steady(board.lines, moment(now))
    assert first is None or first <= now
    assert end is None or now < end
    low = FIRST if first is None else first
    high = LAST if end is None else end - 1
    for other in (low, high, *others):
        if low <= other <= high:
            assert figures(stands(stored, other)) == figures(board)


def test_it_ends_where_something_becomes_due_soon_or_overdue() -> None:
    board = stands({}, seconds_of(at("2022-06-07 12:00")))
    span = steady(board.lines, at("2022-06-07 12:00"))
    assert span.end == seconds_of(at("2022-06-07 18:00"))  # 24 hours before a weekly report
    board = stands({}, seconds_of(at("2022-06-08 12:00")))
    end = steady(board.lines, at("2022-06-08 12:00")).end
    assert end is not None
    assert end <= seconds_of(at("2022-06-08 18:00")) + 1


def test_what_is_over_and_done_with_lasts() -> None:
    stored = {key: entry(State.DONE, at("2022-05-31 10:00")) for key in KEYS}
    board = stands(stored, seconds_of(at("2022-06-08 12:00")))
    assert steady(board.lines, at("2022-06-08 12:00")) == Span(None, None)


def test_a_longer_notice_is_heeded() -> None:
    now = at("2022-06-05 12:00")
    board = build_unit(SCHEDULE, unit(), record(), now, soon=timedelta(days=2))
    assert steady(board.lines, now, timedelta(days=2)).end == seconds_of(at("2022-06-06 00:00"))
