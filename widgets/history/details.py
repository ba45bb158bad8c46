"""The details of an event: what it changed, its note in full, and what identifies it."""

from __future__ import annotations

from typing import Final

from textual.reactive import reactive

from campaigns.history import Event
from campaigns.words.events import event_words
from widgets.detail_lines import SEPARATOR, DetailLines
from widgets.text_width import wrap

_HASH_DIGITS: Final = 12


class HistoryDetails(DetailLines):
    """What an event changed with the note, then item, who and when, operation, hash and origin."""

    DEFAULT_CSS = """
    HistoryDetails { height: 4; }
    """

    event: reactive[Event | None] = reactive(None, repaint=False)

    def watch_event(self) -> None:
        """Show the details of another one."""
        self.show_changes()

    def lines(self, width: int) -> list[str]:
        """What `event` changed, and what identifies it."""
        event = self.event
        if event is None:
            return []
        pinned = wrap(SEPARATOR.join(self._pinning(event)), width, 2)
        changed = SEPARATOR.join(self._changed(event))
        return [*wrap(changed, width, self.size.height - len(pinned)), *pinned]

    def _changed(self, event: Event) -> list[str]:
        parts = event_words(event, self.look.tr, self.campaign, self.look.moment)
        if event.after.note and event.after.note == event.before.note:
            parts.append(self.look.tr("note: {note}", note=event.after.note))
        return parts

    def _pinning(self, event: Event) -> list[str]:
        tr, who = self.look.tr, event.who
        local = event.recorded_at.astimezone(self.look.zone)
        parts = [
            event.item,
            tr("recorded {time} by {who}", time=f"{local:%Y-%m-%d %H:%M:%S}", who=who.login),
        ]
        if who.origin:
            parts.append(tr("from {origin}", origin=who.origin))
        parts.append(tr("operation {op}", op=event.op))
        parts.append(tr("hash {digits}", digits=event.hash[:_HASH_DIGITS]))
        return parts
