"""The terms of the field (docs/terms.md), as messages to be translated."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, tzinfo
from typing import TYPE_CHECKING, Final

from campaigns.definition import END_OF_DAY
from campaigns.entries import Number, State
from i18n.messages import Message, msg

if TYPE_CHECKING:
    from campaigns.definition import Campaign

_STATES: Final[Mapping[State, Message]] = {
    State.TODO: msg("not started"),
    State.DOING: msg("in progress"),
    State.DONE: msg("submitted"),
    State.VERIFIED: msg("verified"),
    State.RETURNED: msg("returned"),
    State.WAIVED: msg("not applicable"),
}

_WEEKDAYS: Final = (
    msg("Mon"), msg("Tue"), msg("Wed"), msg("Thu"), msg("Fri"), msg("Sat"), msg("Sun"),
)  # fmt: skip
_MONTHS: Final = (
    msg("January"), msg("February"), msg("March"), msg("April"), msg("May"), msg("June"),
    msg("July"), msg("August"), msg("September"), msg("October"), msg("November"), msg("December"),
)  # fmt: skip


def state_name(state: State) -> Message:
    """The name of a state."""
    return _STATES[state]


def state_words(state: State, *, nil_report: bool) -> Message:
    """The state; a submitted nil report is called just that."""
    if not nil_report or state is State.DONE:
        return msg("nil report") if nil_report else state_name(state)
    return msg("{value}, {detail}", value=state_name(state), detail=msg("nil report"))


def weekday_name(day: date) -> Message:
    """The day of the week, short: `Wed`, 周三."""
    return _WEEKDAYS[day.weekday()]


def month_name(day: date) -> Message:
    """The month of a day: `June`, 6月."""
    return _MONTHS[day.month - 1]


def figure_words(campaign: Campaign, metric: str, value: Number) -> str:
    """A figure with its name and unit of measure; with its id if it is not defined."""
    found = campaign.metrics.get(metric)
    return f"{found.name} {value}{found.unit}" if found else f"{metric} {value}"


def deadline_text(due: datetime, zone: tzinfo, date_form: str = "%Y-%m-%d") -> str:
    """A deadline in a time zone; one at the end of a day is shown as the day alone."""
    local = due.astimezone(zone)
    return local.strftime(date_form if local.time() == END_OF_DAY else f"{date_form} %H:%M")
