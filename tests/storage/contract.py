"""What every ProgressStore must do, whatever it keeps progress in.

A test class for an implementation subclasses StoreContract and gives the fixture
`store`: an empty store of one campaign.
"""

from __future__ import annotations

from threading import Thread
from typing import Any

import pytest
from msgspec.structs import replace

from campaigns.entries import Entry, State
from campaigns.errors import Conflict, UsageError
from campaigns.terms import state_name
from campaigns.transitions import TransitionRefused
from storage.errors import NothingToUndo, RepeatedOperation, StaleRevision
from storage.protocol import Outcome, ProgressStore
from tests.storage.samples import (
    COLLEAGUE,
    ITEM,
    NOW,
    OFFICER,
    OTHER_ITEM,
    UNIT,
    change,
    later,
)


def entry_of(store: ProgressStore, item: str = ITEM) -> Entry:
    return store.read([UNIT])[UNIT].entries.get(item, Entry())


class StoreContract:
    """The tests. `apply_one` keeps them short."""

    @pytest.fixture
    def store(self) -> ProgressStore:
        raise NotImplementedError

    def apply_one(self, store: ProgressStore, *, state: State = State.DONE) -> Outcome:
        return store.apply(UNIT, [change(state=state)], by=OFFICER, at=NOW)[0]

    def test_a_unit_nobody_has_written_has_an_empty_record(self, store: ProgressStore) -> None:
        record = store.read([UNIT, "another"])[UNIT]
        assert (record.entries, record.incidents, record.fault) == ({}, (), None)
        assert store.events(UNIT) == ()
        assert store.units() == ()
        assert not store.verify(UNIT).faults

    def test_a_change_is_read_back_as_it_was_given_out(self, store: ProgressStore) -> None:
        (outcome,) = store.apply(
            UNIT,
            [change(note="照片已交", metrics={"sessions": 1, "share": 0.5}, received_at=later(-5))],
            by=OFFICER,
            at=NOW,
        )
        assert outcome.entry == entry_of(store)
        assert outcome.entry.received_at == later(-5)
        assert outcome.entry.recorded_at == NOW
        assert outcome.entry.recorded_by == OFFICER.login
        assert outcome.entry.metrics == {"sessions": 1, "share": 0.5}
        assert outcome.entry.rev == 1
        assert store.units() == (UNIT,)

    def test_an_event_says_who_made_what_of_what(self, store: ProgressStore) -> None:
        first = self.apply_one(store)
        store.apply(UNIT, [change(state=State.VERIFIED, op="two")], by=COLLEAGUE, at=later(1))
        one, two = store.events(UNIT)
        assert one == first.event
        assert one.before == Entry()
        assert one.after == two.before == first.entry
        assert two.after == entry_of(store)
        assert (two.item, two.op, two.who) == (ITEM, "two", COLLEAGUE)
        assert two.recorded_at == later(1)
        assert two.prev == one.hash
        assert one.id != two.id

    def test_instants_are_kept_to_the_second(self, store: ProgressStore) -> None:
        at = NOW.replace(microsecond=999_999)
        store.apply(UNIT, [change(received_at=at)], by=OFFICER, at=at)
        assert entry_of(store).received_at == NOW

    def test_several_changes_are_applied_together(self, store: ProgressStore) -> None:
        outcomes = store.apply(UNIT, [change(), change(OTHER_ITEM)], by=OFFICER, at=NOW)
        assert [outcome.entry.state for outcome in outcomes] == [State.DONE, State.DONE]
        assert len(store.events(UNIT)) == 2

    def test_of_several_changes_none_is_applied_if_one_is_refused(
        self, store: ProgressStore
    ) -> None:
        with pytest.raises(TransitionRefused):
            store.apply(
                UNIT, [change(OTHER_ITEM), change(state=State.VERIFIED)], by=OFFICER, at=NOW
            )
        assert store.events(UNIT) == ()
        assert store.read([UNIT])[UNIT].entries == {}

    def test_nothing_new_makes_no_event(self, store: ProgressStore) -> None:
        first = self.apply_one(store)
        again = self.apply_one(store)
        assert again == Outcome(first.entry, None)
        assert len(store.events(UNIT)) == 1

    def test_a_repeated_operation_is_applied_once(self, store: ProgressStore) -> None:
        asked = change(op="same", state=State.DOING)
        first = store.apply(UNIT, [asked], by=OFFICER, at=NOW)[0]
        store.apply(UNIT, [change()], by=COLLEAGUE, at=later(1))
        repeated = store.apply(UNIT, [asked], by=OFFICER, at=later(2))[0]
        assert repeated.event == first.event
        assert repeated.entry == entry_of(store)
        assert repeated.entry.state is State.DONE
        assert len(store.events(UNIT)) == 2

    def test_a_repeated_operation_is_known_before_its_revision_is_compared(
        self, store: ProgressStore
    ) -> None:
        asked = change(op="same", expected_rev=0)
        store.apply(UNIT, [asked], by=OFFICER, at=NOW)
        assert store.apply(UNIT, [asked], by=OFFICER, at=later(1))[0].event is not None

    def test_a_repeated_operation_may_say_what_the_record_says_already(
        self, store: ProgressStore
    ) -> None:
        first = change(op="same", note="甲", metrics={"sessions": 2}, received_at=later(-9))
        made = store.apply(UNIT, [first], by=OFFICER, at=NOW)[0].event
        for again in (
            first,
            replace(first, due=later(99), expected_rev=7),
            replace(first, received_at=later(-9).replace(microsecond=5)),
        ):
            assert store.apply(UNIT, [again], by=COLLEAGUE, at=later(1))[0].event == made

    @pytest.mark.parametrize(
        "other",
        [
            {"state": State.DOING},
            {"state": State.VERIFIED},
            {"note": "乙"},
            {"note": None},
            {"metrics": {"sessions": 3}},
            {"metrics": {}},
            {"received_at": later(-8)},
            {"received_at": later(1)},
            {"nil_report": True},
        ],
        ids=str,
    )
    def test_an_operation_belongs_to_one_change(
        self, store: ProgressStore, other: dict[str, Any]
    ) -> None:
        first = change(op="same", note="甲", metrics={"sessions": 2}, received_at=later(-9))
        store.apply(UNIT, [first], by=OFFICER, at=NOW)
        with pytest.raises(RepeatedOperation) as raised:
            store.apply(UNIT, [replace(first, **other)], by=COLLEAGUE, at=later(1))
        assert raised.value.exit_code == 6
        for part in ("same", ITEM, str(state_name(State.DONE)), OFFICER.login, "甲"):
            assert part in str(raised.value)
        assert len(store.events(UNIT)) == 1

    def test_a_change_an_undo_and_a_redo_share_no_operation(self, store: ProgressStore) -> None:
        asked = change(op="change")
        store.apply(UNIT, [asked], by=OFFICER, at=NOW)
        store.undo(UNIT, ITEM, op="undo", by=OFFICER, at=NOW)
        store.redo(UNIT, ITEM, op="redo", by=OFFICER, at=NOW)
        for op in ("undo", "redo"):
            with pytest.raises(RepeatedOperation, match=f"an {op}|a {op}"):
                store.apply(UNIT, [replace(asked, op=op)], by=OFFICER, at=NOW)
        for op in ("change", "redo"):
            with pytest.raises(RepeatedOperation):
                store.undo(UNIT, ITEM, op=op, by=OFFICER, at=NOW)
        for op in ("change", "undo"):
            with pytest.raises(RepeatedOperation):
                store.redo(UNIT, ITEM, op=op, by=OFFICER, at=NOW)
        assert len(store.events(UNIT)) == 3

    def test_a_repeated_operation_is_known_under_the_items_new_key(
        self, store: ProgressStore
    ) -> None:
        asked = change(op="same")
        made = store.apply(UNIT, [asked], by=OFFICER, at=NOW)[0].event
        renamed = replace(asked, item=f"{UNIT}/scheme", continues=(ITEM,))
        assert store.apply(UNIT, [renamed], by=OFFICER, at=later(1))[0].event == made
        moved = replace(renamed, op="next", state=State.VERIFIED)
        now = store.apply(UNIT, [moved], by=OFFICER, at=later(2))[0]
        again = store.apply(UNIT, [renamed], by=OFFICER, at=later(3))[0]
        assert (again.event, again.entry) == (made, now.entry)

    def test_an_operation_belongs_to_one_item(self, store: ProgressStore) -> None:
        store.apply(UNIT, [change(op="same")], by=OFFICER, at=NOW)
        with pytest.raises(RepeatedOperation) as raised:
            store.apply(UNIT, [change(OTHER_ITEM, op="same")], by=OFFICER, at=NOW)
        assert raised.value.exit_code == 6
        with pytest.raises(RepeatedOperation):
            store.undo(UNIT, OTHER_ITEM, op="same", by=OFFICER, at=NOW)

    def test_a_stale_revision_is_refused_with_both_values_and_authors(
        self, store: ProgressStore
    ) -> None:
        store.apply(UNIT, [change(state=State.DOING, note="甲")], by=OFFICER, at=NOW)
        store.apply(UNIT, [change(note="乙")], by=COLLEAGUE, at=later(1))
        with pytest.raises(StaleRevision) as raised:
            store.apply(UNIT, [change(state=State.TODO, expected_rev=1)], by=OFFICER, at=later(2))
        stale = raised.value
        assert stale.exit_code == 6
        assert stale.seen is not None
        assert (stale.seen.note, stale.seen.recorded_by) == ("甲", OFFICER.login)
        assert stale.current == entry_of(store)
        for part in ("甲", "乙", OFFICER.login, COLLEAGUE.login):
            assert part in str(stale)
        assert entry_of(store).note == "乙"

    @pytest.mark.parametrize("expected", [0, 2, 7, -1])
    def test_any_other_revision_is_stale(self, store: ProgressStore, expected: int) -> None:
        self.apply_one(store)
        with pytest.raises(StaleRevision):
            store.apply(
                UNIT, [change(state=State.VERIFIED, expected_rev=expected)], by=OFFICER, at=NOW
            )
        with pytest.raises(StaleRevision):
            store.undo(UNIT, ITEM, op="u", by=OFFICER, at=NOW, expected_rev=expected)
        with pytest.raises(StaleRevision):
            store.redo(UNIT, ITEM, op="r", by=OFFICER, at=NOW, expected_rev=expected)

    def test_changes_to_different_items_never_conflict(self, store: ProgressStore) -> None:
        store.apply(UNIT, [change(expected_rev=0)], by=OFFICER, at=NOW)
        store.apply(UNIT, [change(OTHER_ITEM, expected_rev=0)], by=COLLEAGUE, at=NOW)
        assert entry_of(store).rev == entry_of(store, OTHER_ITEM).rev == 1

    def test_undo_takes_back_and_redo_repeats(self, store: ProgressStore) -> None:
        doing = store.apply(UNIT, [change(state=State.DOING)], by=OFFICER, at=NOW)[0]
        done = store.apply(UNIT, [change()], by=OFFICER, at=NOW)[0]
        assert doing.event is not None
        assert done.event is not None

        undone = store.undo(UNIT, ITEM, op="u1", by=COLLEAGUE, at=later(1), expected_rev=2)
        assert undone.entry.state is State.DOING
        assert undone.entry.rev == 3
        assert undone.entry.recorded_by == COLLEAGUE.login
        assert undone.event is not None
        assert undone.event.undoes == done.event.id

        again = store.undo(UNIT, ITEM, op="u2", by=OFFICER, at=later(2))
        assert again.entry.state is State.TODO
        assert again.event is not None
        assert again.event.undoes == doing.event.id

        redone = store.redo(UNIT, ITEM, op="r1", by=OFFICER, at=later(3))
        assert redone.event is not None
        assert redone.event.redoes == doing.event.id
        last = store.redo(UNIT, ITEM, op="r2", by=OFFICER, at=later(4))
        assert replace(last.entry, rev=0, recorded_at=None) == replace(
            done.entry, rev=0, recorded_at=None
        )
        assert entry_of(store) == last.entry
        assert not store.verify(UNIT).faults

    def test_undo_outlives_other_items_and_ends(self, store: ProgressStore) -> None:
        self.apply_one(store)
        store.apply(UNIT, [change(OTHER_ITEM)], by=COLLEAGUE, at=NOW)
        store.undo(UNIT, ITEM, op="u1", by=OFFICER, at=NOW)
        with pytest.raises(NothingToUndo) as raised:
            store.undo(UNIT, ITEM, op="u2", by=OFFICER, at=NOW)
        assert raised.value.exit_code == 6
        assert entry_of(store, OTHER_ITEM).state is State.DONE

    def test_a_new_change_leaves_nothing_to_redo(self, store: ProgressStore) -> None:
        self.apply_one(store)
        store.undo(UNIT, ITEM, op="u1", by=OFFICER, at=NOW)
        self.apply_one(store, state=State.DOING)
        with pytest.raises(NothingToUndo):
            store.redo(UNIT, ITEM, op="r1", by=OFFICER, at=NOW)

    def test_a_repeated_undo_goes_one_step_back(self, store: ProgressStore) -> None:
        self.apply_one(store, state=State.DOING)
        self.apply_one(store)
        first = store.undo(UNIT, ITEM, op="u", by=OFFICER, at=NOW)
        assert store.undo(UNIT, ITEM, op="u", by=OFFICER, at=NOW) == first
        store.redo(UNIT, ITEM, op="r", by=OFFICER, at=NOW)
        assert entry_of(store).state is State.DONE
        store.redo(UNIT, ITEM, op="r", by=OFFICER, at=NOW)
        assert entry_of(store).state is State.DONE

    def test_as_of_is_the_fold_of_what_was_recorded_by_then(self, store: ProgressStore) -> None:
        store.apply(UNIT, [change(state=State.DOING)], by=OFFICER, at=NOW)
        store.apply(UNIT, [change(received_at=later(-60))], by=OFFICER, at=later(10))
        before, then, after = (
            store.read_as_of([UNIT], later(minutes))[UNIT].entries for minutes in (-1, 9, 10)
        )
        assert before == {}
        assert then[ITEM].state is State.DOING
        assert after == store.read([UNIT])[UNIT].entries

    def test_an_item_of_another_unit_is_refused(self, store: ProgressStore) -> None:
        for item in ("another/plan", UNIT, "", "/plan", f"{UNIT}/"):
            with pytest.raises(UsageError):
                store.apply(UNIT, [change(item)], by=OFFICER, at=NOW)
        with pytest.raises(UsageError):
            store.undo(UNIT, "another/plan", op="u", by=OFFICER, at=NOW)

    @pytest.mark.parametrize("unit", ["", ".", "..", "../x", "a/b", "/etc", "\0"])
    def test_what_is_no_unit_is_refused(self, store: ProgressStore, unit: str) -> None:
        with pytest.raises(UsageError):
            store.apply(unit, [change(f"{unit}/plan")], by=OFFICER, at=NOW)

    def test_what_no_file_can_hold_is_refused(self, store: ProgressStore) -> None:
        for bad in (
            change(note="half \ud800"),
            change(op="\udcff"),
            change(metrics={"people": float("nan")}),
            change(metrics={"people": float("inf")}),
            change(metrics={"people": True}),
            change(metrics={"people": 10**5000}),
        ):
            with pytest.raises(UsageError):
                store.apply(UNIT, [bad], by=OFFICER, at=NOW)
        assert store.events(UNIT) == ()

    def test_texts_of_any_script_and_control_characters_come_back(
        self, store: ProgressStore
    ) -> None:
        note = "“甲”\t乙\n\x00\x1b[31m\\ud800 \U0001f600"
        store.apply(UNIT, [change(note=note)], by=OFFICER, at=NOW)
        assert entry_of(store).note == note

    def test_a_naive_instant_is_a_mistake_of_the_caller(self, store: ProgressStore) -> None:
        with pytest.raises(ValueError, match="time zone"):
            store.apply(UNIT, [change()], by=OFFICER, at=NOW.replace(tzinfo=None))

    def test_verify_gives_the_head_that_pins_the_history(self, store: ProgressStore) -> None:
        self.apply_one(store)
        report = store.verify(UNIT)
        assert report.unit == UNIT
        assert report.events == 1
        assert report.head == store.events(UNIT)[0].hash
        assert report.faults == ()

    def test_changed_units_names_what_changed_since(self, store: ProgressStore) -> None:
        start, none = store.changed_units(None)
        assert none == frozenset()
        self.apply_one(store)
        token, changed = store.changed_units(start)
        assert UNIT in changed
        store.apply("other", [change("other/plan")], by=OFFICER, at=NOW)
        assert "other" in store.changed_units(token)[1]

    def test_a_quick_look_shows_every_change(self, store: ProgressStore) -> None:
        look = store.quick_look()
        assert look is not None
        seen = [look()]
        for number in range(3):
            store.apply(UNIT, [change(note=f"note {number}")], by=OFFICER, at=NOW)
            assert look() not in seen
            assert look() == look()
            seen.append(look())

    def test_units_besides_a_roster_are_told(self, store: ProgressStore) -> None:
        assert store.units_besides({UNIT}) == ()
        self.apply_one(store)
        for unit in ("other", "another"):
            store.apply(unit, [change(f"{unit}/plan")], by=OFFICER, at=NOW)
        assert list(store.units_besides({UNIT, "nobody"})) == ["another", "other"]
        assert list(store.units_besides({UNIT, "other", "another"})) == []

    def test_any_token_is_answered(self, store: ProgressStore) -> None:
        self.apply_one(store)
        for token in ("", "garbage", "a.b.c", "1.2.3.4", "-.x.1"):
            assert UNIT in store.changed_units(token)[1]

    def test_threads_lose_nothing(self, store: ProgressStore) -> None:
        def write(name: str) -> None:
            for number in range(20):
                asked = change(state=State.DOING, note=f"{name}-{number}", op=f"{name}-{number}")
                try:
                    store.apply(UNIT, [asked], by=OFFICER, at=NOW)
                except Conflict:  # pragma: no cover
                    return

        threads = [Thread(target=write, args=(name,)) for name in ("a", "b")]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert {event.op for event in store.events(UNIT)} == {
            f"{name}-{number}" for name in ("a", "b") for number in range(20)
        }
        assert not store.verify(UNIT).faults
