"""`duban redo`: repeat the last change of an item that was taken back."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping

from commands.output.console import Console
from commands.undo import step


def run(options: Namespace, environ: Mapping[str, str], console: Console) -> int:
    """Record the event and print the entry. Raises NothingToUndo, StaleRevision."""
    return step(options, environ, console, back=False)
