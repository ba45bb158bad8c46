"""The styles for how urgent an item is, in lists and in cells of the board."""

from __future__ import annotations

from typing import Final

from campaigns.entries import REPORTED, State
from campaigns.timing import Timing
from campaigns.totals import Progress

URGENCY_CLASSES: Final = frozenset(
    {"line--overdue", "line--late", "line--soon", "line--reported", "line--faint"}
)
"""The component classes that `urgency` names."""

URGENCY_CSS: Final = """
    & > .line--overdue { color: $text-error; }
    & > .line--late { color: $text-warning; }
    & > .line--soon { color: $text-warning; }
    & > .line--reported { color: $text-success; }
    & > .line--faint { color: $secondary; }
"""
"""Their styles, for use inside a widget's CSS rule; Textual inherits CSS from one base only."""

_BY_TIMING: Final = {
    Timing.OVERDUE: "line--overdue",
    Timing.DUE_SOON: "line--soon",
    Timing.LATE: "line--late",
}


def urgency(state: State, timing: Timing) -> str:
    """The component class for an item; what is late or due soon stands out."""
    found = _BY_TIMING.get(timing)
    if found is not None:
        return found
    return "line--reported" if state in REPORTED else "line--faint"


def progress_style(progress: Progress) -> str:
    """The component class for the progress of a unit or section."""
    if progress.overdue:
        return "line--overdue"
    return "line--complete" if progress.complete else "line--faint"
