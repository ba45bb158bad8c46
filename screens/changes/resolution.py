"""What can become of a conflict, and the words for both of its sides."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from campaigns.definition import Campaign
from campaigns.entries import Change, Entry, Number
from campaigns.wording import figure_words, state_name
from i18n.messages import Message, msg
from widgets.look import Look


class Resolution(Enum):
    """What to do about a conflict."""

    THEIRS = "theirs"
    MINE = "mine"
    BOTH = "both"


def theirs_words(entry: Entry, campaign: Campaign, look: Look) -> str:
    """How the item stands now, who made it so, and when."""
    name = msg("nil report") if entry.nil_report else state_name(entry.state)
    value = _value(name, entry.metrics, entry.note, campaign, look)
    if entry.recorded_at is None:
        return value
    when = look.moment(entry.recorded_at)
    return look.tr("{value} ({who}, {time})", value=value, who=entry.recorded_by, time=when)


def mine_words(change: Change, theirs: Entry, campaign: Campaign, look: Look) -> str:
    """What was asked for."""
    state = change.state or theirs.state
    name = msg("nil report") if change.nil_report else state_name(state)
    return _value(name, change.metrics, change.note or "", campaign, look)


def note_of_both(mine: Change, theirs: Entry, campaign: Campaign, look: Look) -> str:
    """A note with mine, and with what theirs said."""
    other = look.tr("before that {value}", value=theirs_words(theirs, campaign, look))
    return f"{mine.note}; {other}" if mine.note else other


def _value(
    state: Message, figures: Mapping[str, Number], note: str, campaign: Campaign, look: Look
) -> str:
    value = look.tr.render(state)
    for name, figure in figures.items():
        detail = figure_words(campaign, name, figure)
        value = look.tr("{value}, {detail}", value=value, detail=detail)
    return look.tr("{value}, “{note}”", value=value, note=note) if note else value
