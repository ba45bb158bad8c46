"""`duban report`: print a text to send to people."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping

from commands.lookup.context import open_context
from commands.lookup.scope import matrix_in_scope, reminder, report_faults
from commands.output.console import Console


def run(options: Namespace, environ: Mapping[str, str], console: Console) -> int:
    """Print the reminder of the units in scope.

    Gives 4 if a unit cannot be read, after printing the reminder of all the others.
    """
    context = open_context(options, environ, console)
    matrix = matrix_in_scope(context, options)
    console.write(reminder(context, options, matrix))
    return report_faults(matrix, console)
