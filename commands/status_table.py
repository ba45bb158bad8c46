"""`status` for people: a table of 80 columns, and one line for a banner or tmux."""

from __future__ import annotations

from campaigns.board import Board, Line, UnitBoard
from campaigns.entries import State
from campaigns.timing import Timing, deadline
from campaigns.totals import Totals
from campaigns.wording import span, state_name
from commands.context import Context
from commands.moments import short
from commands.output import Console, one_line
from commands.table import Column, fit, lay_out
from i18n.catalogue import Translator
from i18n.messages import Message, msg

_RED = "31"
_YELLOW = "33"
_GREEN = "32"
_INDENT = "    "


def short_line(context: Context, board: Board) -> str:
    """Everything a leader asks, in one line."""
    tr, totals = context.console.tr, board.totals
    parts = [
        f"{context.campaign.title} {short(board.now, context.zone)}",
        tr.count("{n} unit", "{n} units", len(board.units)),
        tr("done {percent}", percent=_percent(totals)),
        tr("overdue {n}", n=totals.overdue),
        tr("due soon {n}", n=totals.due_soon),
    ]
    if board.next_due is not None:
        parts.append(tr("next deadline {time}", time=short(board.next_due, context.zone)))
    unreadable = sum(unit.fault is not None for unit in board.units)
    if unreadable:
        parts.append(tr("unreadable {n}", n=unreadable))
    return one_line("  ".join(parts))


def table_lines(
    context: Context, board: Board, units: list[UnitBoard], *, items: bool
) -> list[str]:
    """The table of units, with their items under them if asked."""
    tr = context.console.tr
    lines = _heading(context, board)
    if not units:
        return [*lines, "", tr("Nothing to list.")]
    rows = [_unit_row(unit, context) for unit in units]
    heading, *shown = lay_out(_unit_columns(tr), rows, width=context.console.width)
    listed = _item_lines(context, units) if items else [[] for _ in units]
    lines += ["", heading]
    for unit, line, of_unit in zip(units, shown, listed, strict=True):
        lines.append(context.console.paint(line, _unit_color(unit)))
        lines += of_unit
    return lines


def _heading(context: Context, board: Board) -> list[str]:
    """The campaign and its figures, each line cut to the width of the table."""
    tr, totals, width = context.console.tr, board.totals, context.console.width
    now = board.now.astimezone(context.zone).strftime("%Y-%m-%d %H:%M")
    summary = [
        tr.count("{n} unit", "{n} units", len(board.units)),
        tr("done {percent}", percent=_percent(totals)),
        tr("overdue {n}", n=totals.overdue),
        tr("due soon {n}", n=totals.due_soon),
    ]
    if board.next_due is not None:
        summary.append(tr("next deadline {time}", time=short(board.next_due, context.zone)))
    title = one_line(context.campaign.title)
    return [fit(line, width).rstrip() for line in (f"{title}  {now}", "  ".join(summary))]


def _unit_columns(tr: Translator) -> list[Column]:
    return [
        Column(""),
        Column(tr("unit"), gives_way=True, least=12),
        Column(tr("standing"), gives_way=True),
        Column(tr("done"), right=True),
        Column("%", right=True),
        Column(tr("overdue"), right=True),
        Column(tr("due soon"), right=True),
        Column(tr("next deadline")),
    ]


def _unit_row(unit: UnitBoard, context: Context) -> list[str]:
    tr, totals = context.console.tr, unit.totals
    name = one_line(unit.unit.name)
    if unit.fault is not None:
        return ["?", name, tr("unreadable"), "", "", "", "", ""]
    return [
        _unit_glyph(unit, context.console),
        name,
        tr.render(_unit_word(totals)),
        f"{totals.reported}/{totals.expected}",
        _percent(totals),
        str(totals.overdue or ""),
        str(totals.due_soon or ""),
        short(unit.next_due, context.zone),
    ]


def _unit_word(totals: Totals) -> Message:
    """The most pressing thing about a unit, in a word."""
    if totals.overdue:
        return msg("overdue")
    if totals.returned:
        return msg("returned")
    if totals.due_soon:
        return msg("due soon")
    if totals.percent == 100:
        return msg("complete")
    return msg("in order")


def _unit_glyph(unit: UnitBoard, console: Console) -> str:
    glyphs, totals = console.glyphs, unit.totals
    if totals.overdue:
        return glyphs.overdue
    if totals.returned:
        return glyphs.returned
    if totals.due_soon:
        return glyphs.due_soon
    return glyphs.done if totals.percent == 100 else glyphs.open


def _unit_color(unit: UnitBoard) -> str:
    totals = unit.totals
    if unit.fault is not None or totals.overdue:
        return _RED
    if totals.due_soon or totals.returned:
        return _YELLOW
    return _GREEN if totals.percent == 100 else ""


def _item_lines(context: Context, units: list[UnitBoard]) -> list[list[str]]:
    """The lines of each unit's items; the columns of all units stand under each other."""
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
        short(deadline(item, entry), context.zone),
        context.console.tr.render(standing(line)),
    ]


def standing(line: Line) -> Message:
    """How an item stands, in a few words."""
    entry = line.entry
    match line.timing:
        case Timing.OVERDUE if line.overdue_by is not None:
            return msg("overdue {span}", span=span(line.overdue_by))
        case Timing.LATE if line.late_by is not None:
            return msg("late {span}", span=span(line.late_by))
        case Timing.DUE_SOON if entry.state is State.TODO:
            return msg("due soon")
        case Timing.UPCOMING if entry.state is State.TODO:
            return msg("upcoming")
        case Timing.BEFORE_ISSUE:
            return msg("before issue")
    return msg("nil report") if entry.nil_report else state_name(entry.state)


def _item_color(line: Line) -> str:
    match line.timing:
        case Timing.OVERDUE:
            return _RED
        case Timing.DUE_SOON:
            return _YELLOW
        case Timing.ON_TIME | Timing.LATE:
            return _GREEN
    return ""


def _percent(totals: Totals) -> str:
    return "-" if totals.percent is None else f"{totals.percent}%"
