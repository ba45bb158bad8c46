"""A list longer than the window shows the line under its cursor."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from tests.screens.sample import DEFINITION, app_of, opening_at, until
from widgets.line_list import LineList

_HEAD, _REST = DEFINITION.split("units:\n", 1)
MANY: Final = (
    f"{_HEAD}units:\n"
    + "".join(f"  - {{id: unit-{n}, name: 单位{n}, kind: village}}\n" for n in range(40))
    + _REST[_REST.index("metrics:") :]
)


@pytest.mark.parametrize("digit", ["1", "3", "4"])
async def test_the_last_line_is_seen_when_the_cursor_is_there(tmp_path: Path, digit: str) -> None:
    app = app_of(opening_at(tmp_path, text=MANY))
    async with app.run_test(size=(80, 12)) as pilot:
        await pilot.press("left", digit)

        def here() -> LineList:
            focused = app.screen.focused
            assert isinstance(focused, LineList)
            return focused

        await until(pilot, lambda: here().row_count > here().size.height > 0)
        await pilot.press("end")
        await until(pilot, lambda: here().cursor > here().size.height)
        await until(pilot, lambda: here().scroll_offset.y > 0)
        assert here().cursor - here().scroll_offset.y < here().size.height
