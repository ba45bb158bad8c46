"""`duban export`: write a text or a table to a file, for WeChat or a spreadsheet."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping
from typing import Final

from campaigns.standing.matrix import Matrix
from commands.lookup.context import Context, open_context
from commands.lookup.scope import matrix_in_scope, reminder, report_faults
from commands.output.console import Console
from commands.output.file import check_target, write_file

_STDOUT: Final = "-"
_BOM: Final = "\ufeff"
"""By this Excel recognises UTF-8."""


def run(options: Namespace, environ: Mapping[str, str], console: Console) -> int:
    """Write the reminder or the board of the units in scope.

    Gives 4 if a unit cannot be read, after writing all the others. Raises UsageError if the
    file must not be written.
    """
    context = open_context(options, environ, console)
    if options.output != _STDOUT:
        check_target(options.output, overwrite=options.force)
    matrix = matrix_in_scope(context, options)
    is_table = options.export == "board"
    text = _board(context, matrix) if is_table else reminder(context, options, matrix)
    if options.output == _STDOUT:
        console.write(text)
    else:
        data = (_BOM + text if is_table else text).encode()
        write_file(options.output, data, overwrite=options.force)
    return report_faults(matrix, console)


def _board(context: Context, matrix: Matrix) -> str:
    from reports.board import board_csv

    return board_csv(
        matrix, context.desk.campaign.unit_kinds, context.desk.zone, context.console.tr
    )
