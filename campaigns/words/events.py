"""The words for an event, in the log and in the history."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from campaigns.definition import Campaign
from campaigns.history import Event
from campaigns.terms import figure_words, state_name
from i18n.catalogue import Translator
from i18n.messages import Message, msg

_AT_ONCE: Final = timedelta(minutes=1)
"""A report recorded within this time after its receipt was recorded as it came in."""


def change_of_state(event: Event) -> Message:
    """The state before and after; said once if it did not change."""
    before, after = event.before.state, event.after.state
    if before is after:
        return state_name(after)
    return msg("{before} -> {after}", before=state_name(before), after=state_name(after))


def event_words(
    event: Event, tr: Translator, campaign: Campaign, moment: Callable[[datetime], str]
) -> list[str]:
    """The state before and after, and what else was recorded."""
    return [tr.render(change_of_state(event)), *event_details(event, tr, campaign, moment)]


def event_details(
    event: Event, tr: Translator, campaign: Campaign, moment: Callable[[datetime], str]
) -> list[str]:
    """What else the change made different.

    `moment` writes an instant. The receipt is left out if it is about when the change was
    recorded.
    """
    before, after = event.before, event.after
    details = []
    if event.undoes is not None:
        details.append(tr("undo"))
    if event.redoes is not None:
        details.append(tr("redo"))
    if after.nil_report and not before.nil_report:
        details.append(tr("nil report"))
    details += [
        figure_words(campaign, name, value)
        for name, value in after.metrics.items()
        if before.metrics.get(name) != value
    ]
    received = after.received_at
    if received is not None and received != before.received_at and _came_before(received, event):
        details.append(tr("received {time}", time=moment(received)))
    if after.note != before.note:
        details.append(after.note or tr("note removed"))
    return details


def _came_before(received: datetime, event: Event) -> bool:
    return abs(event.recorded_at - received) >= _AT_ONCE
