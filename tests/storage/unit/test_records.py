"""Entries, events and incidents come back from JSON as they were."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.entries import Entry, Evidence, Extension, State
from campaigns.history import Event, Incident, Person
from storage.unit.chain import canonical
from storage.unit.records import (
    Malformed,
    decode_entry,
    decode_event,
    decode_incident,
    entry_dict,
    event_dict,
    instant_text,
    person_dict,
)
from tests.storage.samples import NOW, OFFICER, ZONE

ZONES: list[tzinfo] = [ZONE, UTC, ZoneInfo("Asia/Shanghai"), ZoneInfo("America/New_York")]

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
instants = st.integers(-120 * 365 * 86400, 230 * 365 * 86400).map(
    lambda seconds: datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
)
numbers = st.integers(-(10**18), 10**18) | st.floats(allow_nan=False, allow_infinity=False)
entries = st.builds(
    Entry,
    state=st.sampled_from(State),
    received_at=st.none() | instants,
    recorded_at=st.none() | instants,
    recorded_by=st.none() | texts,
    note=texts,
    metrics=st.dictionaries(texts, numbers, max_size=3),
    evidence=st.lists(st.builds(Evidence, texts, texts, texts), max_size=2).map(tuple),
    extension=st.none() | st.builds(Extension, instants, texts, texts),
    nil_report=st.booleans(),
    due=st.none() | instants,
    rev=st.integers(0, 10**6),
)
people = st.builds(Person, texts, texts, st.none() | texts)
events = st.builds(
    Event,
    *(texts, texts, texts, entries, entries, people, instants, texts, texts),
    undoes=st.none() | texts,
    redoes=st.none() | texts,
)


def over_json(value: dict[str, object]) -> dict[str, object]:
    back: dict[str, object] = json.loads(json.dumps(value, ensure_ascii=False))
    return back


@settings(max_examples=100, deadline=None)
@given(entries, st.sampled_from(ZONES))
def test_entries_come_back(entry: Entry, zone: tzinfo) -> None:
    back = decode_entry(over_json(entry_dict(entry, zone)))
    assert back == entry
    assert [type(value) for value in back.metrics.values()] == [
        type(value) for value in entry.metrics.values()
    ]


@settings(max_examples=100, deadline=None)
@given(events, st.sampled_from(ZONES))
def test_events_come_back_to_the_same_text(event: Event, zone: tzinfo) -> None:
    stored = event_dict(event, zone)
    back = decode_event(over_json(stored))
    assert back == event
    assert canonical(event_dict(back, zone)) == canonical(stored)


@given(st.builds(Incident, texts, st.integers(1, 99), instants, texts), people, instants)
@settings(max_examples=50, deadline=None)
def test_incidents_come_back(incident: Incident, by: Person, at: datetime) -> None:
    stored = {
        "activity": incident.activity,
        "number": incident.number,
        "at": instant_text(incident.at, ZONE),
        "note": incident.note,
        "recorded_at": instant_text(at, ZONE),
        "who": person_dict(by),
    }
    assert decode_incident(over_json(stored)) == (incident, at)


@settings(max_examples=200, deadline=None)
@given(
    events.map(lambda event: event_dict(event, ZONE)),
    st.data(),
    st.none() | st.booleans() | st.integers() | st.just([]) | st.just({}) | st.text(max_size=2),
)
def test_a_field_of_the_wrong_kind_is_malformed_and_never_a_crash(
    stored: dict[str, object], data: st.DataObject, value: object
) -> None:
    place = data.draw(st.sampled_from(["", "before", "after", "who"]))
    inner = stored[place] if place else stored
    assert isinstance(inner, dict)
    inner[data.draw(st.sampled_from(sorted(inner)))] = value
    try:
        decoded = decode_event(stored)
    except Malformed:
        return
    assert canonical(event_dict(decoded, ZONE)) == canonical(stored)


def test_times_are_on_the_clock_of_the_zone() -> None:
    stored = entry_dict(Entry(received_at=NOW), ZoneInfo("Asia/Shanghai"))
    assert stored["received_at"] == "2022-06-15T17:40:00+08:00"
    received = decode_entry(stored).received_at
    assert received == NOW
    assert received is not None
    assert isinstance(received.tzinfo, timezone)


@pytest.mark.parametrize("text", ["9999-12-31T23:59:59+00:00", "0001-01-01T00:00:00+08:00"])
def test_instants_that_no_zone_could_show_are_malformed(text: str) -> None:
    for field in ("received_at", "recorded_at", "due"):
        with pytest.raises(Malformed):
            decode_entry({**entry_dict(Entry(), ZONE), field: text})
    extension = {"due": text, "reason": "", "granted_by": ""}
    with pytest.raises(Malformed):
        decode_entry({**entry_dict(Entry(), ZONE), "extension": extension})


def test_what_is_malformed_names_the_field_and_its_value() -> None:
    stored = entry_dict(Entry(), ZONE)
    stored["evidence"] = [{"kind": 1, "name": "", "sha256": ""}]
    with pytest.raises(Malformed, match=r"evidence cannot be .*'kind': 1"):
        decode_entry(stored)
    with pytest.raises(Malformed, match="rev cannot be -1"):
        decode_entry({**entry_dict(Entry(), ZONE), "rev": -1})


def test_both_hours_of_a_clock_set_back_are_told_apart() -> None:
    zone = ZoneInfo("America/New_York")
    for hour in (5, 6):
        moment = datetime(2022, 11, 6, hour, 30, tzinfo=UTC)
        stored = entry_dict(Entry(recorded_at=moment), zone)
        assert decode_entry(stored).recorded_at == moment


def test_an_origin_may_be_missing() -> None:
    assert OFFICER.origin is not None
    with pytest.raises(Malformed):
        decode_event({})
