"""Figures for people: a table, and one line for a login banner or tmux."""

from __future__ import annotations

from functools import cache

from campaigns.plain_text import one_line
from commands.output.table import Column, fit, lay_out

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from campaigns.totals import Totals
    from commands.figures.figures import Overview, UnitFigures
    from commands.output.console import Console
    from i18n.catalogue import Translator

_RED = "31"
_YELLOW = "33"
_GREEN = "32"


def short_line(overview: Overview, console: Console) -> str:
    """The title, now and the main figures in one line."""
    tr = console.tr
    parts = [f"{overview.title} {_short(overview.now)}", *_summary(overview, tr)]
    if overview.faults:
        parts.append(tr("unreadable {n}", n=len(overview.faults)))
    return one_line("  ".join(parts))


def table_lines(
    overview: Overview,
    units: Sequence[UnitFigures],
    console: Console,
    items: Sequence[Sequence[str]] = (),
) -> list[str]:
    """The lines of the table of units, each followed by the lines of its items, if given."""
    lines = _heading(overview, console)
    if not units:
        return [*lines, "", console.tr("Nothing to list.")]
    heading, *shown = lay_out(
        _unit_columns(console.tr), _unit_rows(units, console), width=console.width
    )
    lines += ["", heading]
    for index, (unit, line) in enumerate(zip(units, shown, strict=True)):
        lines.append(console.paint(line, _unit_color(unit)) if console.color else line)
        lines += items[index] if items else ()
    return lines


def _heading(overview: Overview, console: Console) -> list[str]:
    """Two lines, cut to the width of the table: the campaign, and its figures."""
    now = f"{overview.now[:10]} {overview.now[11:16]}"
    head = f"{one_line(overview.title)}  {now}", "  ".join(_summary(overview, console.tr))
    width = console.width
    return [fit(line, width).rstrip() for line in head]


def _summary(overview: Overview, tr: Translator) -> list[str]:
    totals = overview.totals
    summary = [
        tr.count("{n} unit", "{n} units", overview.units),
        tr("done {percent}", percent=totals.percent_text),
        tr("overdue {n}", n=totals.overdue),
        tr("due soon {n}", n=totals.due_soon),
    ]
    if overview.next_due is not None:
        summary.append(tr("next deadline {time}", time=_short(overview.next_due)))
    return summary


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


def _unit_rows(units: Sequence[UnitFigures], console: Console) -> list[list[str]]:
    """The cells of each unit. Cells of equal figures are made only once."""
    glyphs, tr = console.glyphs, console.tr
    unreadable = "?", [tr("unreadable"), "", "", "", "", ""]

    @cache
    def cells(totals: Totals, next_due: str | None) -> tuple[str, list[str]]:
        return glyphs.of_totals(totals), [*_figure_cells(totals, tr), _short(next_due)]

    rows = []
    for unit in units:
        readable = unit.fault is None
        glyph, figures = cells(unit.totals, unit.next_due) if readable else unreadable
        rows.append([glyph, one_line(unit.name), *figures])
    return rows


def _figure_cells(totals: Totals, tr: Translator) -> list[str]:
    return [
        _unit_word(totals, tr),
        f"{totals.reported}/{totals.expected}",
        totals.percent_text,
        str(totals.overdue or ""),
        str(totals.due_soon or ""),
    ]


def _unit_word(totals: Totals, tr: Translator) -> str:
    """The most urgent thing about a unit, in a word."""
    if totals.overdue:
        return tr("overdue")
    if totals.returned:
        return tr("returned")
    if totals.due_soon:
        return tr("due soon")
    return tr("complete") if totals.complete else tr("in order")


def _unit_color(unit: UnitFigures) -> str:
    totals = unit.totals
    if unit.fault is not None or totals.overdue:
        return _RED
    if totals.due_soon or totals.returned:
        return _YELLOW
    return _GREEN if totals.complete else ""


def _short(moment: str | None) -> str:
    """An instant in ISO 8601 as `06-16 12:00`; empty for none."""
    return f"{moment[5:10]} {moment[11:16]}" if moment else ""
