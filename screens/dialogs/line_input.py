"""Input lines that keep up with keys typed ahead."""

from __future__ import annotations

import asyncio
from typing import Final

from textual.widgets import Input

from i18n.messages import deferred
from widgets.keys.bindings import key

TAKE: Final = key("prompt.take", "enter", "take", deferred("Take it"),
                  deferred("Use what has been typed"), shown="enter")  # fmt: skip
"""The binding of Enter in a dialog that asks for one line."""


async def typed(field: Input) -> str:
    """The text of a line, once every character typed before this has arrived in it.

    A key with priority, such as Enter, is acted on before the line has processed the
    characters typed before that key.
    """
    arrived = asyncio.Event()
    if not field.call_later(arrived.set):
        return field.value
    await arrived.wait()
    return field.value


def line_to_type_in(value: str = "", *, placeholder: str = "", select: bool = False) -> Input:
    """An input line whose cursor does not blink, so that an idle session sends nothing."""
    field = Input(value, placeholder=placeholder, select_on_focus=select)
    field.cursor_blink = False
    return field
