"""The matrix and the reminder of the units chosen by `--unit` and `--kind`."""

from __future__ import annotations

from argparse import Namespace

from campaigns.overviews.chase import Chase
from campaigns.standing.board import build_board
from campaigns.standing.matrix import Columns, Matrix
from commands.lookup import names
from commands.lookup.context import Context
from commands.output.console import STORE_FAULT, Console
from reports.chase import Reminder


def matrix_in_scope(context: Context, options: Namespace) -> Matrix:
    """The matrix of the units chosen by `--unit` and `--kind`."""
    desk = context.desk
    units = names.units_in_scope(desk.campaign, options.unit, options.kind)
    board = build_board(desk.schedule, units, desk.records(units), desk.now())
    columns = Columns(desk.schedule)
    return Matrix(columns.all, tuple(map(columns.row, board.units)))


def reminder(context: Context, options: Namespace, matrix: Matrix) -> str:
    """A reminder of everything overdue, returned or due soon in the matrix."""
    chase = Chase(matrix)
    writer = Reminder(context.desk.campaign, context.desk.zone, context.console.tr)
    return writer.write(chase, chase.groups(options.group), context.desk.now())


def report_faults(matrix: Matrix, console: Console) -> int:
    """Report units that could not be read. Gives the exit code: 4 if there are any, else 0."""
    faults = [row.fault for row in matrix.rows if row.fault is not None]
    for fault in faults:
        console.complain(fault)
    return STORE_FAULT if faults else 0
