"""The board as CSV for spreadsheets: a row for each unit, a column for each occurrence."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import tzinfo
from typing import Final

from campaigns.definition import UnitKind
from campaigns.plain_text import one_line
from campaigns.standing.matrix import Column, Matrix, Row
from campaigns.terms import deadline_text
from campaigns.words.standing import cell_words
from i18n.catalogue import Translator

_FORMULA: Final = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r")
"""Beginnings of texts that a spreadsheet takes for formulas (OWASP, CSV injection)."""


def board_csv(matrix: Matrix, kinds: Mapping[str, UnitKind], zone: tzinfo, tr: Translator) -> str:
    """The table as CSV, with a heading line and LF after each row.

    A cell is empty if the unit does not owe the item. Deadlines are shown in `zone`.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    heads = [tr("id"), tr("unit"), tr("kind"), *(_head(c, zone) for c in matrix.columns)]
    for cells in (heads, *(_cells(row, kinds, tr) for row in matrix.rows)):
        writer.writerow(harmless(one_line(cell)) for cell in cells)
    return text.getvalue()


def harmless(text: str) -> str:
    """A text made safe for spreadsheets: one that looks like a formula gets an apostrophe."""
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text


def _head(column: Column, zone: tzinfo) -> str:
    """The title and the deadline, which distinguishes the occurrences of an activity."""
    due = column.occurrence.due
    return column.title if due is None else f"{column.title} {deadline_text(due, zone)}"


def _cells(row: Row, kinds: Mapping[str, UnitKind], tr: Translator) -> Iterable[str]:
    yield from (row.unit.id, row.unit.name, kinds[row.unit.kind].name)
    for place in range(len(row.cells)):
        cell = row.cell(place)
        if row.fault is not None:
            yield tr("unreadable")
        else:
            yield "" if cell is None else tr.render(cell_words(cell))
