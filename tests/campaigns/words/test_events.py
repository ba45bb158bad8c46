"""What an event changed, in words."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from msgspec.structs import replace

from campaigns.definition import Metric
from campaigns.entries import Entry, State
from campaigns.history import Event
from campaigns.words.events import change_of_state, event_details
from i18n.catalogue import open_catalogue
from tests.campaigns.builders import activity, at, campaign, hours
from tests.campaigns.events import WHEN, event

EN = open_catalogue("en")
CAMPAIGN = campaign(activity(), metrics={"people": Metric("people", "人数", "人次")})
DONE = Entry(state=State.DONE, received_at=WHEN)


def details(found: Event) -> list[str]:
    return event_details(found, EN, CAMPAIGN, lambda moment: f"{moment:%H:%M}")


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (State.TODO, State.DONE, "not started -> submitted"),
        (State.DONE, State.RETURNED, "submitted -> returned"),
        (State.DONE, State.DONE, "submitted"),
    ],
)
def test_states_before_and_after(before: State, after: State, words: str) -> None:
    assert EN.render(change_of_state(event(before=before, after=after))) == words


def test_a_plain_tick_has_no_details() -> None:
    assert details(event(after=DONE)) == []
    assert details(event(after=replace(DONE, received_at=WHEN - timedelta(seconds=59)))) == []


def received(moment: datetime) -> Entry:
    return replace(DONE, received_at=moment)


def test_a_receipt_is_told_where_it_was_not_recorded_as_it_came() -> None:
    assert details(event(after=received(WHEN - hours(2)))) == ["received 02:00"]
    assert details(event(before=DONE, after=received(at("2022-06-01 08:30")))) == ["received 00:30"]
    earlier = received(WHEN - hours(2))
    assert details(event(before=earlier, after=replace(earlier, state=State.VERIFIED))) == []


def test_only_what_became_different_is_told() -> None:
    before = replace(DONE, note="催办后补报", metrics={"people": 3, "gone": 1})
    after = replace(before, metrics={"people": 4, "gone": 1, "more": 2})
    assert details(event(before=before, after=after)) == ["人数 4人次", "more 2"]
    assert details(event(before=before, after=replace(before, note="补报"))) == ["补报"]
    assert details(event(before=before, after=replace(before, note=""))) == ["note removed"]


def test_nil_reports_and_what_takes_back_or_repeats() -> None:
    nil = replace(DONE, nil_report=True)
    assert details(event(after=nil)) == ["nil report"]
    assert details(event(before=nil, after=replace(nil, state=State.VERIFIED))) == []
    assert details(event(undoes="e", before=DONE, after=State.TODO)) == ["undo"]
    assert details(event(redoes="e", after=DONE)) == ["redo"]
