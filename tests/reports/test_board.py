"""The board as a table for spreadsheets."""

from __future__ import annotations

import csv
import io

import pytest
from msgspec.structs import replace

from campaigns.definition import UnitKind
from campaigns.entries import State
from campaigns.standing.matrix import Cell, Columns
from campaigns.timing import Timing
from campaigns.words.standing import cell_words
from i18n.catalogue import open_catalogue
from i18n.messages import msg
from reports.board import board_csv, harmless
from tests.campaigns.builders import at, entry
from tests.campaigns.progress import COLUMNS, NOW, SCHEDULE, UNITS, boards, matrix, matrix_of

EN = open_catalogue("en")
KINDS = SCHEDULE.campaign.unit_kinds


def table(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


def test_a_row_per_unit_and_a_column_per_occurrence() -> None:
    entries = {
        "unit-0/plan": replace(entry(State.DONE), received_at=at("2022-06-02 10:00")),
        "unit-1/plan": replace(entry(State.DONE), received_at=at("2022-05-31 10:00")),
        "unit-2/plan": entry(State.RETURNED),
        "unit-3/plan": entry(State.WAIVED),
    }
    head, *rows = table(board_csv(matrix_of(entries), KINDS, SCHEDULE.zone, EN))
    assert head == [
        "id", "unit", "kind", "activity early 2022-05-20", "activity plan 2022-05-31",
        "activity scheme 2022-05-31",
        *(f"activity weekly 2022-06-{d} 18:00" for d in ("01", "08", "15")),
        "activity news 2022-06-15",
        *(f"activity weekly 2022-06-{d} 18:00" for d in ("22", "29")),
        "activity summary 2022-07-04", "activity free", "activity tally",
    ]  # fmt: skip
    assert [row[0] for row in rows] == [unit.id for unit in UNITS]
    assert rows[0][1:3] == ["unit unit-0", "村"]
    assert [row[4] for row in rows[:5]] == [
        "submitted, late", "submitted", "returned, overdue", "not applicable", "overdue",
    ]  # fmt: skip
    assert rows[0][5] == ""
    assert (rows[1][8], rows[1][10]) == ("due soon", "upcoming")


@pytest.mark.parametrize("seed", range(3))
def test_a_cell_says_what_the_matrix_says(seed: int) -> None:
    of = matrix(boards(seed))
    _, *rows = table(board_csv(of, KINDS, SCHEDULE.zone, EN))
    for row, cells in zip(of.rows, rows, strict=True):
        for place, words in enumerate(cells[3:]):
            cell = row.cell(place)
            assert words == ("" if cell is None else EN.render(cell_words(cell)))


def test_nil_reports_and_urgency_are_said_in_words() -> None:
    def words(state: State, timing: Timing, *, nil: bool = False) -> str:
        return EN.render(cell_words(Cell(state, timing, nil)))

    assert words(State.DONE, Timing.ON_TIME, nil=True) == "nil report"
    assert words(State.DONE, Timing.LATE, nil=True) == "nil report, late"
    assert words(State.VERIFIED, Timing.LATE) == "verified, late"
    assert words(State.DOING, Timing.OVERDUE) == "overdue"
    assert words(State.DOING, Timing.DUE_SOON) == "in progress"
    assert words(State.TODO, Timing.UNDATED) == "not started"


def test_a_unit_that_cannot_be_read_says_so_in_every_cell() -> None:
    board = replace(boards(0)[0], lines=(), fault=msg("garbage"))
    _, row = table(board_csv(matrix([board]), KINDS, SCHEDULE.zone, EN))
    assert row[3:] == ["unreadable"] * len(COLUMNS)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "＝1", "\t=1"])
def test_what_a_spreadsheet_would_calculate_is_text(text: str) -> None:
    assert harmless(text) == "'" + text


@pytest.mark.parametrize("text", ["", "荫城村", "1-2", "a=b", "3.5"])
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert harmless(text) == text


def test_formulas_from_the_definition_reach_no_spreadsheet() -> None:
    evil = replace(UNITS[0], name='=HYPERLINK("x")', kind="evil")
    activities = tuple(
        replace(one, title="+cmd") for one in SCHEDULE.campaign.sections[0].activities
    )
    section = replace(SCHEDULE.campaign.sections[0], activities=activities)
    columns = Columns(type(SCHEDULE)(replace(SCHEDULE.campaign, sections=(section,))))
    row = replace(columns.unread(UNITS[0]), unit=evil)
    of = replace(matrix_of({}, NOW), columns=columns.all, rows=(row,))
    head, cells = table(board_csv(of, {"evil": UnitKind("evil", "@evil")}, SCHEDULE.zone, EN))
    assert all(title.startswith("'+cmd") for title in head[3:])
    assert cells[:3] == ["unit-0", '\'=HYPERLINK("x")', "'@evil"]
