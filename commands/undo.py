"""`duban undo`: take the last change of an item back."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping
from functools import partial

from commands.lookup.context import open_context
from commands.lookup.item import operation_id, record, unit_and_item
from commands.output.console import Console


def run(options: Namespace, environ: Mapping[str, str], console: Console) -> int:
    """Record the event and print the entry. Raises NothingToUndo, StaleRevision."""
    return step(options, environ, console, back=True)


def step(options: Namespace, environ: Mapping[str, str], console: Console, *, back: bool) -> int:
    """Go one step back or forward in the history of an item, and print its entry.

    Raises NothingToUndo, StaleRevision.
    """
    context = open_context(options, environ, console)
    unit, item = unit_and_item(context, options.item)
    op = operation_id(options.op)
    work = partial(context.desk.step, unit, item.key, op, options.rev, back=back)
    record(options, context, item, work)
    return 0
