"""The table of docs/items-and-time.md, "Transitions", and what a change does to an entry."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from campaigns.entries import Change, Entry, Extension, State
from campaigns.errors import UsageError
from campaigns.history import Event, Person
from campaigns.terms import state_name
from campaigns.transitions import (
    TransitionRefused,
    apply_change,
    last_redoable,
    last_undoable,
    restore,
)

NOW: Final = datetime(2022, 6, 8, 4, tzinfo=UTC)
DUE: Final = datetime(2022, 6, 8, 10, tzinfo=UTC)
TODO, DOING, DONE, VERIFIED, RETURNED, WAIVED = State

# Written from docs/items-and-time.md, not from campaigns.transitions.ALLOWED.
TABLE: Final = {
    (TODO, DOING), (TODO, DONE), (TODO, WAIVED),
    (DOING, TODO), (DOING, DONE), (DOING, WAIVED),
    (DONE, TODO), (DONE, DOING), (DONE, VERIFIED), (DONE, RETURNED), (DONE, WAIVED),
    (RETURNED, DOING), (RETURNED, DONE), (RETURNED, WAIVED),
    (VERIFIED, DONE), (VERIFIED, RETURNED),
    (WAIVED, TODO),
}  # fmt: skip


def standing(state: State) -> Entry:
    """An entry in a state, as the store would hold it."""
    reported = state in (DONE, VERIFIED)
    return Entry(
        state=state,
        received_at=NOW - timedelta(days=1) if reported else None,
        recorded_at=NOW - timedelta(hours=1),
        recorded_by="officer-1",
        note="没有这项工作" if state is WAIVED else "",
        due=DUE if reported else None,
        rev=3,
    )


def change(state: State | None, **details: object) -> Change:
    given = {"note": "没有这项工作"} if state is WAIVED else {}
    return Change("u/a", "op", state=state, **{**given, **details})  # type: ignore[arg-type]


def applied(entry: Entry, asked: Change) -> Entry:
    return apply_change(entry, asked, by="officer-2", at=NOW)


@pytest.mark.parametrize("source", State)
@pytest.mark.parametrize("target", State)
def test_only_the_transitions_of_the_table_are_allowed(source: State, target: State) -> None:
    entry = standing(source)
    if source is target:
        assert applied(entry, change(target, note=entry.note)) is entry
    elif (source, target) in TABLE:
        after = applied(entry, change(target))
        assert (after.state, after.rev) == (target, 4)
        assert (after.recorded_at, after.recorded_by) == (NOW, "officer-2")
    else:
        with pytest.raises(TransitionRefused) as refused:
            applied(entry, change(target))
        assert refused.value.exit_code == 6
        named = str(refused.value).partition("from here: ")[2]
        assert all(str(state_name(state)) in named for s, state in TABLE if s is source)


def test_received_is_now_unless_told_and_kept_once_known() -> None:
    assert applied(Entry(), change(DONE)).received_at == NOW
    earlier = NOW - timedelta(days=3)
    assert applied(Entry(), change(DONE, received_at=earlier)).received_at == earlier
    done = standing(DONE)
    assert applied(done, change(VERIFIED)).received_at == done.received_at
    assert applied(done, change(DONE, note="x")).received_at == done.received_at


def test_a_note_has_at_most_4000_characters() -> None:
    assert applied(Entry(), change(DONE, note="长" * 4000)).note == "长" * 4000
    with pytest.raises(UsageError, match="4001 characters") as refused:
        applied(Entry(), change(DONE, note="长" * 4001))
    assert refused.value.exit_code == 2


@pytest.mark.parametrize("state", [TODO, DOING, RETURNED, WAIVED])
def test_what_is_not_in_hand_has_no_receipt_and_is_no_nil_report(state: State) -> None:
    done = replace(standing(DONE), nil_report=True)
    after = applied(done, change(state))
    assert (after.received_at, after.nil_report, after.due) == (None, False, None)


def test_received_again_after_a_return_is_a_new_receipt() -> None:
    returned = applied(standing(DONE), change(RETURNED))
    assert applied(returned, change(DONE)).received_at == NOW


def test_the_deadline_at_hand_in_is_kept_whatever_it_becomes() -> None:
    done = applied(Entry(), change(DONE, due=DUE))
    assert done.due == DUE
    moved = DUE - timedelta(days=5)
    assert applied(done, change(VERIFIED, due=moved)).due == DUE
    assert applied(done, change(DONE, note="x", due=moved)).due == DUE


def test_an_extension_is_the_deadline_at_hand_in() -> None:
    extended = Entry(extension=Extension(DUE + timedelta(days=2), "大雨", "leader"))
    assert applied(extended, change(DONE, due=DUE)).due == DUE + timedelta(days=2)


def test_details_not_given_are_kept_and_figures_merged() -> None:
    done = applied(Entry(), change(DONE, note="齐全", metrics={"people": 3, "sessions": 1}))
    after = applied(done, change(DONE, metrics={"people": 5}))
    assert (after.note, after.metrics) == ("齐全", {"people": 5, "sessions": 1})
    assert applied(after, change(None, note="")).note == ""


def test_a_note_alone_keeps_the_state() -> None:
    after = applied(standing(VERIFIED), change(None, note="x"))
    assert (after.state, after.note, after.rev) == (VERIFIED, "x", 4)


@pytest.mark.parametrize("note", [None, "", "  "])
def test_a_waiver_needs_a_reason_of_its_own(note: str | None) -> None:
    with pytest.raises(UsageError):
        applied(Entry(note="an older note"), change(WAIVED, note=note))


def test_the_reason_of_a_waiver_cannot_be_emptied() -> None:
    with pytest.raises(UsageError):
        applied(standing(WAIVED), change(None, note=""))


@pytest.mark.parametrize("state", [TODO, DOING, VERIFIED, RETURNED, WAIVED])
def test_a_nil_report_goes_with_done_alone(state: State) -> None:
    with pytest.raises(UsageError):
        applied(standing(DONE), change(state, nil_report=True))


@pytest.mark.parametrize("state", [TODO, DOING, RETURNED, WAIVED])
def test_a_receipt_goes_with_reported_states_alone(state: State) -> None:
    with pytest.raises(UsageError):
        applied(standing(DONE), change(state, received_at=NOW))


def test_a_receipt_in_the_future_is_refused() -> None:
    with pytest.raises(UsageError):
        applied(Entry(), change(DONE, received_at=NOW + timedelta(seconds=1)))
    assert applied(Entry(), change(DONE, received_at=NOW)).received_at == NOW


def event(number: int, before: Entry, after: Entry, **links: str) -> Event:
    return Event(
        f"u#{number}", "u/a", f"op{number}", before, after, Person("x"), NOW, "", "", **links
    )


@settings(deadline=None)
@given(st.lists(st.sampled_from(["note", "undo", "redo"]), max_size=30))
def test_undo_and_redo_walk_as_an_editor_does(steps: list[str]) -> None:
    """Against a model: a list of values and a place in it."""
    events: list[Event] = []
    entry = Entry()
    values, place = [""], 0
    for number, step in enumerate(steps, 1):
        if step == "note":
            after = applied(entry, Change("u/a", "op", note=f"note {number}"))
            events.append(event(number, entry, after))
            values, place = [*values[: place + 1], after.note], place + 1
        else:
            found = last_undoable(events) if step == "undo" else last_redoable(events)
            possible = place > 0 if step == "undo" else place < len(values) - 1
            assert (found is not None) == possible
            if found is None:
                continue
            wanted = found.before if step == "undo" else found.after
            after = restore(entry, wanted, by="x", at=NOW)
            link = {"undoes": found.id} if step == "undo" else {"redoes": found.id}
            events.append(event(number, entry, after, **link))
            place += -1 if step == "undo" else 1
        entry = after
        assert entry.note == values[place]
        assert entry.rev == len(events)
