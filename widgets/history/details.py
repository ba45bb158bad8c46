"""What there is to know of one event: what it changed, its note in full, and what pins it."""

from __future__ import annotations

from typing import Final

from rich.segment import Segment
from textual.reactive import reactive
from textual.strip import Strip

from campaigns.definition import Campaign
from campaigns.history import Event
from campaigns.words.events import event_words
from widgets.drawn import Drawn
from widgets.look import Look
from widgets.text_width import wrap

_SEPARATOR: Final = "  "
_HASH_DIGITS: Final = 12


class HistoryDetails(Drawn):
    """What was changed with the note, then item, who and when, operation, hash and origin."""

    DEFAULT_CSS = """
    HistoryDetails { height: 4; color: $secondary; }
    """

    event: reactive[Event | None] = reactive(None)

    def __init__(self, look: Look, campaign: Campaign) -> None:
        super().__init__()
        self._look = look
        self._campaign = campaign

    def draw_line(self, y: int) -> Strip:
        """Draw one line of what `event` holds."""
        width, style = self.size.width, self.rich_style
        lines = self._lines(width - 2)
        text = f" {lines[y]}" if y < len(lines) else ""
        return Strip([Segment(text, style)]).adjust_cell_length(width, style)

    def _lines(self, width: int) -> list[str]:
        event = self.event
        if event is None:
            return []
        pinned = wrap(_SEPARATOR.join(self._pinning(event)), width, 2)
        changed = _SEPARATOR.join(self._changed(event))
        return [*wrap(changed, width, self.size.height - len(pinned)), *pinned]

    def _changed(self, event: Event) -> list[str]:
        parts = event_words(event, self._look.tr, self._campaign, self._look.moment)
        if event.after.note and event.after.note == event.before.note:
            parts.append(self._look.tr("note: {note}", note=event.after.note))
        return parts

    def _pinning(self, event: Event) -> list[str]:
        tr, who = self._look.tr, event.who
        local = event.recorded_at.astimezone(self._look.zone)
        parts = [
            event.item,
            tr("recorded {time} by {who}", time=f"{local:%Y-%m-%d %H:%M:%S}", who=who.login),
        ]
        if who.origin:
            parts.append(tr("from {origin}", origin=who.origin))
        parts.append(tr("operation {op}", op=event.op))
        parts.append(tr("hash {digits}", digits=event.hash[:_HASH_DIGITS]))
        return parts
