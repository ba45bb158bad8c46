"""The chronicle keeps the newest events of several units, in the order of recording."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.entries import State
from campaigns.history import Event
from campaigns.overviews.chronicle import Chronicle, Kind, UnitHistory, is_kind, placed
from campaigns.scheduling.schedule import Schedule
from campaigns.standing.matrix import Columns
from tests.campaigns.builders import activity, at, campaign, hours, unit
from tests.campaigns.events import WHEN, event

COLUMNS = Columns(Schedule(campaign(activity())))
UNITS = ("east", "north", "south")


def history(unit_id: str, events: Sequence[Event]) -> UnitHistory:
    return UnitHistory(COLUMNS.unread(unit(unit_id)), tuple(events))


def ids(chronicle: Chronicle) -> list[str]:
    return [change.event.id for change in chronicle.changes]


def test_the_newest_stands_first_and_the_order_of_units_decides_at_the_same_instant() -> None:
    later = WHEN + hours(1)
    found = Chronicle(10).with_histories(
        [
            history("north", [event(1), event(2, when=later)]),
            history("east", [event(1, "east"), event(2, "east", when=later)]),
        ]
    )
    assert ids(found) == ["north-2", "east-2", "north-1", "east-1"]


def test_a_unit_keeps_its_own_order_where_its_clock_went_back() -> None:
    events = [event(1), event(2, when=WHEN - hours(5)), event(3, when=WHEN - hours(1))]
    found = Chronicle(10).with_histories([history("north", events)])
    assert ids(found) == ["north-3", "north-2", "north-1"]
    assert {place.moment for place in placed("north", events)} == {WHEN}


def test_what_is_let_go_is_counted() -> None:
    events = [event(number, when=WHEN + hours(number)) for number in range(5)]
    found = Chronicle(2).with_histories([history("north", events)])
    assert ids(found) == ["north-4", "north-3"]
    assert (sum(found.counts.values()), found.is_cut) == (5, True)


def test_fewer_units_are_asked_for_again_only_where_something_was_let_go() -> None:
    histories = [history("north", [event(1)]), history("south", [event(1, "south")])]
    whole = Chronicle(2).with_histories(histories)
    assert ids(whole.of_units({"north"})) == ["north-1"]
    assert whole.of_units({"north", "south", "east"}) is whole
    cut = Chronicle(1).with_histories(histories)
    assert cut.of_units({"north"}) == Chronicle(1)
    assert cut.of_units({"north", "south"}) is cut


_TIMES = st.lists(st.integers(0, 20), max_size=6)


@st.composite
def growing(draw: st.DrawFn) -> tuple[list[Mapping[str, int]], Mapping[str, list[Event]]]:
    """Histories, and how much of each was there at each reading: only ever more of it."""
    whole = {
        unit_id: [
            event(number, unit_id, when=at("2022-06-01 08:00") + hours(hour))
            for number, hour in enumerate(draw(_TIMES))
        ]
        for unit_id in UNITS
    }
    known = dict.fromkeys(UNITS, 0)
    steps: list[Mapping[str, int]] = []
    for unit_id in draw(st.lists(st.sampled_from(UNITS), max_size=8)):
        known[unit_id] = draw(st.integers(known[unit_id], len(whole[unit_id])))
        steps.append({unit_id: known[unit_id]})
    return steps, whole


@given(read=growing(), most=st.integers(1, 20))
def test_readings_in_any_order_keep_the_newest(
    read: tuple[list[Mapping[str, int]], Mapping[str, list[Event]]], most: int
) -> None:
    steps, whole = read
    found, known = Chronicle(most), dict.fromkeys(UNITS, 0)
    for step in steps:
        known |= step
        found = found.with_histories(
            history(unit_id, whole[unit_id][:number]) for unit_id, number in step.items()
        )
    everything = []
    for unit_id, number in known.items():
        events = whole[unit_id][:number]
        reached = accumulate((one.recorded_at for one in events), max)
        everything += [(*key, one.id) for key, one in zip(
            ((moment, unit_id, n) for n, moment in enumerate(reached)), events, strict=True
        )]  # fmt: skip
    everything.sort(reverse=True)
    assert ids(found) == [one[-1] for one in everything[:most]]
    assert sum(found.counts.values()) == len(everything)


@pytest.mark.parametrize(
    ("found", "kinds"),
    [
        (event(), {Kind.SUBMITTED, Kind.MINE}),
        (event(after=State.VERIFIED, login="leader-1"), {Kind.SUBMITTED, Kind.VERIFIED}),
        (event(before=State.DONE, after=State.VERIFIED), {Kind.VERIFIED, Kind.MINE}),
        (event(before=State.VERIFIED, after=State.DONE), {Kind.MINE}),
        (event(before=State.DONE, after=State.RETURNED, login="x"), {Kind.RETURNED}),
        (event(before=State.RETURNED, after=State.DONE, login="x"), {Kind.SUBMITTED}),
        (event(before=State.RETURNED, after=State.RETURNED, login="x"), set()),
        (event(before=State.RETURNED, undoes="e", login="x"), {Kind.UNDONE}),
        (event(redoes="e", login="x"), {Kind.SUBMITTED}),
        (event(after=State.WAIVED, login="x"), set()),
    ],
)
def test_kinds_of_events(found: Event, kinds: set[Kind]) -> None:
    assert {kind for kind in Kind if is_kind(kind, found, "officer-1")} == kinds | {Kind.ALL}
