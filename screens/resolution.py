"""What can become of a conflict, and the words for both of its sides."""

from __future__ import annotations

from enum import Enum

from campaigns.entries import Change, Entry
from campaigns.wording import state_name
from i18n.messages import Message, msg
from widgets.look import Look


class Resolution(Enum):
    """What to do about a conflict."""

    THEIRS = "theirs"
    MINE = "mine"
    BOTH = "both"


def theirs_words(entry: Entry, look: Look) -> str:
    """How the item stands now, who made it so, and when."""
    value = _value(state_name(entry.state), entry.note, look)
    if entry.recorded_at is None:
        return value
    when = look.moment(entry.recorded_at)
    return look.tr("{value} ({who}, {time})", value=value, who=entry.recorded_by, time=when)


def mine_words(change: Change, theirs: Entry, look: Look) -> str:
    """What was asked for."""
    state = change.state or theirs.state
    name = msg("nil report") if change.nil_report else state_name(state)
    return _value(name, change.note or "", look)


def note_of_both(mine: Change, theirs: Entry, look: Look) -> str:
    """A note with mine, and with what theirs said."""
    other = look.tr("before that {value}", value=theirs_words(theirs, look))
    return f"{mine.note}; {other}" if mine.note else other


def _value(state: Message, note: str, look: Look) -> str:
    name = look.tr.render(state)
    return look.tr("{value}, “{note}”", value=name, note=note) if note else name
