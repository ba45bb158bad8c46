"""How an entry is told to those who wanted to change it."""

from __future__ import annotations

from datetime import tzinfo

from campaigns.entries import Entry
from campaigns.wording import state_name
from i18n.messages import Message, msg
from storage.records import instant_text


def described(entry: Entry, zone: tzinfo) -> Message:
    """State, who recorded it and when, on the clock of `zone`, and the note."""
    state = state_name(entry.state)
    if entry.recorded_at is None:
        return state
    text = msg(
        "{state} by {who}, {when}",
        state=state,
        who=entry.recorded_by,
        when=instant_text(entry.recorded_at, zone),
    )
    return msg("{entry}, “{note}”", entry=text, note=entry.note) if entry.note else text
