"""The sentences of the main screen: its date, and what it says after a change."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from campaigns.definition import Unit
from campaigns.entries import Entry
from campaigns.terms import state_words, weekday_name
from i18n.messages import Message
from screens.changes.lots import LotOutcome
from widgets.look import Look

_NAMED: Final = 3
"""How many units are named when changes are refused."""


def date_words(look: Look, now: datetime, *, past: bool, definition: Message | None = None) -> str:
    """The date in the campaign, marked if it is the past, where nothing can be changed.

    `definition` says which definition applies, if that is not obvious.
    """
    local = now.astimezone(look.zone)
    if past:
        time = f"{local:%Y-%m-%d %H:%M}"
        if definition is None:
            return look.tr("as of {time}, read-only", time=time)
        return look.tr("as of {time}, {definition}, read-only", time=time, definition=definition)
    weekday = look.tr.render(weekday_name(local))
    return f"{local:%Y-%m-%d} {weekday}"


def recorded(look: Look, unit: Unit, title: str, entry: Entry) -> str:
    """What was recorded for an item."""
    return look.tr(
        "Recorded: {unit}, {title}: {state}",
        unit=unit.name,
        title=title,
        state=state_words(entry.state, nil_report=entry.nil_report),
    )


def lot_recorded(look: Look, outcome: LotOutcome) -> str:
    """How many changes were recorded, and the units whose changes were refused."""
    made = look.tr.count("Recorded: 1 item", "Recorded: {n} items", len(outcome.made))
    if not outcome.refused:
        return made
    refused = sum(refused.changes for refused in outcome.refused)
    units = list(dict.fromkeys(refused.unit.name for refused in outcome.refused))
    names = look.tr(", ").join(units[:_NAMED])
    return look.tr(
        "{made}; {n} refused ({units}): {why}",
        made=made,
        n=refused,
        units=names if len(units) <= _NAMED else f"{names} ...",
        why=outcome.refused[0].error.message,
    )
