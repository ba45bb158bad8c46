"""The items below each unit in the table of `status --items`."""

from __future__ import annotations

from campaigns.plain_text import one_line
from campaigns.standing.board import Line, UnitBoard
from campaigns.timing import Timing, deadline, earlier_deadline
from campaigns.words.standing import standing
from commands.lookup.context import Context
from commands.output.instants import short
from commands.output.table import Column, lay_out

_RED = "31"
_YELLOW = "33"
_GREEN = "32"
_INDENT = "    "


def item_lines(context: Context, units: list[UnitBoard]) -> list[list[str]]:
    """The lines of each unit's items, with the same columns for all units."""
    rows = [_item_row(line, context) for unit in units for line in unit.lines]
    columns = [
        Column(""),
        Column("", gives_way=True, least=12),
        Column("", gives_way=True, least=12),
        Column(""),
        Column("", gives_way=True),
    ]
    shown = iter(lay_out(columns, rows, width=context.console.width, indent=_INDENT))
    return [
        [context.console.paint(next(shown), _item_color(line)) for line in unit.lines]
        for unit in units
    ]


def _item_row(line: Line, context: Context) -> list[str]:
    item, entry = line.item, line.entry
    return [
        context.console.glyphs.of(entry.state, line.timing),
        one_line(item.title),
        item.key.partition("/")[2],
        short(deadline(item, entry), context.desk.zone),
        _state_words(line, context),
    ]


def _state_words(line: Line, context: Context) -> str:
    """An item's state, with the deadline it was judged by if that has changed since."""
    tr = context.console.tr
    words = tr.render(standing(line))
    earlier = earlier_deadline(line.item, line.entry)
    if earlier is None:
        return words
    return tr(
        "{standing} (due {time} then)", standing=words, time=short(earlier, context.desk.zone)
    )


def _item_color(line: Line) -> str:
    match line.timing:
        case Timing.OVERDUE:
            return _RED
        case Timing.DUE_SOON:
            return _YELLOW
        case Timing.ON_TIME | Timing.LATE:
            return _GREEN
    return ""
