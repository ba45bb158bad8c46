"""How an entry changes: pure functions, called by the store inside its lock."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import reduce
from typing import Final

from msgspec.structs import replace

from campaigns.blank import is_blank
from campaigns.entries import LONGEST_NOTE, REPORTED, Change, Entry, State
from campaigns.errors import Conflict, DubanError, UsageError
from campaigns.history import Event
from campaigns.terms import state_name
from i18n.messages import Message, msg

ALLOWED: Final[Mapping[State, tuple[State, ...]]] = {
    State.TODO: (State.DOING, State.DONE, State.WAIVED),
    State.DOING: (State.TODO, State.DONE, State.WAIVED),
    State.DONE: (State.TODO, State.DOING, State.VERIFIED, State.RETURNED, State.WAIVED),
    State.RETURNED: (State.DOING, State.DONE, State.WAIVED),
    State.VERIFIED: (State.DONE, State.RETURNED),
    State.WAIVED: (State.TODO,),
}
"""The states an item may go to, from each (docs/items-and-time.md, "Transitions")."""


class TransitionRefused(Conflict):
    """The item may not go to that state from its current one."""


class InconsistentHistory(DubanError):
    """An undo or redo in a history does not match the event it names."""


def apply_change(entry: Entry, change: Change, *, by: str, at: datetime) -> Entry:
    """The entry after a change recorded at `at`, or the same entry if nothing is new.

    Details that the change does not set are kept; a state without a report has neither a time
    of receipt nor a nil report.

    Raises UsageError for details that do not fit the state, TransitionRefused if the state
    cannot be reached from the entry's.
    """
    target = change.state or entry.state
    if target is not entry.state and target not in ALLOWED[entry.state]:
        raise _refused(entry.state, target)
    _check_details(entry, change, target, at)
    updated = replace(
        entry,
        state=target,
        received_at=_received_at(entry, change, target, at),
        note=entry.note if change.note is None else change.note,
        metrics={**entry.metrics, **change.metrics},
        nil_report=target in REPORTED and (change.nil_report or entry.nil_report),
        due=_judged_by(entry, change, target),
    )
    if updated == entry:
        return entry
    return replace(updated, recorded_at=at, recorded_by=by, rev=entry.rev + 1)


def restore(current: Entry, values: Entry, *, by: str, at: datetime) -> Entry:
    """The entry after `current` with the values of an earlier one, as a new revision."""
    return replace(values, recorded_at=at, recorded_by=by, rev=current.rev + 1)


def last_undoable(events: Iterable[Event]) -> Event | None:
    """The event that an undo of the item takes back, None if there is none.

    `events` are those of one item in order. Events that were already taken back are skipped,
    so undoing twice goes two steps back. Raises InconsistentHistory.
    """
    return _fold_undo(events)[0]


def last_redoable(events: Iterable[Event]) -> Event | None:
    """The event that a redo of the item repeats, None after a new change.

    Raises InconsistentHistory.
    """
    return _fold_undo(events)[1]


def _fold_undo(events: Iterable[Event]) -> tuple[Event | None, Event | None]:
    done: list[Event] = []
    undone: list[Event] = []
    for event in events:
        if event.undoes is not None:
            undone.append(_popped(done, event.undoes, event))
        elif event.redoes is not None:
            done.append(_popped(undone, event.redoes, event))
        else:
            done.append(event)
            undone.clear()
    return (done[-1] if done else None), (undone[-1] if undone else None)


def _popped(events: list[Event], wanted: str, by: Event) -> Event:
    """Remove and return the last of these events, which must be the one that `by` names."""
    if not events or events[-1].id != wanted:
        raise InconsistentHistory(
            msg("{event} takes back or repeats {other}, which did not stand to be",
                event=by.id, other=wanted)
        )  # fmt: skip
    return events.pop()


def _received_at(entry: Entry, change: Change, target: State, at: datetime) -> datetime | None:
    if target not in REPORTED:
        return None
    return change.received_at or entry.received_at or at


def _judged_by(entry: Entry, change: Change, target: State) -> datetime | None:
    """The deadline that applied when the report came in."""
    if target not in REPORTED:
        return None
    if entry.state in REPORTED:
        return entry.due
    return change.due if entry.extension is None else entry.extension.due


def _check_details(entry: Entry, change: Change, target: State, at: datetime) -> None:
    _check_waiver(entry, change, target)
    too_long = what_is_too_long(change.note or "")
    if too_long is not None:
        raise UsageError(too_long)
    if change.nil_report and target is not State.DONE:
        raise UsageError(
            msg("A nil report is a way of being submitted: it goes with the state done.")
        )
    if change.received_at is None:
        return
    if target not in REPORTED:
        raise UsageError(
            msg("A time of receipt goes with the states done and verified, not with {state}.",
                state=state_name(target))
        )  # fmt: skip
    if change.received_at > at:
        raise UsageError(msg("The time of receipt lies in the future. Give one up to now."))


def what_is_too_long(note: str) -> Message | None:
    """What is wrong with a note that has too many characters, None if it has not."""
    if len(note) <= LONGEST_NOTE:
        return None
    return msg("The note has {n} characters, and {most} at most are kept. Shorten it.",
               n=len(note), most=LONGEST_NOTE)  # fmt: skip


def _check_waiver(entry: Entry, change: Change, target: State) -> None:
    if target is not State.WAIVED:
        return
    reason_kept = entry.state is State.WAIVED and change.note is None
    if not reason_kept and is_blank(change.note or ""):
        raise UsageError(msg("“Not applicable” needs a reason: give it as the note."))


def _refused(current: State, target: State) -> TransitionRefused:
    allowed = reduce(
        lambda names, name: msg("{value}, {detail}", value=names, detail=name),
        map(state_name, ALLOWED[current]),
    )
    return TransitionRefused(
        msg(
            "An item that is {current} cannot become {target}. Allowed from here: {allowed}.",
            current=state_name(current),
            target=state_name(target),
            allowed=allowed,
        )
    )
