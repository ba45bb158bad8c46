"""View 3: what is due on which day, and which units have submitted it."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from textual.app import ComposeResult
from textual.strip import Strip
from textual.widget import Widget

from campaigns.overviews.agenda import Deadline
from widgets.agenda.layout import lay_out
from widgets.agenda.list import AgendaList
from widgets.agenda.names import AgendaNames
from widgets.agenda.rows import Member
from widgets.line_list import MARKER_WIDTH
from widgets.list_view import ListView
from widgets.look import Look
from widgets.unread_line import UnreadLine
from widgets.view import EnterDoes, Picture
from widgets.words import liaison_words


class AgendaHead(Widget):
    """The column heads of the agenda."""

    DEFAULT_CSS = """
    AgendaHead { height: 1; }
    """

    def __init__(self, look: Look) -> None:
        super().__init__(classes="pane-head")
        self._look = look

    def render_line(self, y: int) -> Strip:
        """Draw the heads."""
        width, style, tr = self.size.width, self.rich_style, self._look.tr
        layout = lay_out(width - MARKER_WIDTH, tr)
        heads = [tr.render(name) for name, _ in layout.counts]
        texts = layout.texts(tr("time"), tr("activity"), heads, tr("missing units"))
        text = " " * MARKER_WIDTH + "".join(texts)
        return Strip([Segment(text, style)]).adjust_cell_length(width, style)


class AgendaView(ListView[AgendaList]):
    """Days with their deadlines. Enter opens a deadline, and the units under it are items."""

    enter: ClassVar[EnterDoes] = "expand"

    def __init__(self, look: Look) -> None:
        super().__init__(AgendaList(look, id="agenda"), id="agenda-view")
        self._look = look
        self._picture: Picture | None = None
        self._unread = UnreadLine(look)
        self._names = AgendaNames(look)

    def compose(self) -> ComposeResult:
        """Heads, units left out, deadlines, and the names for the one under the cursor."""
        yield AgendaHead(self._look)
        yield self._unread
        yield self.list
        yield self._names

    def show(self, picture: Picture) -> None:
        """Show the deadlines of these units."""
        self._picture = picture
        self._unread.show(picture.matrix)
        self.list.show(picture)
        self.rest()

    def rest(self) -> None:
        """Name the units of the deadline under the cursor."""
        if self._picture is not None:
            self._names.show(self._picture.matrix, self.list.deadline)

    def enter_row(self) -> None:
        """Open or close a deadline; on a unit, go to its item."""
        pointed = self.pointed
        if pointed is None:
            self.list.toggle()
        else:
            self.post_message(self.Jump(pointed.unit, pointed.item))

    @property
    def explanation(self) -> str:
        """The full title, its deadline, and whom to call in the unit under the cursor."""
        row, tr = self.list.current, self._look.tr
        deadline = self.list.deadline
        if deadline is None:
            return ""
        parts = [deadline.column.title, self._look.deadline(deadline.due)]
        if isinstance(row, Member):
            parts = [row.unit.name, *parts, liaison_words(row.unit)]
        elif isinstance(row, Deadline):
            parts.append(tr("Enter: its units"))
        return "  ".join(part for part in parts if part)
