"""Anchors: a past state of the history is found by its digest, an altered one is not."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from campaigns.entries import Entry
from campaigns.history import Event, Person
from storage.tiny.anchors import Anchor, Histories
from tests.storage.samples import NOW, later

EVENING = later(600)


def event(unit: str, number: int, recorded_at: datetime) -> Event:
    sha = hashlib.sha256(f"{unit}#{number}".encode()).hexdigest()
    who, blank = Person("x"), Entry()
    return Event(f"{unit}#{number}", f"{unit}/a", sha, blank, blank, who, recorded_at, "", sha)


def history(unit: str, *minutes: float) -> list[Event]:
    seconds = [int(minute * 60) for minute in minutes]
    moments = [later(s // 60).replace(second=s % 60) for s in seconds]
    return [event(unit, number, moment) for number, moment in enumerate(moments, 1)]


def digest_by_hand(heads: dict[str, str]) -> str:
    lines = "".join(f"{unit} {heads[unit]}\n" for unit in sorted(heads))
    return hashlib.sha256(lines.encode()).hexdigest()


EVENTS: dict[str, Sequence[Event]] = {
    "b": history("b", 1, 5, 9),
    "a": history("a", 2, 5),
    "empty": [],
}


def test_an_anchor_is_the_digest_of_the_last_events_up_to_its_instant() -> None:
    a, b = EVENTS["a"], EVENTS["b"]
    histories = Histories(EVENTS)
    expected = digest_by_hand({"a": a[1].hash, "b": b[1].hash})
    assert histories.anchor(later(5)) == Anchor(expected, 4, later(5))
    assert histories.anchor(later(8)) == Anchor(expected, 4, later(8))
    assert histories.anchor(later(1)).digest == digest_by_hand({"b": b[0].hash})
    assert histories.anchor(later(0)) == Anchor(digest_by_hand({}), 0, later(0))


def test_every_past_state_is_found_by_its_digest() -> None:
    histories = Histories(EVENTS)
    for minute, instant in ((1, 1), (2, 2), (3, 2), (5, 5), (7, 5), (9, 9), (60, 9)):
        anchor = histories.anchor(later(minute))
        assert histories.find(anchor.digest, EVENING) == replace(anchor, at=later(instant))
    nothing = histories.find(digest_by_hand({}), EVENING)
    assert nothing is not None
    assert nothing.events == 0


def test_no_state_is_found_that_never_was() -> None:
    histories = Histories(EVENTS)
    assert histories.find("0" * 64, EVENING) is None
    for unit, own in EVENTS.items():
        for number in range(len(own)):
            altered = [*own[:number], replace(own[number], hash="f" * 64), *own[number + 1 :]]
            other = Histories({**EVENTS, unit: altered})
            now = Histories(EVENTS).anchor(EVENING)
            found = other.find(now.digest, EVENING)
            # Only heads are looked at here: that they hold their past is the chain's part.
            assert (found is None) == (number == len(own) - 1)


def test_a_state_after_the_time_asked_for_is_not_found() -> None:
    histories = Histories(EVENTS)
    digest = histories.anchor(later(9)).digest
    assert histories.find(digest, later(9)) is not None
    assert histories.find(digest, later(8)) is None


def test_units_without_events_and_units_that_join_change_nothing() -> None:
    digest = Histories(EVENTS).anchor(EVENING).digest
    grown = {**EVENTS, "c": history("c", 20), "d": []}
    found = Histories(grown).find(digest, EVENING)
    assert found is not None
    assert (found.events, found.at) == (5, later(9))


def test_a_clock_set_back_hides_nothing() -> None:
    histories = Histories({"a": history("a", 10, 4, 12)})
    assert histories.anchor(later(4)).events == 2
    assert histories.anchor(later(11)).events == 2
    assert histories.anchor(later(3)).events == 0


def test_what_was_printed_before_the_clock_was_set_back_is_found() -> None:
    printed = Histories({"a": history("a", 2, 10), "b": history("b", 5)}).anchor(later(11))
    histories = Histories({"a": history("a", 2, 10, 4, 12), "b": history("b", 5)})
    assert histories.find(printed.digest, EVENING) == replace(printed, at=later(10))


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_several_units_that_commit_within_one_second(data: st.DataObject) -> None:
    """Whatever was on disk when the anchor was printed, however the clocks of writers stood."""
    units = ["a", "b", "c", "d"]
    seconds = st.lists(st.sampled_from([0, 0.05, 0.1]), max_size=4).map(sorted)
    events = {unit: history(unit, *data.draw(seconds)) for unit in units}
    seen = {unit: own[: data.draw(st.integers(0, len(own)))] for unit, own in events.items()}
    printed = Histories(seen).anchor(EVENING)
    # Afterwards all of it is there, and more.
    for unit in units:
        events[unit].append(event(unit, 99, later(100)))
    found = Histories(events).find(printed.digest, EVENING)
    assert found is not None
    assert (found.digest, found.events) == (printed.digest, printed.events)


@pytest.mark.parametrize("missing", ["a", "b"])
def test_an_event_committed_after_others_that_were_recorded_later(missing: str) -> None:
    """Its writer waited for a lock."""
    events = {"a": history("a", 1, 5), "b": history("b", 2, 5.05), "c": history("c", 3, 5.1)}
    seen = {**events, missing: events[missing][:1]}
    printed = Histories(seen).anchor(EVENING)
    assert Histories(events).find(printed.digest, EVENING) is not None


def test_ten_thousand_units_at_one_instant_end_in_time() -> None:
    events = {f"unit-{n}": [event(f"unit-{n}", 1, NOW)] for n in range(10_000)}
    assert Histories(events).find("0" * 64, EVENING) is None
