"""Shows what changing several items at once would do, before it is done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from campaigns.terms import state_words
from i18n.catalogue import Translator
from i18n.messages import deferred, msg
from screens.changes.plan import Planned
from screens.dialogs.dialog import Dialog
from widgets.keys.bindings import key
from widgets.line_list import LineList
from widgets.look import Look
from widgets.prose import Prose
from widgets.text_width import clean, fit


class PlanPreview(Dialog[bool | None]):
    """Lists what changes and what is refused, and why. Closes with True to make the changes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("plan.take", "enter", "take", deferred("Record"),
            deferred("Record what is listed as changing"), shown="enter"),
    ]  # fmt: skip

    def __init__(self, look: Look, title: str, planned: Sequence[Planned]) -> None:
        super().__init__(look, title)
        # Refusals come first: they are what has to be read.
        self._planned = tuple(sorted(planned, key=lambda one: one.refusal is None))
        self._list = PlanList(look, self._planned)
        self._line = Prose(classes="dialog-text", id="plan-line")

    def compose_body(self) -> ComposeResult:
        """How many items change, stay and are refused, then a line for each."""
        yield Prose(self._summary(), classes="dialog-text")
        yield self._list
        yield self._line

    def make_room(self, room: int) -> None:
        """Keep rows for the line under the cursor in full."""
        self._list.styles.max_height = min(11, room - 5)

    def on_mount(self) -> None:
        """Focus the list."""
        self.set_focus(self._list)
        self._say_in_full()

    @on(LineList.Moved)
    def _moved(self) -> None:
        self._say_in_full()

    def _say_in_full(self) -> None:
        """Show the line under the cursor in full."""
        planned = self._list.current
        self._line.update("" if planned is None else clean(words_of(planned, self.look.tr)))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Recording is possible only if something changes."""
        return action != "take" or any(one.after is not None for one in self._planned)

    def action_take(self) -> None:
        """Make the changes."""
        self.dismiss(True)

    def _summary(self) -> str:
        changing = sum(one.after is not None for one in self._planned)
        refused = sum(one.refusal is not None for one in self._planned)
        return self.look.tr(
            "changes {changes}  refused {refused}  nothing new {same}",
            changes=changing,
            refused=refused,
            same=len(self._planned) - changing - refused,
        )


class PlanList(LineList):
    """The planned changes, one a line."""

    DEFAULT_CSS = """
    PlanList { height: auto; margin: 0 1 1 1; }
    """

    def __init__(self, look: Look, planned: tuple[Planned, ...]) -> None:
        super().__init__(look)
        self._planned = planned

    @property
    def current(self) -> Planned | None:
        """The item under the cursor."""
        return self._planned[self.cursor] if self.can_choose(self.cursor) else None

    @property
    def row_count(self) -> int:
        """The number of items."""
        return len(self._planned)

    def draw_row(self, row: int, width: int) -> tuple[str, list[Segment]]:
        """The item and what the change does to it."""
        one = self._planned[row]
        glyphs = self.look.glyphs
        glyph = glyphs.done if one.after else glyphs.overdue if one.refusal else "="
        return glyph, [Segment(fit(clean(words_of(one, self.look.tr)), width))]


def words_of(one: Planned, tr: Translator) -> str:
    """The unit, the item with its date, and what the change does to it."""
    occurrence = one.line.item.occurrence.name or ""
    what = f"{one.line.item.title} {occurrence}".strip()
    return f"{one.unit.name}  {what}  {_becomes(one, tr)}"


def _becomes(one: Planned, tr: Translator) -> str:
    if one.refusal is not None:
        return tr.render(one.refusal)
    if one.after is None:
        return tr("nothing new")
    before, after = (
        state_words(entry.state, nil_report=entry.nil_report)
        for entry in (one.line.entry, one.after)
    )
    if before == after:
        return tr.render(msg("{state}, details changed", state=after))
    return tr.render(msg("{before} -> {after}", before=before, after=after))
