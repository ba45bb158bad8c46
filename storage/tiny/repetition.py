"""Operations that come a second time: if they are the same as the first time, nothing happens."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo
from functools import partial

from msgspec.structs import replace

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
    """The outcome of a change that was applied before, None if it was not.

    It is the same change if applying it to the entry of that time gives the same result; the
    item's key, the deadline in force and the expected revision may differ. Raises
    RepeatedOperation if its operation id was used for another change.
    """
    event = _event_of(book, change.op, (change.item, *change.continues))
    if event is None:
        return None
    if not _is_made_by(change, event):
        raise _another(event, change.op, zone)
    return Outcome(book.entry(book.stored_key(change.item, change.continues)), event)


def repeated_step(
    book: Book, keys: Sequence[str], op: str, *, back: bool, zone: tzinfo
) -> Outcome | None:
    """The outcome of an undo (`back`) or redo that was applied before, None if it was not.

    `keys` are the item's key and those it had earlier. Raises RepeatedOperation if the
    operation id was used for something else.
    """
    event = _event_of(book, op, keys)
    if event is None:
        return None
    if (event.undoes if back else event.redoes) is None:
        raise _another(event, op, zone)
    return Outcome(book.entry(book.stored_key(keys[0], keys[1:])), event)


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
