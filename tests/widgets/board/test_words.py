"""What the status line says of a cell of the board."""

from __future__ import annotations

from array import array
from typing import Final
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from campaigns.definition import Level, Unit
from campaigns.entries import State
from campaigns.glyphs import UNICODE_GLYPHS
from campaigns.items import Occurrence
from campaigns.standing.matrix import CELLS, NO_ITEM, Cell, Column, Row
from campaigns.timing import Timing
from campaigns.totals import Progress
from i18n.catalogue import open_catalogue
from i18n.messages import msg
from tests.campaigns.builders import activity, at
from widgets.board.words import explain
from widgets.look import Look

LOOK: Final = Look(open_catalogue("en"), UNICODE_GLYPHS, ZoneInfo("Asia/Shanghai"))
PROGRESS: Final = Progress(expected=3, reported=1, overdue=2)
NOW: Final = at("2022-06-10 18:30")
UNIT: Final = Unit("north", "北村", "village")


def column(*, level: Level = "required", due: str | None = "2022-06-08 18:00") -> Column:
    title = replace(activity(level=level), title="报送周活动开展情况")
    return Column(title, Occurrence(None, None, None, at(due) if due else None))


def row(cell: Cell | None) -> Row:
    code = CELLS.index(cell) if cell else NO_ITEM
    return Row(UNIT, bytes([code]), array("I", [0]))


def said(of: Row, over: Column | None = None, width: int = 200) -> str:
    return explain(LOOK, of, 0, over or column(), PROGRESS, NOW, width)


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (Cell(State.TODO, Timing.OVERDUE), "not started  overdue 2 d"),
        (Cell(State.RETURNED, Timing.OVERDUE), "returned  overdue 2 d"),
        (Cell(State.DOING, Timing.DUE_SOON), "in progress  due soon"),
        (Cell(State.DONE, Timing.LATE), "submitted  late"),
        (Cell(State.DONE, Timing.ON_TIME, True), "nil report"),
        (Cell(State.VERIFIED, Timing.ON_TIME), "verified"),
        (Cell(State.WAIVED, Timing.EXEMPT), "not applicable"),
        (None, "not owed by this unit"),
    ],
)
def test_state_and_lateness_are_said(cell: Cell | None, words: str) -> None:
    before, after = "北村  报送周活动开展情况  due 06-08 18:00  ", "  column 1/3, overdue 2"
    assert said(row(cell)) == before + words + after


def test_what_is_not_asked_for_is_called_optional() -> None:
    optional = column(level="optional", due=None)
    assert "no deadline  not started  optional  " in said(
        row(Cell(State.TODO, Timing.UNDATED)), optional
    )


def test_a_unit_that_is_not_read_yet_or_cannot_be_read_says_so() -> None:
    assert "not read yet" in said(replace(row(None), read=False))
    assert said(replace(row(None), fault=msg("damaged"))) == "北村  damaged"


def test_in_a_narrow_window_the_title_gives_way() -> None:
    overdue = row(Cell(State.TODO, Timing.OVERDUE))
    assert said(overdue, width=60).startswith(
        "北村  报送周活 ..  due 06-08 18:00  not started  overdue 2 d  "
    )
    assert said(overdue, width=20).startswith("北村  报送周..  due 06-08 18:00  ")
