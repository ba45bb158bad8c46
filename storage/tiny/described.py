"""How an entry is told to those who wanted to change it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import tzinfo

from campaigns.entries import Entry
from campaigns.wording import state_name
from i18n.messages import Message, msg
from storage.unit.records import instant_text


def described(entry: Entry, zone: tzinfo) -> Message:
    """State, who recorded it and when, on the clock of `zone`, and what more there is to it."""
    state = state_name(entry.state)
    if entry.recorded_at is None:
        return state
    text = msg(
        "{state} by {who}, {when}",
        state=state,
        who=entry.recorded_by,
        when=instant_text(entry.recorded_at, zone),
    )
    for detail in _details(entry, zone):
        text = msg("{entry}, {detail}", entry=text, detail=detail)
    return msg("{entry}, “{note}”", entry=text, note=entry.note) if entry.note else text


def _details(entry: Entry, zone: tzinfo) -> Iterator[Message | str]:
    if entry.nil_report:
        yield msg("nil report")
    received = entry.received_at
    if received is not None and received != entry.recorded_at:
        yield msg("received {time}", time=instant_text(received, zone))
    yield from (f"{name}={value}" for name, value in entry.metrics.items())
