"""Every state before, within and after its window (docs/items-and-time.md, "Timing")."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from campaigns.definition import Asap, By, Duration, OnEvent, Tally
from campaigns.entries import REPORTED, Entry, State
from campaigns.items import Item
from campaigns.timing import Judgement, Timing, deadline, judge
from tests.campaigns.builders import JUNE, activity, at, day, entry, hours, item

T = Timing
OPENS, DUE = at("2022-06-13 00:00"), at("2022-06-15 18:00")
SECOND = timedelta(seconds=1)
NOT_REPORTED = [State.TODO, State.DOING, State.RETURNED]

INSTANTS = {
    "before it opens": OPENS - SECOND,
    "as it opens": OPENS,
    "a day and a second before": DUE - hours(24) - SECOND,
    "a day before": DUE - hours(24),
    "at the deadline": DUE,
    "a second after": DUE + SECOND,
    "long after": DUE + hours(48),
}


def dated(*, optional: bool = False, before_issue: bool = False) -> Item:
    level = activity(due=By(day("2022-06-15")), level="optional" if optional else "required")
    return item(DUE, OPENS, of=level, before_issue=before_issue)


def timings(of: Item, state: State) -> list[Timing]:
    received = DUE if state in REPORTED else None
    return [judge(of, entry(state, received), now).timing for now in INSTANTS.values()]


@pytest.mark.parametrize("state", NOT_REPORTED)
def test_a_required_item_not_reported(state: State) -> None:
    assert timings(dated(), state) == [
        T.UPCOMING, T.OPEN, T.OPEN, T.DUE_SOON, T.DUE_SOON, T.OVERDUE, T.OVERDUE,
    ]  # fmt: skip


@pytest.mark.parametrize("state", NOT_REPORTED)
def test_an_optional_item_past_due_is_open(state: State) -> None:
    assert timings(dated(optional=True), state) == [
        T.UPCOMING, T.OPEN, T.OPEN, T.DUE_SOON, T.DUE_SOON, T.OPEN, T.OPEN,
    ]  # fmt: skip


@pytest.mark.parametrize("optional", [False, True])
@pytest.mark.parametrize("state", NOT_REPORTED)
def test_an_item_due_before_the_issue_is_flagged(state: State, optional: bool) -> None:
    flagged = dated(optional=optional, before_issue=True)
    assert timings(flagged, state) == [T.BEFORE_ISSUE] * len(INSTANTS)


@pytest.mark.parametrize("state", [State.DONE, State.VERIFIED])
@pytest.mark.parametrize("optional", [False, True])
@pytest.mark.parametrize("before_issue", [False, True])
def test_a_report_in_hand_is_on_time_or_late_whenever_asked(
    state: State, optional: bool, before_issue: bool
) -> None:
    of = dated(optional=optional, before_issue=before_issue)
    for now in INSTANTS.values():
        assert judge(of, entry(state, DUE), now) == (T.ON_TIME, None, None)
        assert judge(of, entry(state, OPENS - hours(99)), now) == (T.ON_TIME, None, None)
        assert judge(of, entry(state, DUE + SECOND), now) == (T.LATE, 1, None)
        assert judge(of, entry(state, DUE + hours(50)), now) == (T.LATE, 180_000, None)


def test_it_is_receipt_that_counts_not_recording() -> None:
    done = Entry(State.DONE, received_at=DUE, recorded_at=DUE + hours(72))
    assert judge(dated(), done, DUE + hours(99)).timing is T.ON_TIME


@pytest.mark.parametrize(
    "of",
    [dated(), dated(optional=True), dated(before_issue=True), item(of=activity(due=None))],
)
def test_waived_is_exempt_first_of_all(of: Item) -> None:
    assert timings(of, State.WAIVED) == [T.EXEMPT] * len(INSTANTS)


@pytest.mark.parametrize("state", [state for state in State if state is not State.WAIVED])
class TestWithoutADeadline:
    def test_undated_whatever_its_state(self, state: State) -> None:
        assert timings(item(of=activity(due=None)), state) == [T.UNDATED] * len(INSTANTS)

    @pytest.mark.parametrize("due", [Tally(JUNE), Asap(), OnEvent("accident")])
    def test_the_others_are_open_from_their_opening(
        self, state: State, due: Tally | Asap | OnEvent
    ) -> None:
        without = item(None, OPENS, of=activity(due=due))
        assert timings(without, state) == [T.UPCOMING] + [T.OPEN] * (len(INSTANTS) - 1)


class TestSeconds:
    def test_overdue_by_whole_elapsed_seconds(self) -> None:
        assert judge(dated(), Entry(), DUE + hours(1)) == (T.OVERDUE, None, 3600)
        assert judge(dated(), Entry(), DUE) == (T.DUE_SOON, None, None)

    def test_the_last_second_belongs_to_the_deadline_to_its_end(self) -> None:
        fraction = timedelta(milliseconds=999)
        assert judge(dated(), Entry(), DUE + fraction).timing is not T.OVERDUE
        assert judge(dated(), entry(State.DONE, DUE + fraction), DUE).timing is T.ON_TIME
        assert judge(dated(), Entry(), DUE + SECOND + fraction).overdue_by == 1

    def test_late_by_is_elapsed_over_a_change_of_the_clocks(self) -> None:
        zone = "America/New_York"
        across = item(at("2022-03-12 18:00", zone), at("2022-03-01 00:00", zone))
        late = judge(across, entry(State.DONE, at("2022-03-13 18:00", zone)), DUE)
        assert late.late_by == 23 * 3600

    def test_due_soon_is_elapsed_over_a_change_of_the_clocks(self) -> None:
        zone = "America/New_York"
        due, opens = at("2022-11-06 18:00", zone), at("2022-11-01 00:00", zone)
        across = item(due, opens)
        assert judge(across, Entry(), at("2022-11-05 18:00", zone)).timing is T.OPEN
        assert judge(across, Entry(), at("2022-11-05 19:00", zone)).timing is T.DUE_SOON


def test_due_soon_only_once_open() -> None:
    short = item(DUE, DUE - hours(2))
    assert judge(short, Entry(), DUE - hours(3)).timing is T.UPCOMING
    assert judge(short, Entry(), DUE - hours(2)).timing is T.DUE_SOON


def test_how_soon_is_soon_can_be_said() -> None:
    assert judge(dated(), Entry(), DUE - hours(5), soon=hours(4)).timing is T.OPEN
    assert judge(dated(), Entry(), DUE - hours(48), soon=hours(48)).timing is T.DUE_SOON


class TestExtension:
    LATER = DUE + hours(72)

    def test_it_is_the_deadline_in_force(self) -> None:
        assert deadline(dated(), Entry()) == DUE
        assert deadline(dated(), entry(extended_to=self.LATER)) == self.LATER
        assert deadline(item(of=activity(due=None)), Entry()) is None

    def test_seconds_are_against_it(self) -> None:
        extended = entry(extended_to=self.LATER)
        assert judge(dated(), extended, DUE + hours(1)).timing is T.OPEN
        assert judge(dated(), extended, self.LATER - hours(24)).timing is T.DUE_SOON
        assert judge(dated(), extended, self.LATER + SECOND) == (T.OVERDUE, None, 1)

    def test_a_report_within_it_is_on_time(self) -> None:
        within = entry(State.DONE, self.LATER, extended_to=self.LATER)
        past = entry(State.DONE, self.LATER + SECOND, extended_to=self.LATER)
        assert judge(dated(), within, self.LATER).timing is T.ON_TIME
        assert judge(dated(), past, self.LATER).late_by == 1


def test_a_returned_item_is_overdue_again() -> None:
    returned = Entry(State.RETURNED, received_at=None, rev=3)
    assert judge(dated(), returned, DUE + hours(1)).timing is T.OVERDUE


def test_an_events_item() -> None:
    of = item(DUE, DUE - hours(24), of=activity(due=OnEvent("accident", Duration(24, "h"))))
    assert judge(of, Entry(), DUE - hours(24)).timing is T.DUE_SOON
    assert judge(of, Entry(), DUE + SECOND).timing is T.OVERDUE


_OFFSETS = st.integers(-400_000, 400_000).map(lambda seconds: DUE + timedelta(seconds=seconds))


@settings(max_examples=300, deadline=None)
@given(
    state=st.sampled_from(State),
    optional=st.booleans(),
    flagged=st.booleans(),
    now=_OFFSETS,
    received=_OFFSETS,
    extended=st.none() | _OFFSETS,
)
def test_what_every_judgement_keeps(
    state: State,
    optional: bool,
    flagged: bool,
    now: datetime,
    received: datetime,
    extended: datetime | None,
) -> None:
    of = dated(optional=optional, before_issue=flagged)
    given_entry = entry(state, received if state in REPORTED else None, extended_to=extended)
    found: Judgement = judge(of, given_entry, now)
    due = extended or DUE
    assert (found.late_by is not None) == (found.timing is T.LATE)
    assert (found.overdue_by is not None) == (found.timing is T.OVERDUE)
    assert (found.timing is T.OVERDUE) == (
        state in NOT_REPORTED and not optional and not flagged and now > due and now >= OPENS
    )
    assert (found.timing in (T.LATE, T.ON_TIME)) == (state in REPORTED)
    assert (found.timing is T.EXEMPT) == (state is State.WAIVED)
    assert found.late_by in (None, (received - due) // SECOND)
    assert found.overdue_by in (None, (now - due) // SECOND)


def test_a_report_is_judged_by_the_deadline_that_was_in_force_when_it_was_handed_in() -> None:
    of = dated()
    due = of.occurrence.due
    assert due is not None
    received = due + timedelta(days=1)
    in_force = Entry(state=State.DONE, received_at=received, due=received)
    assert judge(of, in_force, received).timing is Timing.ON_TIME
    assert judge(of, replace(in_force, due=None), received).timing is Timing.LATE
    earlier = replace(in_force, received_at=due, due=due - timedelta(days=1))
    assert judge(of, earlier, received).late_by == 86400
