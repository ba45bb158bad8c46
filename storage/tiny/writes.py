"""Apply, undo and redo, as work on a unit's book inside a transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, tzinfo
from functools import partial
from operator import attrgetter
from typing import Final

from msgspec import Struct

from campaigns.entries import Change, Entry
from campaigns.errors import UsageError
from campaigns.history import Event, Person
from campaigns.ids import ItemKey
from campaigns.transitions import (
    InconsistentHistory,
    apply_change,
    last_redoable,
    last_undoable,
    restore,
)
from campaigns.words.entries import described
from i18n.messages import Message, msg
from storage.errors import NothingToUndo, StaleRevision
from storage.protocol import Outcome
from storage.tiny.book import Book
from storage.tiny.repetition import repeated_change, repeated_step
from storage.unit.records import instant_text


def apply(
    book: Book, changes: Sequence[Change], *, by: Person, at: datetime, zone: tzinfo
) -> tuple[Outcome, ...]:
    """Apply changes in order. Raises Conflict and UsageError; then commit nothing."""
    return tuple(_apply_one(book, change, by=by, at=at, zone=zone) for change in changes)


class Compensation(Struct, frozen=True):
    """Undo or redo: which event it is about, and the values that the item gets from it.

    `nothing` is the error if there is no such event.
    """

    find: Callable[[Iterable[Event]], Event | None]
    values: Callable[[Event], Entry]
    nothing: Message


UNDO: Final = Compensation(
    last_undoable, attrgetter("before"), msg("{item} has no change left to undo.")
)
REDO: Final = Compensation(
    last_redoable, attrgetter("after"), msg("{item} has no undone change to redo.")
)


def compensate(
    book: Book,
    keys: Sequence[str],
    way: Compensation,
    *,
    op: str,
    by: Person,
    at: datetime,
    expected: int | None,
    zone: tzinfo,
) -> Outcome:
    """Undo the item's last change that was not undone, or redo the last one that was.

    `keys` are the item's key and those it had earlier. Raises Conflict.
    """
    repeated = repeated_step(book, keys, op, back=way is UNDO, zone=zone)
    if repeated is not None:
        return repeated
    item = book.stored_key(keys[0], keys[1:])
    entry = _entry_at(book, item, expected, zone)
    event = _found(way.find, book, item)
    if event is None:
        raise NothingToUndo(Message(way.nothing.text, {"item": item}))
    after = restore(entry, way.values(event), by=by.login, at=at)
    undoes, redoes = (event.id, None) if way is UNDO else (None, event.id)
    made = book.record(item, after, op=op, by=by, at=at, undoes=undoes, redoes=redoes)
    return Outcome(after, made)


def to_the_second(moment: datetime) -> datetime:
    """An instant in UTC without fractions of a second. Raises ValueError if it has no zone."""
    if moment.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return moment.astimezone(UTC).replace(microsecond=0)


def check_items(unit: str, items: Iterable[str], ops: Iterable[str]) -> None:
    """Raise UsageError for an item of another unit, or an empty operation id."""
    for item in items:
        key = ItemKey.parse(item)
        if key is None or key.unit != unit:
            raise UsageError(msg("{item} is not an item of {unit}.", item=item, unit=unit))
    if not all(ops):
        raise UsageError(msg("An operation id must not be empty."))


def _apply_one(book: Book, change: Change, *, by: Person, at: datetime, zone: tzinfo) -> Outcome:
    repeated = repeated_change(book, change, zone)
    if repeated is not None:
        return repeated
    item = change.item
    source = book.stored_key(item, change.continues)
    entry = _entry_at(book, source, change.expected_rev, zone)
    after = apply_change(entry, change, by=by.login, at=at)
    if after is entry:
        return Outcome(entry, None)
    continues = None if source == item else source
    made = book.record(item, after, op=change.op, by=by, at=at, continues=continues)
    return Outcome(after, made)


def _entry_at(book: Book, item: str, expected: int | None, zone: tzinfo) -> Entry:
    """The item's entry. Raises StaleRevision if it is not at the `expected` revision."""
    current = book.entry(item)
    if expected is None or current.rev == expected:
        return current
    seen = _seen(book, item, expected)
    clock = partial(instant_text, zone=zone)
    raise StaleRevision(
        msg("{item} has changed since you looked. You saw revision {expected} ({seen}); now it is "
            "revision {rev} ({current}). Look again, then decide.",
            item=item, expected=expected, rev=current.rev,
            seen=msg("not recorded here") if seen is None else described(seen, clock),
            current=described(current, clock)),
        item=item, seen=seen, current=current,
    )  # fmt: skip


def _found(find: Callable[[Iterable[Event]], Event | None], book: Book, item: str) -> Event | None:
    """What `find` finds in the item's history, reading no more of it than needed."""
    broken: InconsistentHistory | None = None
    for events in book.histories_of(item):
        try:
            found, broken = find(events), None
        except InconsistentHistory as error:
            # The event that was undone may be in an older part.
            found, broken = None, error
        if found is not None:
            return found
    if broken is not None:
        raise book.damaged(broken.message) from broken
    return None


def _seen(book: Book, item: str, rev: int) -> Entry | None:
    """The item's entry at a revision, None if it never had that revision."""
    if rev == 0:
        return Entry()
    events = (event for history in book.histories_of(item) for event in history)
    return next((event.after for event in events if event.after.rev == rev), None)
