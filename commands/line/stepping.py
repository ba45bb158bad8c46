"""One step back through the history of an item, or forward again."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping

from commands.definition.taking_up import is_changed, note_taken_up
from commands.lookup.context import open_context
from commands.lookup.item import item_asked, operation, print_entry, stands_under
from commands.output.console import Console


def step(options: Namespace, environ: Mapping[str, str], console: Console, *, back: bool) -> int:
    """Record the compensating event and print the entry. Raises NothingToUndo, StaleRevision."""
    context = open_context(options, environ, console)
    unit, item = item_asked(context, options.item)
    is_new = is_changed(context)
    act = context.store.undo if back else context.store.redo
    outcome = act(
        unit.id,
        stands_under(context, unit, item),
        op=operation(options.op),
        by=context.person,
        at=context.now,
        expected_rev=options.rev,
    )
    console.has_recorded = True
    if is_new:
        note_taken_up(context)
    print_entry(options, context, item, outcome.entry)
    return 0
