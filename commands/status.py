"""`duban status`: how far each unit is, and what is late."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from campaigns.entries import REPORTED, State
from campaigns.standing.board import Line, build_board
from campaigns.timing import Timing, deadline
from commands.figures.figures import figures_of_rows, overview_of
from commands.figures.forms import report, show
from commands.figures.of_board import figures_of_unit, overview_of_board
from commands.lookup.context import open_context
from commands.lookup.moments import after, read_duration
from commands.output.instants import iso

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from campaigns.definition import Unit
    from campaigns.standing.board import Board, UnitBoard
    from commands.figures.figures import Overview
    from commands.lookup.context import Context
    from commands.lookup.options import Options
    from commands.output.console import Console

Wanted = Callable[[Line], bool]


def run(options: Options, environ: Mapping[str, str], console: Console) -> int:
    """Print the state of the units in scope.

    Gives 1 if something in scope is overdue, 4 if a unit cannot be read, after printing all
    the others.
    """
    context = open_context(options, environ, console)
    units = _units(options, context)
    if _needs_figures_only(options):
        return _show_figures(options, context, units)
    sections = None
    if options.section is not None:
        from commands.lookup import names

        sections = frozenset({names.find_section(context.desk.campaign, options.section).id})
    wanted = _wanted(options, context)
    board = build_board(
        context.desk.schedule,
        units,
        context.desk.records(units),
        context.desk.now(),
        sections=sections,
    )
    overview = overview_of_board(board, context.desk.zone, context.desk.left())
    _print(options, context, board, overview, _listed(board, wanted))
    return report(console, overview)


def _needs_figures_only(options: Options) -> bool:
    """Whether only figures of whole units at present are to be printed."""
    narrowed = options.section is not None or options.overdue or options.due_within is not None
    listing = options.format == "json" or options.items
    return not (narrowed or listing) and options.as_of is None


def _show_figures(options: Options, context: Context, units: list[Unit]) -> int:
    """Print figures from the roll-up, and update it."""
    desk = context.desk
    from storage.cache.roller import Roller

    def boards_of(missing: list[Unit]) -> Sequence[UnitBoard]:
        records = desk.records(missing)
        return build_board(desk.schedule, missing, records, desk.clock()).units

    roller = Roller(context.folder, context.caches, desk.loaded, desk.zone, desk.clock())
    rolled = roller.rows(units, boards_of)
    now = iso(desk.clock(), desk.zone) or ""
    overview = overview_of(desk.campaign.title, now, rolled.rows, rolled.left, rolled.faults)
    show(options.format, overview, figures_of_rows(rolled.rows, rolled.faults), context.console)
    return report(context.console, overview)


def _units(options: Options, context: Context) -> list[Unit]:
    """The chosen units, or all, in the order of the definition."""
    if options.kind is None and not options.unit:
        return list(context.desk.campaign.units)
    from commands.lookup.names import units_in_scope

    return units_in_scope(context.desk.campaign, options.unit, options.kind)


def _wanted(options: Options, context: Context) -> Wanted | None:
    """Which items to list for `--overdue` or `--due-within` (with both, those of either)."""
    tests: list[Wanted] = []
    if options.overdue:
        tests.append(lambda line: line.timing is Timing.OVERDUE)
    if options.due_within is not None:
        now = context.desk.now()
        span = options.due_within
        end = after(context.desk.zone, now, read_duration(span), span)
        tests.append(lambda line: _falls_due(line, now, end))
    return (lambda line: any(test(line) for test in tests)) if tests else None


def _falls_due(line: Line, first: datetime, last: datetime) -> bool:
    due = deadline(line.item, line.entry)
    reported = line.entry.state in REPORTED or line.entry.state is State.WAIVED
    return due is not None and not reported and first <= due <= last


def _listed(board: Board, wanted: Wanted | None) -> list[UnitBoard]:
    """The units to print, with the items to list. Unreadable units are always printed."""
    if wanted is None:
        return list(board.units)
    from msgspec.structs import replace

    narrowed = (
        replace(unit, lines=tuple(line for line in unit.lines if wanted(line)))
        for unit in board.units
    )
    return [unit for unit in narrowed if unit.lines or unit.fault is not None]


def _print(
    options: Options, context: Context, board: Board, overview: Overview, units: list[UnitBoard]
) -> None:
    console, zone = context.console, context.desk.zone
    match options.format:
        case "json":
            from commands.output import payload

            whole = payload.status_payload(context.desk.campaign, board, units, zone, console.tr)
            console.print_json(whole)
        case "csv" if options.items:
            from commands.figures.csv import items_csv

            console.write(items_csv(units, zone))
        case form:
            lines: list[list[str]] = []
            if form == "table" and options.items:
                from commands.figures.items import item_lines

                lines = item_lines(context, units)
            show(form, overview, [figures_of_unit(unit, zone) for unit in units], console, lines)
