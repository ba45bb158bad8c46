"""What dialogs show about an item: its deadline, record and guidance."""

from __future__ import annotations

from campaigns.definition import Campaign, Unit
from campaigns.standing.board import Line
from campaigns.timing import deadline
from widgets.checklist.details import record_parts
from widgets.look import Look
from widgets.text_width import clean


def heading_of(unit: Unit, line: Line) -> str:
    """The unit and the title of the item, as a heading."""
    return clean(f"{unit.name}  {line.item.title}")


def facts_of(line: Line, look: Look, campaign: Campaign) -> str:
    """One line with the deadline and the record, and below it the guidance."""
    due = deadline(line.item, line.entry)
    parts = record_parts(line, look, campaign)
    if due is not None:
        parts.insert(0, look.tr("due {time}", time=look.deadline(due)))
    facts = clean("  ".join(parts))
    guidance = clean(line.item.activity.guidance)
    return f"{facts}\n{guidance}" if guidance else facts
