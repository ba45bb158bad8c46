"""The glyph and the style of a cell of the board."""

from __future__ import annotations

from typing import Final, NamedTuple

from campaigns.glyphs import Glyphs
from campaigns.standing.matrix import CELLS, Cell
from campaigns.timing import Timing
from widgets.urgency import urgency

ASKING_CLASS: Final = "board--asking"
"""The component class of what is expected, but not urgent."""

_ASKING: Final = frozenset({Timing.OPEN, Timing.UNDATED})


class CellFace(NamedTuple):
    """A glyph, and the component class of its style."""

    glyph: str
    style: str


def cell_faces(glyphs: Glyphs, *, counts: bool) -> tuple[CellFace | None, ...]:
    """The face for each code of a cell, None for the code of no item.

    Items that do not count, the optional ones and those before issue, never stand out.
    """
    return tuple(
        None
        if cell is None
        else CellFace(glyphs.of(cell.state, cell.timing), _style_of(cell, counts=counts))
        for cell in CELLS
    )


def _style_of(cell: Cell, *, counts: bool) -> str:
    if not counts:
        return "line--faint"
    if cell.owed and cell.timing in _ASKING:
        return ASKING_CLASS
    return urgency(cell.state, cell.timing)
