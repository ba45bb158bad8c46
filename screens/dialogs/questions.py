"""What a choice of a menu still needs to be told, and what is asked for then."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from textual.app import App

from campaigns.entries import Entry, Number
from campaigns.typed.figures import FigureField
from i18n.messages import Message, msg
from screens.changes.actions import ItemAction
from screens.changes.request import ChangeRequest
from screens.dialogs.figures_form import FiguresForm
from screens.dialogs.text_prompt import TextPrompt
from screens.dialogs.time_prompt import TimePrompt
from widgets.look import Look

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Questions:
    """What questions need to know.

    `entry` is what is recorded so far: they begin with it. `now` is in UTC. `fields` are
    the figures that the item asks for, `so_far` what the unit has reported of each.
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
        """Ask what an action needs, and go on with what is asked for; Esc goes on with nothing."""
        request = ChangeRequest(action.state, nil_report=action.nil_report)
        match action.asks:
            case None:
                then(request)
            case "time":
                prompt = TimePrompt(
                    self.look,
                    value=self.entry.received_at or self.now,
                    now=self.now,
                    zone=self.zone,
                )
                await app.push_screen(prompt, _answered(partial(_received, request), then))
            case "note" | "reason":
                note = self._note_prompt(action)
                await app.push_screen(note, _answered(partial(_noted, request), then))
            case "figures":
                title = self.look.tr.render(action.words)
                form = FiguresForm(self.look, title, self.fields, self.so_far)
                await app.push_screen(form, _answered(partial(_counted, request), then))

    def _note_prompt(self, action: ItemAction) -> TextPrompt:
        def wrong(text: str) -> Message | None:
            if action.asks == "reason" and not text.strip():
                return msg("A reason is needed.")
            return None

        return TextPrompt(
            self.look,
            self.look.tr.render(action.words),
            self.look.tr("Reason") if action.state is not None else self.look.tr("Note"),
            value=self.entry.note if action.state is None else "",
            check=wrong,
        )


def _answered(
    make: Callable[[Answer], ChangeRequest], then: Callable[[ChangeRequest], object]
) -> Callable[[Answer | None], None]:
    """What to do with the answer of a dialog; None is Esc."""

    def answered(answer: Answer | None) -> None:
        if answer is not None:
            then(make(answer))

    return answered


def _received(request: ChangeRequest, at: datetime) -> ChangeRequest:
    return replace(request, received_at=at)


def _noted(request: ChangeRequest, text: str) -> ChangeRequest:
    # A reason left empty where none is needed says nothing about the note there is.
    return request if text == "" and request.state is not None else replace(request, note=text)


def _counted(request: ChangeRequest, figures: Mapping[str, Number]) -> ChangeRequest:
    return replace(request, metrics=figures)
