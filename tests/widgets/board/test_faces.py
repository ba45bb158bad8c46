"""What a cell of the board looks like."""

from __future__ import annotations

from campaigns.entries import State
from campaigns.glyphs import ASCII_GLYPHS, UNICODE_GLYPHS
from campaigns.standing.matrix import CELLS, NO_ITEM, Cell
from campaigns.timing import Timing
from widgets.board.faces import CellFace, cell_faces

COUNTING = cell_faces(UNICODE_GLYPHS, counts=True)
OTHERS = cell_faces(UNICODE_GLYPHS, counts=False)


def code(state: State, timing: Timing) -> int:
    return CELLS.index(Cell(state, timing))


def test_a_cell_without_an_item_has_no_face() -> None:
    assert COUNTING[NO_ITEM] is None
    assert OTHERS[NO_ITEM] is None


def test_what_is_late_or_asked_for_stands_out() -> None:
    assert COUNTING[code(State.TODO, Timing.OVERDUE)] == CellFace("✗", "line--overdue")
    assert COUNTING[code(State.TODO, Timing.OPEN)] == CellFace("☐", "board--asking")
    assert COUNTING[code(State.TODO, Timing.UPCOMING)] == CellFace("▢", "line--faint")
    assert COUNTING[code(State.DONE, Timing.ON_TIME)] == CellFace("✓", "line--reported")


def test_what_does_not_count_has_the_same_glyphs_and_stays_calm() -> None:
    for counting, other in zip(COUNTING[1:], OTHERS[1:], strict=True):
        assert counting is not None
        assert other == CellFace(counting.glyph, "line--faint")


def test_ascii_faces_are_ascii() -> None:
    assert all(face.glyph.isascii() for face in cell_faces(ASCII_GLYPHS, counts=True) if face)
