"""Lines that text is typed in, where keys may have been typed ahead of them."""

from __future__ import annotations

import asyncio

from textual.widgets import Input


async def typed(field: Input) -> str:
    """What stands in a line once all that was typed before this has arrived there.

    A key with priority is acted on before a line has taken in the characters before it.
    """
    arrived = asyncio.Event()
    if not field.call_later(arrived.set):
        return field.value
    await arrived.wait()
    return field.value


def line_to_type_in(value: str = "", *, placeholder: str = "", select: bool = False) -> Input:
    """A line whose cursor does not blink: an idle session writes nothing."""
    field = Input(value, placeholder=placeholder, select_on_focus=select)
    field.cursor_blink = False
    return field
