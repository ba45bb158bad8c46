"""What becomes of an operation whose id was applied before: nothing, if it is the same again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import tzinfo
from functools import partial

from campaigns.entries import Change, Entry
from campaigns.errors import DubanError
from campaigns.history import Event
from campaigns.transitions import apply_change
from campaigns.words.entries import described
from i18n.messages import msg
from storage.errors import RepeatedOperation
from storage.protocol import Outcome
from storage.tiny.book import Book
from storage.unit.records import instant_text


def repeated_change(book: Book, change: Change, zone: tzinfo) -> Outcome | None:
    """What became of a change that was applied before. Raises RepeatedOperation.

    It is the same if it makes the same of what it was applied to then. Of the item, under
    whatever key; the deadline in force and the revision that is expected may be others.
    """
    event = _event_of(book, change.op, (change.item, *change.continues))
    if event is None:
        return None
    if not _is_made_by(change, event):
        raise _another(event, change.op, zone)
    return Outcome(book.entry(book.standing(change.item, change.continues)), event)


def repeated_step(
    book: Book, keys: Sequence[str], op: str, *, back: bool, zone: tzinfo
) -> Outcome | None:
    """What became of an undo (`back`) or redo that was applied before. Raises RepeatedOperation.

    `keys` are the item's key and those that it had before.
    """
    event = _event_of(book, op, keys)
    if event is None:
        return None
    if (event.undoes if back else event.redoes) is None:
        raise _another(event, op, zone)
    return Outcome(book.entry(book.standing(keys[0], keys[1:])), event)


def _event_of(book: Book, op: str, keys: Sequence[str]) -> Event | None:
    event = book.event_with(op)
    if event is not None and event.item not in keys:
        item = keys[0]
        raise RepeatedOperation(
            msg("The operation {op} was applied to {other} before. Use a new id for {item}.",
                op=op, other=event.item, item=item)
        )  # fmt: skip
    return event


def _is_made_by(change: Change, event: Event) -> bool:
    if event.undoes is not None or event.redoes is not None:
        return False
    try:
        after = apply_change(event.before, change, by=event.who.login, at=event.recorded_at)
    except DubanError:
        return False
    return _apart_from_due(after) == _apart_from_due(event.after)


def _apart_from_due(entry: Entry) -> Entry:
    return replace(entry, due=None)


def _another(event: Event, op: str, zone: tzinfo) -> RepeatedOperation:
    made = described(event.after, partial(instant_text, zone=zone))
    if event.undoes is not None:
        text = msg("{op} was another operation: an undo that made {item} {entry}. Nothing was "
                   "changed; use a new id.", op=op, item=event.item, entry=made)  # fmt: skip
    elif event.redoes is not None:
        text = msg("{op} was another operation: a redo that made {item} {entry}. Nothing was "
                   "changed; use a new id.", op=op, item=event.item, entry=made)  # fmt: skip
    else:
        text = msg("{op} was another operation: it made {item} {entry}. Nothing was changed; "
                   "use a new id.", op=op, item=event.item, entry=made)  # fmt: skip
    return RepeatedOperation(text)
