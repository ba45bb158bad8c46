"""Where the cursor is put while the units of a large roll are still being read."""

from __future__ import annotations

from typing import Final

from textual.app import App, ComposeResult

from campaigns.entries import State
from campaigns.glyphs import UNICODE_GLYPHS
from campaigns.standing.matrix import Matrix
from i18n.catalogue import open_catalogue
from tests.campaigns.builders import entry
from tests.campaigns.progress import COLUMNS, NOW, SCHEDULE, UNITS, matrix_of
from widgets.agenda.list import AgendaList
from widgets.agenda.view import AgendaView
from widgets.chase.list import ChaseList
from widgets.chase.view import ChaseView
from widgets.look import Look
from widgets.view import Picture, View

LOOK: Final = Look(open_catalogue("en"), UNICODE_GLYPHS, SCHEDULE.zone)


class Bare(App[None]):
    """A view and nothing else."""

    def __init__(self, view: View) -> None:
        super().__init__()
        self.view = view

    def compose(self) -> ComposeResult:
        yield self.view


def read(*units: str) -> Picture:
    """The picture while only these units were read: `unit-0` has nothing missing yet."""
    rows = matrix_of({"unit-0/plan": entry(State.DONE)}).rows
    known = (row if row.unit.id in units else COLUMNS.unread(row.unit) for row in rows)
    return Picture(Matrix(COLUMNS.all, tuple(known)), NOW)


WHOLE: Final = tuple(unit.id for unit in UNITS)
PLANS_IN: Final = {f"{unit}/plan": entry(State.DONE) for unit in WHOLE}


async def test_the_agenda_begins_anew_until_all_are_read_or_the_cursor_is_moved() -> None:
    for moves in (False, True):
        view = AgendaView(LOOK)
        async with Bare(view).run_test(size=(80, 24)) as pilot:
            agenda = view.query_one(AgendaList)
            view.show(read("unit-0"))
            await pilot.pause()
            assert agenda.deadline is not None
            assert agenda.deadline.column.activity.id == "news"
            if moves:
                agenda.action_move(1)
            view.show(read(*WHOLE))
            await pilot.pause()
            assert agenda.deadline.column.activity.id == ("summary" if moves else "plan")
            here = agenda.deadline.column
            view.show(Picture(matrix_of(PLANS_IN), NOW))
            assert agenda.deadline.column == here


async def test_the_chase_list_stays_at_its_beginning_until_all_are_read() -> None:
    for moves in (False, True):
        view = ChaseView(LOOK, lambda _chase, _groups, _now: "")
        async with Bare(view).run_test(size=(80, 24)) as pilot:
            chase = view.query_one(ChaseList)
            view.show(read("unit-8"))
            await pilot.pause()
            assert view.pointed is not None
            assert view.pointed.item == "unit-8/plan"
            if moves:
                chase.action_move(1)
            view.show(read(*WHOLE))
            await pilot.pause()
            assert view.pointed.item == ("unit-8/scheme" if moves else "unit-2/plan")
            view.show(read(*WHOLE[3:]))
            assert view.pointed.item == ("unit-8/scheme" if moves else "unit-3/plan")
