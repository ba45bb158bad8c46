"""The views of the campaign, in the order of their digits. Each is imported when it is opened."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

from campaigns.definition import Campaign
from i18n.messages import deferred
from widgets.look import Look
from widgets.view import View


class ViewKind(NamedTuple):
    """A view that can be opened: its name, and how it is made."""

    name: str
    make: Callable[[Look, Campaign], View]


def _agenda(look: Look, _campaign: Campaign) -> View:
    from widgets.agenda_view import AgendaView

    return AgendaView(look)


def _chase(look: Look, campaign: Campaign) -> View:
    from reports.chase import Reminder
    from widgets.chase_view import ChaseView

    return ChaseView(look, Reminder(campaign, look.zone, look.tr).write)


VIEWS: Final[tuple[ViewKind, ...]] = (
    ViewKind(deferred("Agenda"), _agenda),
    ViewKind(deferred("Chase list"), _chase),
)
"""The views after the first, which is the checklist."""

CHECKLIST: Final = deferred("Checklist")
"""The name of the first view."""
