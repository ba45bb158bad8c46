"""Input lines that keep up with keys typed ahead."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from textual import events
from textual.widgets import Input

from campaigns.plain_text import one_line
from i18n.messages import deferred
from widgets.keys.bindings import key

if TYPE_CHECKING:
    from screens.dialogs.note_field import NoteField

    Field = Input | NoteField

TAKE: Final = key("prompt.take", "enter", "take", deferred("Take it"),
                  deferred("Use what has been typed"), shown="enter")  # fmt: skip
"""The binding of Enter in a dialog that asks for a text."""


async def typed(field: Field) -> str:
    """The text of a field, once every character typed before this has arrived in it.

    A key with priority, such as Enter, is acted on before the field has processed the
    characters typed before that key.
    """
    arrived = asyncio.Event()
    if not field.call_later(arrived.set):
        return field.value
    await arrived.wait()
    return field.value


class LineInput(Input):
    """An input line that keeps every line of what is pasted into it; `join` makes one of them.

    Its cursor does not blink, so that an idle session sends nothing.
    """

    def __init__(
        self,
        value: str = "",
        *,
        placeholder: str = "",
        select: bool = False,
        join: Callable[[str], str] = one_line,
    ) -> None:
        super().__init__(one_line(value), placeholder=placeholder, select_on_focus=select)
        self.cursor_blink = False
        self._join = join

    def on_paste(self, event: events.Paste) -> None:
        """Put all lines in, in place of what is selected; Textual takes the first one only."""
        event.prevent_default()
        event.stop()
        self.replace(self._join(event.text), *self.selection)
