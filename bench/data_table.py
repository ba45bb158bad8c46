"""A Textual app with one DataTable of as many rows and columns as the board, to compare with."""

from __future__ import annotations

import sys
from typing import Any, ClassVar

from textual.app import App, ComposeResult
from textual.widgets import DataTable

COLUMNS = 28
"""As many as the bench's campaign has deadlines."""


class TableApp(App[None]):
    """Shows a table of glyphs."""

    ENABLE_COMMAND_PALETTE: ClassVar[bool] = False

    def compose(self) -> ComposeResult:
        """The table."""
        table: DataTable[Any] = DataTable(fixed_columns=1, cursor_type="cell")
        table.add_columns("单位", *(f"{number:02}" for number in range(COLUMNS)))
        for number in range(int(sys.argv[1])):
            table.add_row(f"第{number}村", *("✓" if number % 3 else "☐" for _ in range(COLUMNS)))
        yield table


if __name__ == "__main__":
    TableApp().run(mouse=False)
