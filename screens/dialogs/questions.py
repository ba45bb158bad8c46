"""Asks for what a choice in a menu needs: a time, a reason, a note or figures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace
from textual.app import App

from campaigns.blank import is_blank
from campaigns.entries import Entry, Number
from campaigns.transitions import what_is_too_long
from campaigns.typed.figures import FigureField
from i18n.messages import Message, msg
from screens.changes.actions import ItemAction
from screens.changes.request import ChangeRequest
from screens.dialogs.figures_form import FiguresForm
from screens.dialogs.note_prompt import NotePrompt
from screens.dialogs.time_prompt import TimePrompt
from widgets.look import Look

Answer = TypeVar("Answer")


class Questions(Struct, frozen=True):
    """The values that the questions start from.

    `entry` is the current entry, whose values are the defaults. `now` is in UTC. `fields`
    are the figures the item asks for, `so_far` the unit's sum of each.
    """

    look: Look
    entry: Entry
    now: datetime
    zone: ZoneInfo
    fields: Sequence[FigureField] = ()
    so_far: Sequence[Number] = ()

    async def ask(
        self, app: App[Any], action: ItemAction, then: Callable[[ChangeRequest], object]
    ) -> None:
        """Ask for what an action needs and call `then` with the request; not after Esc."""
        request = ChangeRequest(action.state, nil_report=action.nil_report)
        match action.asks:
            case None:
                then(request)
            case "time":
                value = self.entry.received_at or self.now
                prompt = TimePrompt(self.look, value=value, now=self.now, zone=self.zone)
                await app.push_screen(
                    prompt, _answered(lambda at: replace(request, received_at=at), then)
                )
            case "note" | "reason":
                note = self._note_prompt(action)
                await app.push_screen(note, _answered(partial(_noted, request), then))
            case "figures":
                title = self.look.tr.render(action.words)
                form = FiguresForm(self.look, title, self.fields, self.so_far)
                await app.push_screen(
                    form, _answered(lambda figures: replace(request, metrics=figures), then)
                )

    def _note_prompt(self, action: ItemAction) -> NotePrompt:
        def wrong(text: str) -> Message | None:
            if action.asks == "reason" and is_blank(text):
                return msg("A reason is needed.")
            return what_is_too_long(text.strip())

        return NotePrompt(
            self.look,
            self.look.tr.render(action.words),
            self.look.tr("Reason") if action.state is not None else self.look.tr("Note"),
            value=self.entry.note if action.state is None else "",
            check=wrong,
        )


def _answered(
    make: Callable[[Answer], ChangeRequest], then: Callable[[ChangeRequest], object]
) -> Callable[[Answer | None], None]:
    """A callback for a dialog; its answer is None after Esc."""

    def answered(answer: Answer | None) -> None:
        if answer is not None:
            then(make(answer))

    return answered


def _noted(request: ChangeRequest, text: str) -> ChangeRequest:
    # An optional reason that is left empty leaves the existing note as it is.
    return request if text == "" and request.state is not None else replace(request, note=text)
