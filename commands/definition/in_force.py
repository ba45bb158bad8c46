"""The note that a change has put another definition in force (docs/storage.md, "Definitions")."""

from __future__ import annotations

from commands.output.console import Console
from i18n.messages import msg


def note_new_definition(console: Console) -> None:
    """Note that the change put this definition in force, since others may be using another one."""
    console.complain(
        msg("This change put another definition in force. "
            "“duban check FILE --against-data” shows beforehand what differs.")
    )  # fmt: skip
