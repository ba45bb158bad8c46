"""What can be done about a conflict, and the words for its two sides."""

from __future__ import annotations

from enum import Enum
from functools import partial

from campaigns.definition import Campaign
from campaigns.entries import Change, Entry
from campaigns.terms import figure_words, state_words
from campaigns.words.entries import valued, with_details
from widgets.look import Look


class Resolution(Enum):
    """What to do about a conflict."""

    THEIRS = "theirs"
    MINE = "mine"
    BOTH = "both"


def theirs_words(entry: Entry, campaign: Campaign, look: Look) -> str:
    """How the item stands now, who made it so, and when."""
    figure = partial(figure_words, campaign)
    return look.tr.render(valued(entry, figure, look.moment))


def mine_words(change: Change, theirs: Entry, campaign: Campaign, look: Look) -> str:
    """What the officer wanted to record."""
    state = state_words(change.state or theirs.state, nil_report=change.nil_report)
    figures = (figure_words(campaign, name, value) for name, value in change.metrics.items())
    return look.tr.render(with_details(state, figures, change.note or ""))


def note_of_both(mine: Change, theirs: Entry, campaign: Campaign, look: Look) -> str:
    """A note with mine, and with what theirs said."""
    other = look.tr("before that {value}", value=theirs_words(theirs, campaign, look))
    return f"{mine.note}; {other}" if mine.note else other
