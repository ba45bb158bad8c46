"""历史: what was recorded, the newest first, a line for each change."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Final

from rich.segment import Segment

from campaigns.definition import Campaign
from campaigns.history import Event
from campaigns.ids import ItemKey
from campaigns.overviews.chronicle import Placed
from campaigns.timing import Timing
from campaigns.words.events import event_words
from widgets.look import Look
from widgets.steady_list import StartingList
from widgets.text_width import clean, fit

_WHEN_WIDTH: Final = 11
_WIDE: Final = 60
"""From this many columns unit, item and who have columns of their own."""

_LEAST_WHO: Final = 9
_MOST_WHO: Final = 12
_MOST_UNIT: Final = 24
_MOST_ITEM: Final = 48


class HistoryList(StartingList[Placed]):
    """When, who, unit, item, and what became of it."""

    def __init__(self, look: Look, campaign: Campaign, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(look, id=id)
        self._campaign = campaign
        self._units = {unit.id: unit.name for unit in campaign.units}
        self._titles = _titles(campaign)

    def key_of(self, row: Placed) -> Hashable:
        """The event."""
        return row.event.id

    def draw_row(self, row: int, width: int) -> tuple[str, list[Segment]]:
        """One change, with the glyph of the state that it brought."""
        found = self.rows[row]
        draw = self._draw_wide if width >= _WIDE else self._draw_narrow
        glyph = self.look.glyphs.of(found.event.after.state, Timing.UNDATED)
        return glyph, draw(found, width)

    def _draw_wide(self, found: Placed, width: int) -> list[Segment]:
        event = found.event
        left = width - _WHEN_WIDTH - 4
        who = min(_MOST_WHO, max(_LEAST_WHO, left // 7))
        unit = min(_MOST_UNIT, left // 6)
        item = min(_MOST_ITEM, left * 2 // 7)
        return [
            Segment(self.look.moment(event.recorded_at) + " "),
            Segment(fit(clean(event.who.login), who) + " ", self.style("line--faint")),
            Segment(fit(clean(self.unit_name(found.unit)), unit) + " "),
            Segment(self._item(event, item) + " "),
            Segment(fit(self.what(event), left - who - unit - item)),
        ]

    def _draw_narrow(self, found: Placed, width: int) -> list[Segment]:
        event = found.event
        left = width - _WHEN_WIDTH - 2
        subject = f"{self.unit_name(found.unit)} {self.title(event)}"
        return [
            Segment(self.look.moment(event.recorded_at) + " "),
            Segment(fit(clean(subject), left // 2) + " "),
            Segment(fit(self.what(event), left - left // 2)),
        ]

    def _item(self, event: Event, width: int) -> str:
        """The title, and in full which of its dates it is."""
        occurrence = self.occurrence(event)
        if not occurrence:
            return fit(clean(self.title(event)), width)
        return fit(clean(self.title(event)), width - len(occurrence) - 1) + f" {occurrence}"

    # The words of an event.

    def unit_name(self, unit: str) -> str:
        """A unit's name; the id of one that is no longer there."""
        return self._units.get(unit, unit)

    def title(self, event: Event) -> str:
        """The title of the item's activity; its key where there is none any more."""
        key = ItemKey.parse(event.item)
        return event.item if key is None else self._titles.get(key.activity, event.item)

    def what(self, event: Event) -> str:
        """State before and after, and what else was changed."""
        look = self.look
        return clean("  ".join(event_words(event, look.tr, self._campaign, look.moment)))

    def occurrence(self, event: Event) -> str:
        """Which date of a repeated item, without the year where that is the campaign's."""
        key = ItemKey.parse(event.item)
        year = f"{self._campaign.period.first:%Y-}"
        return "" if key is None else (key.occurrence or "").removeprefix(year)


def _titles(campaign: Campaign) -> Mapping[str, str]:
    """The titles of activities by their ids, those they had before included."""
    earlier = {old: one.title for one in campaign.activities for old in one.was}
    return earlier | {one.id: one.title for one in campaign.activities}
