"""What the status line says after a change."""

from __future__ import annotations

from typing import Final

from campaigns.definition import Unit
from campaigns.entries import Entry
from campaigns.terms import state_words
from screens.changes.session_changes import LotOutcome
from widgets.look import Look

_NAMED: Final = 3
"""How many units are named when changes are refused."""


def recorded(look: Look, unit: Unit, title: str, entry: Entry) -> str:
    """What was recorded for an item."""
    return look.tr(
        "Recorded: {unit}, {title}: {state}",
        unit=unit.name,
        title=title,
        state=state_words(entry.state, nil_report=entry.nil_report),
    )


def lot_recorded(look: Look, outcome: LotOutcome) -> str:
    """How many changes were recorded or left, and the units whose changes were refused."""
    made = look.tr.count("Recorded: 1 item", "Recorded: {n} items", len(outcome.made))
    if outcome.left:
        made = look.tr("{made}; stopped, {n} left as they were", made=made, n=outcome.left)
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
