"""`duban status`: who stands where."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Mapping
from datetime import datetime

from campaigns.board import Board, Line, UnitBoard, build_board
from campaigns.definition import Unit
from campaigns.entries import REPORTED, State
from campaigns.timing import Timing, deadline
from commands import names
from commands.context import Context, open_context
from commands.moments import after, read_duration
from commands.output import Console

OVERDUE_FOUND = 1
STORE_FAULT = 4

Wanted = Callable[[Line], bool]


def run(options: Namespace, environ: Mapping[str, str], console: Console) -> int:
    """Print the standing of the units in scope.

    Gives 1 where something in scope is overdue, 4 where a unit cannot be read; then
    all the others are printed.
    """
    context = open_context(options, environ, console)
    units = scope(context, options.unit, options.kind)
    sections = None
    if options.section is not None:
        sections = frozenset({names.find_section(context.campaign, options.section).id})
    wanted = _wanted(options, context)
    board = build_board(
        context.schedule, units, context.records(units), context.moment, sections=sections
    )
    _print(options, context, board, _listed(board, wanted))
    return _report(console, board)


def scope(context: Context, asked: list[str], kind: str | None) -> list[Unit]:
    """The units asked for, in the order of the definition: all without a filter."""
    units = list(context.campaign.units)
    if kind is not None:
        units = names.units_of_kind(context.campaign, names.find_kind(context.campaign, kind))
    if asked:
        chosen = {names.find_unit(context.campaign, text).id for text in asked}
        units = [unit for unit in units if unit.id in chosen]
    return units


def _wanted(options: Namespace, context: Context) -> Wanted | None:
    """Which items `--overdue` and `--due-within` list, None for all; with both, either's."""
    tests: list[Wanted] = []
    if options.overdue:
        tests.append(lambda line: line.timing is Timing.OVERDUE)
    if options.due_within is not None:
        now = context.moment
        span = options.due_within
        end = after(context.zone, now, read_duration(span), span)
        tests.append(lambda line: _falls_due(line, now, end))
    return (lambda line: any(test(line) for test in tests)) if tests else None


def _falls_due(line: Line, first: datetime, last: datetime) -> bool:
    due = deadline(line.item, line.entry)
    reported = line.entry.state in REPORTED or line.entry.state is State.WAIVED
    return due is not None and not reported and first <= due <= last


def _listed(board: Board, wanted: Wanted | None) -> list[UnitBoard]:
    """The units to print, with the items to list; unreadable ones always."""
    if wanted is None:
        return list(board.units)
    from dataclasses import replace

    narrowed = (
        replace(unit, lines=tuple(line for line in unit.lines if wanted(line)))
        for unit in board.units
    )
    return [unit for unit in narrowed if unit.lines or unit.fault is not None]


def _print(options: Namespace, context: Context, board: Board, units: list[UnitBoard]) -> None:
    match options.format:
        case "short":
            from commands.status_table import short_line

            context.console.print(short_line(context, board))
        case "json":
            from commands import payload

            console = context.console
            whole = payload.status_payload(context.campaign, board, units, context.zone, console.tr)
            console.print(payload.dump(whole, escape=not console.unicode_output))
        case "csv":
            from commands.status_csv import csv_text

            context.console.write(csv_text(units, context.zone, items=options.items))
        case _:
            from commands.status_table import table_lines

            for line in table_lines(context, board, units, items=options.items):
                context.console.print(line)


def _report(console: Console, board: Board) -> int:
    """Say on stderr what cannot be shown, and give the exit code."""
    orphans = sum(len(unit.orphans) for unit in board.units)
    if orphans:
        console.note(
            console.tr.count(
                "{n} recorded answer belongs to no item of this definition. "
                "“duban check FILE --against-data” lists it.",
                "{n} recorded answers belong to no item of this definition. "
                "“duban check FILE --against-data” lists them.",
                orphans,
            )
        )
    faults = [unit.fault for unit in board.units if unit.fault is not None]
    for fault in faults:
        console.complain(fault)
    if faults:
        return STORE_FAULT
    return OVERDUE_FOUND if board.totals.overdue else 0
