"""The board as an ssh client sees it: bytes for each key, and columns that stand straight."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Final

import pytest

from tests.over_ssh.desk import Desk
from tests.over_ssh.terminal import Terminal

UP, DOWN, RIGHT, LEFT = "\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D"
END, HOME, PAGE_UP, PAGE_DOWN = "\x1b[F", "\x1b[H", "\x1b[5~", "\x1b[6~"

MOST_BYTES_FOR_A_KEY: Final = 100
"""A cursor key in view (docs/performance.md, "Targets")."""

NAMES: Final = (
    "北村",
    "南村一个名字特别长的行政村",
    "A站",
    "第3行政村（山区）",
    "a很长很长的名字b",
)
UNITS: Final = "\n".join(
    f"  - {{id: u{n}, name: {NAMES[n % len(NAMES)]}{n}, kind: village}}" for n in range(40)
)
DEFINITION: Final = f"""\
format: 1
id: wide
title: 演练月
issued: 2022-05-30
period: {{from: 2022-06-01, to: 2022-06-30}}
unit_kinds:
  village: {{name: 村}}
units:
{UNITS}
sections:
  - id: reports
    title: 报送
    activities:
      - {{id: daily, title: 每日一报, due: {{every: day, at: 18:00}}}}
      - {{id: weekly, title: 周报, for: [u1, u3], due: {{every: week, on: wed}}}}
      - {{id: drill, title: Drill 演练, due: 2022-06-30}}
      - {{id: free, title: 信息, level: optional}}
"""

GLYPHS: Final = frozenset("☐▢⚑✗▪✓☑☒- ")


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Terminal]:
    """The board with every unit read."""
    with ExitStack() as stack:
        terminal = Desk(tmp_path_factory.mktemp("desk"), stack, DEFINITION).open_at_noon()
        terminal.send("2")
        terminal.wait_until(lambda: "▸✗" in terminal.text)
        terminal.wait_until(lambda: terminal.text.count("/3") >= 14)
        yield terminal


def at_the_top(board: Terminal, columns: int = 80) -> Terminal:
    """The board in a window of this width, its cursor on the first cell."""
    board.resize(columns, 24)
    board.send(HOME + PAGE_UP * 3)
    board.settle()
    return board


def test_a_cursor_key_costs_few_bytes(board: Terminal) -> None:
    terminal = at_the_top(board)
    sizes: dict[str, list[int]] = {}
    for key in (RIGHT, RIGHT, DOWN, DOWN, LEFT, UP, *[RIGHT] * 9, DOWN, *[LEFT] * 3, UP):
        before, place = len(terminal.written), cursor_of(terminal)
        terminal.send(key)
        terminal.wait_until(lambda place=place: cursor_of(terminal) not in (None, place))  # type: ignore[misc]
        sizes.setdefault(key, []).append(len(terminal.written) - before)
        terminal.settle()
    assert max(max(found) for found in sizes.values()) <= MOST_BYTES_FOR_A_KEY, sizes


def cursor_of(terminal: Terminal) -> tuple[int, int] | None:
    """Where the one cursor of the board stands on the screen; None while it is being moved."""
    rows = terminal.text.splitlines()[:-2]
    found = [(y, row.index("▸")) for y, row in enumerate(rows) if "▸" in row]
    return found[0] if len(found) == 1 else None


def test_an_idle_board_writes_nothing(board: Terminal) -> None:
    assert at_the_top(board).quiet_for(3.0) == 0


@pytest.mark.parametrize("columns", [40, 59, 60, 80, 81, 82, 109, 110, 200])
def test_every_row_stands_straight(board: Terminal, columns: int) -> None:
    terminal = at_the_top(board, columns)
    label = 36 if columns >= 110 else 24 if columns >= 60 else 16
    assert_straight(terminal, label)
    for keys in (DOWN * 5 + RIGHT * 4, END, PAGE_DOWN + HOME):
        terminal.send(keys)
        terminal.settle()
        assert_straight(terminal, label)


def assert_straight(terminal: Terminal, label: int) -> None:
    """Each cell of each row stands under its head, whatever the name's characters."""
    rows = range(4, terminal.screen.lines - 5)
    dividers = set()
    for y in rows:
        line = terminal.screen.buffer[y]
        assert line[label - 1].data.isdigit(), terminal.text
        for x in range(label, terminal.screen.columns - 2, 3):
            before, glyph, after = (line[x + i].data for i in range(3))
            assert before in {" ", "|", "▸"}, terminal.text
            assert glyph in GLYPHS, terminal.text
            assert after == " ", terminal.text
            if before == "|":
                dividers.add(x)
    assert len(dividers) <= 1


@pytest.mark.parametrize("columns", [40, 80, 110])
def test_what_was_drawn_bit_by_bit_is_what_is_drawn_at_once(board: Terminal, columns: int) -> None:
    terminal = at_the_top(board, columns)
    ticked = terminal.text.count("✓")
    for key in (" ", DOWN, *[RIGHT] * 3, " ", DOWN, LEFT, " ", UP, RIGHT):
        terminal.send(key)
        terminal.settle()
    assert abs(terminal.text.count("✓") - ticked) == 3
    bit_by_bit = board_lines(terminal)
    terminal.send("1")
    terminal.wait_until(lambda: "▸1" in terminal.text)
    terminal.send("2")
    terminal.wait_until(lambda: "▸2" in terminal.text)
    terminal.settle()
    assert board_lines(terminal) == bit_by_bit


def board_lines(terminal: Terminal) -> list[str]:
    return terminal.text.splitlines()[1:-3]
