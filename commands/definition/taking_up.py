"""Tells that a change has put another definition in force (docs/storage.md, "Definitions")."""

from __future__ import annotations

from commands.output.console import Console
from i18n.messages import msg


def note_taken_up(console: Console) -> None:
    """Say that the change put the definition in force; others may work with another one."""
    console.complain(
        msg("With this change another definition is in force than before. "
            "“duban check FILE --against-data” says beforehand what differs.")
    )  # fmt: skip
