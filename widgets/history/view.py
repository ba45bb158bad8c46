"""View 6, 历史: the events of the units shown, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.timer import Timer

from campaigns.definition import Campaign, Unit
from campaigns.overviews.chronicle import Chronicle, Kind, UnitHistory, is_kind
from campaigns.standing.matrix import Row
from i18n.messages import Message, deferred
from widgets.history.details import HistoryDetails
from widgets.history.list import HistoryList
from widgets.history.words import count_words, kind_words
from widgets.keys.bindings import key
from widgets.keys.keymap import rebind
from widgets.list_view import ListView
from widgets.look import Look
from widgets.text_line import TextLine
from widgets.view import Picture

MOST_KEPT: Final = 2000
"""The most events kept in memory. If there are more, the screen says so; `duban log` has all."""

_REDRAW: Final = 0.25
"""Seconds between redrawings while thousands of units are read."""

_KINDS: Final = tuple(Kind)


class HistoryView(ListView[HistoryList]):
    """Asks for the events of each unit when it is shown, and again after it has changed.

    Its cursor is on events, not on items: Space must not tick the item of an event.
    """

    points = False
    BINDINGS: ClassVar[list[BindingType]] = [
        key("history.previous-kind", "left,shift+tab", "kind(-1)", deferred("Previous kind"),
            deferred("Show the kind of changes named before")),
        key("history.next-kind", "right,tab", "kind(1)", deferred("Next kind"),
            deferred("Show all changes, or those of the next kind alone")),
    ]  # fmt: skip

    def __init__(self, look: Look, campaign: Campaign) -> None:
        super().__init__(HistoryList(look, campaign, id="history"), id="history-view")
        rebind(self, look.keys)
        self._look = look
        self._units = {unit.id: unit for unit in campaign.units}
        self._head = TextLine(id="history-head", classes="pane-head -focused")
        self._details = HistoryDetails(look, campaign)
        self._kind = Kind.ALL
        self._me = ""
        self._chronicle = Chronicle(MOST_KEPT)
        self._read: list[UnitHistory] = []
        self._redraw: Timer | None = None
        self._taken: dict[str, Row] = {}
        self._awaited: dict[str, Row] = {}
        self._shown: frozenset[str] = frozenset()
        self._faults: dict[str, Message] = {}

    def compose(self) -> ComposeResult:
        """The kinds, the events, and the one under the cursor in full."""
        yield self._head
        yield self.list
        yield self._details

    @property
    def leads_to(self) -> tuple[Unit, str | None] | None:
        """The item that was changed, if its unit still exists."""
        found = self.list.current
        unit = None if found is None else self._units.get(found.unit)
        return None if found is None or unit is None else (unit, found.event.item)

    @property
    def explanation(self) -> str:
        """The item in full; without events, why units cannot be read."""
        found = self.list.current
        if found is None:
            return next((self._look.tr.render(fault) for fault in self._faults.values()), "")
        parts = (self.list.title(found.event), self.list.occurrence(found.event))
        return f"{self.list.unit_name(found.unit)}  {' '.join(parts).strip()}"

    def rest(self) -> None:
        """Show the details of the event under the cursor."""
        found = self.list.current
        self._details.event = None if found is None else found.event

    # What was recorded.

    def show(self, picture: Picture) -> None:
        """Ask for the events of the units that have changed since they were read."""
        rows = {row.unit.id: row for row in picture.matrix.rows if row.read}
        self._shown = frozenset(rows)
        self._merge()
        self._leave_out_others()
        self._awaited = {unit: row for unit, row in rows.items() if self._is_new(unit, row)}
        self.post_message(self.HistoryWanted(self._awaited.values(), self.take_events))
        self._draw()

    def take_events(self, histories: Sequence[UnitHistory], me: str) -> None:
        """Show the events of some units; `me` is the login of the officer."""
        self._me = me
        for history in histories:
            if history.row.unit.id in self._shown:
                self._take(history)
        if not self._awaited:
            self._draw()
        elif self._redraw is None:
            self._redraw = self.set_timer(_REDRAW, self._draw)

    def forget(self) -> None:
        """Ask for all events again with the next picture."""
        self._taken.clear()

    def on_resize(self) -> None:
        """Name as many kinds as fit."""
        self._draw()

    def on_hide(self) -> None:
        """Stop reading, since nobody is looking."""
        self.post_message(self.HistoryWanted((), self.take_events))

    def _is_new(self, unit: str, row: Row) -> bool:
        """Whether a unit has events that were not read. One that was never changed has none."""
        before = self._taken.get(unit)
        if before is row:
            return False
        known = before is not None and before.changes == row.changes and before.fault == row.fault
        if known or not (row.changes or row.orphans or row.fault):
            self._taken[unit] = row
            return False
        return True

    def _take(self, history: UnitHistory) -> None:
        unit = history.row.unit.id
        self._read.append(history)
        self._taken[unit] = history.row
        if self._awaited.get(unit) is history.row:
            del self._awaited[unit]
        self._faults.pop(unit, None)
        if history.fault is not None:
            self._faults[unit] = history.fault

    def _merge(self) -> None:
        """Merge what was read since the last time."""
        self._chronicle = self._chronicle.with_histories(self._read)
        self._read.clear()

    def _leave_out_others(self) -> None:
        """Drop units that are no longer shown; read those again that lack older events."""
        self._chronicle = self._chronicle.of_units(self._shown)
        known = self._shown & self._chronicle.counts.keys()
        self._taken = {
            unit: row
            for unit, row in self._taken.items()
            if unit in known or (unit in self._shown and not row.changes)
        }
        self._faults = {unit: fault for unit, fault in self._faults.items() if unit in self._shown}

    # The kinds.

    def action_kind(self, step: int) -> None:
        """Show only another kind of event."""
        self._kind = _KINDS[(_KINDS.index(self._kind) + step) % len(_KINDS)]
        self._draw()

    def _draw(self) -> None:
        if self._redraw is not None:
            self._redraw.stop()
            self._redraw = None
        self._merge()
        changes = self._chronicle.changes
        chosen = tuple(one for one in changes if is_kind(self._kind, one.event, self._me))
        self.list.take_rows(chosen)
        self._head.left = kind_words(self._look, self._kind, self.size.width)
        self._head.right = count_words(
            self._look.tr, self._chronicle, len(chosen), len(self._awaited), len(self._faults)
        )
        self.rest()
