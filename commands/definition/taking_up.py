"""Says when a change puts another definition in force (docs/storage.md, "Definitions")."""

from __future__ import annotations

from commands.lookup.context import Context
from i18n.messages import msg
from storage.errors import StoreError


def is_changed(context: Context) -> bool:
    """Whether the definition in hand is another one than that in force."""
    try:
        in_force = context.store.definition_in_force()
    except StoreError:
        # A damaged record of definitions is for `check --against-data` to say.
        return False
    return in_force is not None and in_force.digest != context.loaded.source.digest


def note_taken_up(context: Context) -> None:
    """Say that a change took the definition up; it need not be what somebody else works with."""
    context.console.complain(
        msg("With this change another definition is in force than before. "
            "“duban check FILE --against-data” says beforehand what differs.")
    )  # fmt: skip
