"""What dialogs say of an item: deadline, record and guidance."""

from __future__ import annotations

from campaigns.definition import Campaign, Unit
from campaigns.standing.board import Line
from campaigns.timing import deadline
from widgets.checklist.details import record_parts
from widgets.look import Look
from widgets.text_width import clean


def heading_of(unit: Unit, line: Line) -> str:
    """The unit and what it owes."""
    return clean(f"{unit.name}  {line.item.title}")


def facts_of(line: Line, look: Look, campaign: Campaign) -> str:
    """The deadline and the record in a line, the guidance below."""
    due = deadline(line.item, line.entry)
    parts = record_parts(line, look, campaign)
    if due is not None:
        parts.insert(0, look.tr("due {time}", time=look.deadline(due)))
    facts = clean("  ".join(parts))
    guidance = clean(line.item.activity.guidance)
    return f"{facts}\n{guidance}" if guidance else facts
