"""The form for the figures of an item, one a line, each with its unit, target and sum."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Input

from campaigns.entries import Number
from campaigns.typed.figures import FigureAnswer, FigureField, answer_to, figure_text, new_figures
from i18n.messages import deferred
from screens.dialogs.dialog import Dialog
from screens.dialogs.line_input import LineInput, typed
from widgets.keys.bindings import key
from widgets.look import Look
from widgets.prose import Prose
from widgets.text_width import clean


class FiguresForm(Dialog[Mapping[str, Number] | None]):
    """Closes with the figures that differ from the recorded ones.

    Enter goes to the next line, and on the last one it records. An invalid figure is
    reported at once and keeps the form open. `so_far` are the unit's sums over the campaign.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        key("figures.next", "enter", "next", deferred("Next, then record"),
            deferred("Go to the next figure; after the last one, record them"), shown="enter"),
        key("figures.up", "up,shift+tab", "go(-1)", "", deferred("Go to the figure above")),
        key("figures.down", "down,tab", "go(1)", "", deferred("Go to the figure below")),
    ]  # fmt: skip

    def __init__(
        self, look: Look, title: str, fields: Sequence[FigureField], so_far: Sequence[Number]
    ) -> None:
        super().__init__(look, title)
        self._fields = tuple(fields)
        self._so_far = tuple(so_far)
        self._inputs = [LineInput(_recorded(field), select=True) for field in fields]
        self._notes = [Prose("", classes="figure-note") for _ in fields]
        self._figures: list[Vertical] = []

    def compose_body(self) -> ComposeResult:
        """A line for each figure, with its error or warning below."""
        self.page.can_focus = False
        lines = zip(self._fields, self._so_far, self._inputs, self._notes, strict=True)
        self._figures = [
            Vertical(
                Prose(self._label(field, so_far)),
                Horizontal(line, note, classes="figure-line"),
                classes="figure",
            )
            for field, so_far, line, note in lines
        ]
        with self.page:
            yield from self._figures

    def on_mount(self) -> None:
        """Focus the first figure."""
        self._go_to(0)

    def action_go(self, step: int) -> None:
        """Go to the figure above (-1) or below (1)."""
        self._go_to((self._current() + step) % len(self._inputs))

    async def action_next(self) -> None:
        """Go to the next figure; on the last one record all, if all are valid."""
        for line in self._inputs:
            await typed(line)
        if self._current() + 1 < len(self._inputs):
            self._go_to(self._current() + 1)
            return
        answers = self._answers()
        wrong = next((n for n, answer in enumerate(answers) if answer.problem is not None), None)
        if wrong is None:
            self.dismiss(new_figures(self._fields, answers))
        else:
            self._go_to(wrong)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        for note, answer in zip(self._notes, self._answers(), strict=True):
            words = answer.problem or answer.warning
            note.set_class(answer.problem is not None, "-wrong")
            note.update("" if words is None else self.look.tr.render(words))

    def _current(self) -> int:
        return next((n for n, line in enumerate(self._inputs) if line is self.focused), 0)

    def _go_to(self, number: int) -> None:
        if number < len(self._inputs):
            self.set_focus(self._inputs[number], scroll_visible=False)
            self.page.scroll_to_widget(self._figures[number], animate=False)

    def _answers(self) -> list[FigureAnswer]:
        return [
            answer_to(field, line.value)
            for field, line in zip(self._fields, self._inputs, strict=True)
        ]

    def _label(self, field: FigureField, so_far: Number) -> str:
        tr = self.look.tr
        parts = [field.metric.name + (f" ({field.metric.unit})" if field.metric.unit else "")]
        if field.target is not None:
            parts.append(tr("target {n}", n=figure_text(field.target)))
        parts.append(tr("so far {n}", n=figure_text(so_far)))
        return clean("  ".join(parts))


def _recorded(field: FigureField) -> str:
    """The recorded figure, as one would type it."""
    return "" if field.recorded is None else figure_text(field.recorded)
