"""The sentences of the main view: its heads, and what is said after a change."""

from __future__ import annotations

from datetime import datetime

from campaigns.board import Line
from campaigns.definition import Unit
from campaigns.wording import state_name, weekday_name
from i18n.messages import Message, msg
from widgets.look import Look


def date_words(look: Look, now: datetime, *, past: bool) -> str:
    """The campaign's date; the past says so, for nothing can be changed in it."""
    local = now.astimezone(look.zone)
    if past:
        return look.tr("as of {time}, read-only", time=local.strftime("%Y-%m-%d %H:%M"))
    weekday = look.tr.render(weekday_name(local))
    return f"{local:%Y-%m-%d} {weekday}"


def recorded(look: Look, unit: Unit, line: Line | None, item: str) -> str:
    """What was recorded for an item of a unit."""
    if line is None:
        return look.tr("Recorded: {unit} {item}", unit=unit.name, item=item)
    return look.tr(
        "Recorded: {unit}, {title}: {state}",
        unit=unit.name,
        title=line.item.title,
        state=state_of(line),
    )


def state_of(line: Line) -> Message:
    """The state as it is said after a change."""
    if line.entry.nil_report:
        return msg("nil report")
    return state_name(line.entry.state)
