"""Asks for a date."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from textual.app import App

from campaigns.typed.days import read_day
from i18n.messages import Message, msg
from screens.dialogs.line_input import LineInput
from screens.dialogs.text_prompt import TextPrompt
from widgets.look import Look


async def ask_for_day(
    app: App[Any], look: Look, *, today: date, last: date, then: Callable[[date], None]
) -> None:
    """Ask for a date as officers write it, such as 6.22 or yesterday, and call `then` with it.

    `today` is the date in the campaign's time zone, `last` the last day of the campaign.
    After Esc `then` is not called.
    """

    def wrong(text: str) -> Message | None:
        known = read_day(text, today, last) is not None
        return None if known else msg("Not a date. Write it like 6.22 or 2022-06-22.")

    def answered(text: str | None) -> None:
        day = read_day(text or "", today, last)
        if day is not None:
            then(day)

    prompt = TextPrompt(
        look,
        look.tr("Go to a date"),
        look.tr("Which date? Like 6.22, yesterday, Friday."),
        field=LineInput(),
        check=wrong,
    )
    await app.push_screen(prompt, answered)
