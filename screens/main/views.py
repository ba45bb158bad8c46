"""The views after the checklist, in the order of their digits; imported when opened."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

from campaigns.definition import Campaign
from i18n.messages import deferred
from widgets.look import Look
from widgets.view import View


class ViewKind(NamedTuple):
    """A view that can be opened: its name, what it shows, and a function that makes it."""

    name: str
    shows: str
    make: Callable[[Look, Campaign], View]


def _board(look: Look, _campaign: Campaign) -> View:
    from widgets.board.view import BoardView

    return BoardView(look)


def _statistics(look: Look, campaign: Campaign) -> View:
    from widgets.statistics.view import StatisticsView

    return StatisticsView(look, campaign)


def _history(look: Look, campaign: Campaign) -> View:
    from widgets.history.view import HistoryView

    return HistoryView(look, campaign)


def _agenda(look: Look, _campaign: Campaign) -> View:
    from widgets.agenda.view import AgendaView

    return AgendaView(look)


def _chase(look: Look, campaign: Campaign) -> View:
    from reports.chase import Reminder
    from widgets.chase.view import ChaseView

    return ChaseView(look, Reminder(campaign, look.zone, look.tr).write)


VIEWS: Final[tuple[ViewKind, ...]] = (
    ViewKind(deferred("Board"), deferred("Board: every unit and every item in one table"), _board),
    ViewKind(deferred("Agenda"), deferred("Agenda: what is due, day by day"), _agenda),
    ViewKind(
        deferred("Chase list"),
        deferred("Chase list: what is overdue, with the people to call"),
        _chase,
    ),
    ViewKind(
        deferred("Statistics"),
        deferred("Statistics: how far sections, units and days have come"),
        _statistics,
    ),
    ViewKind(
        deferred("History"), deferred("History: every change made, the newest first"), _history
    ),
)
"""The views after the first, which is the checklist."""

CHECKLIST: Final = deferred("Checklist")
"""The name of the first view."""

CHECKLIST_SHOWS: Final = deferred("Checklist: the units, and what the chosen one has to do")
"""What the first view shows."""
