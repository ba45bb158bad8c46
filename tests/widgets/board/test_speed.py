"""The board of 10,000 units stays quick: a few instructions a row, none for each cell."""

from __future__ import annotations

from array import array
from datetime import date, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace
from textual.app import App, ComposeResult

from campaigns.definition import By, Unit
from campaigns.glyphs import UNICODE_GLYPHS
from campaigns.scheduling.schedule import Schedule
from campaigns.standing.board import build_unit
from campaigns.standing.matrix import NO_ITEM, Columns, Matrix, Row
from i18n.catalogue import open_catalogue
from tests.campaigns.builders import activity, at, campaign, record, unit
from tests.counting import counted_instructions
from widgets.board.view import BoardView
from widgets.look import Look
from widgets.view import Picture

UNITS: Final = 10_000
COLUMNS: Final = 50
NOW: Final = at("2022-06-16 12:00")
MOST_FOR_A_ROW: Final = 40
"""Instructions; fewer than one for each of its cells."""


class Bare(App[None]):
    """The board and nothing else."""

    def compose(self) -> ComposeResult:
        yield BoardView(Look(open_catalogue("en"), UNICODE_GLYPHS, ZoneInfo("Asia/Shanghai")))


def columns_and_row() -> tuple[Columns, Row]:
    first = date(2022, 6, 1)
    activities = (activity(f"a{n}", By(first + timedelta(days=n))) for n in range(COLUMNS))
    schedule = Schedule(campaign(*activities))
    columns = Columns(schedule)
    return columns, columns.row(build_unit(schedule, unit(), record(), NOW))


def rows_like(row: Row) -> tuple[Row, ...]:
    return tuple(replace(row, unit=Unit(f"u{n}", f"第{n}村", "village")) for n in range(UNITS))


async def test_showing_another_picture_is_quick() -> None:
    columns, row = columns_and_row()
    rows = rows_like(row)
    app = Bare()
    async with app.run_test(size=(300, 60)) as pilot:
        view = app.query_one(BoardView)
        view.show(Picture(Matrix(columns.all, rows), NOW))
        await pilot.pause()
        other = Picture(Matrix(columns.all, (*rows[:-1], replace(rows[-1], cells=row.cells))), NOW)
        with counted_instructions() as instructions:
            view.show(other)
        assert instructions.total < MOST_FOR_A_ROW * UNITS


@pytest.mark.parametrize("step", [1, -1])
def test_the_next_overdue_item_is_found_quickly_where_there_is_one(step: int) -> None:
    columns, row = columns_and_row()
    calm = replace(row, cells=bytes([NO_ITEM]) * COLUMNS, revs=array("I", [0]) * COLUMNS)
    matrix = Matrix(columns.all, (*rows_like(calm), row))
    with counted_instructions() as instructions:
        assert matrix.next_overdue(0, 0, step)
    assert instructions.total < MOST_FOR_A_ROW * UNITS
