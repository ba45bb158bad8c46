"""Asks when a report came in, and shows how the answer was understood."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar
from zoneinfo import ZoneInfo

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Input

from campaigns.clock import parse_moment
from campaigns.full_width import ascii_twins
from campaigns.typed.receipts import read_loosely
from campaigns.words.instants import shown_back
from i18n.messages import Message, msg
from screens.dialogs.dialog import Dialog
from screens.dialogs.line_input import TAKE, LineInput, typed
from widgets.look import Look
from widgets.prose import Prose


class TimePrompt(Dialog[datetime | None]):
    """Closes with an instant in UTC, not after `now`; None after Esc.

    While a short form such as `昨天17:40` is typed, the time it stands for is shown. The
    first Enter writes that time out in full and the second accepts it, so nobody records
    a time they have not seen.
    """

    BINDINGS: ClassVar[list[BindingType]] = [TAKE]

    def __init__(self, look: Look, *, value: datetime, now: datetime, zone: ZoneInfo) -> None:
        super().__init__(look, look.tr("Time of receipt"))
        self._now = now
        self._zone = zone
        self._field = LineInput(self._in_full(value), select=True)
        self._shown_back = Prose("", classes="dialog-text", id="shown-back")
        self._error = Prose("", classes="dialog-error")

    def compose_body(self) -> ComposeResult:
        """The question, the input line, how it was understood, and room for an error."""
        tr = self.look.tr
        yield Prose(tr("When did the report reach the office?"), classes="dialog-text")
        yield self._field
        yield self._shown_back
        yield self._error

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        moment = self._read(event.value)
        understood = "" if moment is None else self._words(moment)
        self._shown_back.update(understood)
        self._error.update("")

    async def action_take(self) -> None:
        """Close with the instant, or write it out in full first, or show what is wrong."""
        field = self._field
        text = await typed(field)
        moment = self._read(text)
        wrong = self._wrong(moment)
        if wrong is not None:
            self._error.update(self.look.tr.render(wrong))
        elif parse_moment(ascii_twins(text).strip(), self._zone) is None:
            field.value = self._in_full(moment or self._now)
            field.cursor_position = len(field.value)
        else:
            self.dismiss(moment)

    def _read(self, text: str) -> datetime | None:
        return read_loosely(text, self._now, self._zone)

    def _wrong(self, moment: datetime | None) -> Message | None:
        if moment is None:
            return msg(
                "Not a time. Write it like {example}, or like yesterday 17:40.",
                example=self._in_full(self._now),
            )
        return msg("That lies in the future.") if moment > self._now else None

    def _words(self, moment: datetime) -> str:
        return self.look.tr(
            "That is {time}. Enter takes it.", time=shown_back(moment, self._now, self._zone)
        )

    def _in_full(self, moment: datetime) -> str:
        local = moment.astimezone(self._zone)
        return local.strftime("%Y-%m-%d %H:%M:%S" if local.second else "%Y-%m-%d %H:%M")
