"""Statistics and history as a terminal shows them: straight columns, few bytes, ASCII alone."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import pytest

from campaigns.entries import Change, State
from campaigns.history import Person
from campaigns.reading.loader import load
from tests.pty_terminal import Terminal, duban
from tests.screens.sample import DEFINITION, store_of
from tests.screens.views import digit_of

ROOT: Final = Path(__file__).parents[1]
STATISTICS: Final = digit_of("Statistics")
HISTORY: Final = digit_of("History")
DOWN: Final = "\x1b[B"
SIZES: Final = [(80, 24), (200, 60), (40, 10)]
UNITS: Final = 30


class Desk:
    """A campaign of thirty villages, each with something recorded, and its terminals."""

    def __init__(self, folder: Path, stack: ExitStack, text: str) -> None:
        self._folder, self._stack = folder, stack
        self._file = folder / "campaign.yaml"
        villages = "".join(
            f"  - {{id: v{n}, name: {n}号村, kind: village}}\n" for n in range(UNITS)
        )
        self._file.write_text(text.replace("metrics:\n", villages + "metrics:\n", 1), "utf-8")
        store = store_of(folder, load(self._file))
        noon = datetime(2022, 6, 1, 4, tzinfo=UTC)
        for number in range(UNITS):
            item = f"v{number}/weekly@2022-06-01"
            change = Change(item, item, state=State.DONE, metrics={"people": number})
            by, at = Person("officer-2"), noon + timedelta(hours=number)
            store.apply(f"v{number}", [change], by=by, at=at)

    def open(self, *options: str, columns: int, rows: int) -> Terminal:
        arguments = ("-c", str(self._file), "-d", str(self._folder / "data"), *options)
        environ = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "HOME": str(self._folder),
            "TERM": "xterm-256color",
            "LANG": "C.UTF-8",
            "USER": "officer-1",
        }
        command = duban(*arguments, "--now", "2022-06-08T12:00", "tui")
        terminal = self._stack.enter_context(Terminal(command, environ, columns=columns, rows=rows))
        terminal.wait_for("F1")
        return terminal


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


@pytest.fixture
def desk(tmp_path: Path, stack: ExitStack) -> Desk:
    return Desk(tmp_path, stack, DEFINITION)


def settle(terminal: Terminal) -> None:
    """Read until nothing more comes."""
    while terminal.quiet_for(1.2):
        pass


def columns_of_row(terminal: Terminal, y: int, characters: str) -> list[int]:
    """The columns of a line in which one of some characters stands."""
    cells = terminal.screen.buffer[y]
    return [
        x for x in range(terminal.screen.columns) if cells[x].data and cells[x].data in characters
    ]


@pytest.mark.parametrize(("columns", "rows"), SIZES)
def test_bars_of_the_statistics_begin_in_one_column(desk: Desk, columns: int, rows: int) -> None:
    terminal = desk.open("--lang", "zh", columns=columns, rows=rows)
    terminal.send(STATISTICS)
    terminal.wait_for("30/226")
    settle(terminal)
    bars = [columns_of_row(terminal, y, "▪▢") for y in range(2, rows - 3)]
    begins = {bar[0] for bar, y in zip(bars, range(2, rows - 3), strict=True)
              if bar and columns_of_row(terminal, y, "%")}  # fmt: skip
    assert len(begins) == 1


@pytest.mark.parametrize(("columns", "rows"), SIZES)
def test_what_the_history_says_begins_in_one_column(desk: Desk, columns: int, rows: int) -> None:
    terminal = desk.open("--lang", "zh", columns=columns, rows=rows)
    terminal.send(HISTORY)
    terminal.wait_for("06-02 17:00")
    settle(terminal)
    ticks = [y for y in range(rows) if columns_of_row(terminal, y, "✓") == [1]]
    assert len(ticks) >= 5
    assert len({columns_of_row(terminal, y, "未")[0] for y in ticks}) == 1


@pytest.mark.parametrize(("digit", "text"), [(STATISTICS, "30/226"), (HISTORY, "06-02 17:00")])
def test_a_cursor_key_costs_at_most_a_hundred_bytes(desk: Desk, digit: str, text: str) -> None:
    terminal = desk.open("--lang", "zh", columns=80, rows=24)
    terminal.send(digit)
    terminal.wait_for(text)
    costs = [cost_of(terminal, DOWN) for _ in range(5)]
    # The median: where the machine is busy, what is drawn at rest may come along.
    assert 0 < sorted(costs)[2] <= 100


def cost_of(terminal: Terminal, key: str) -> int:
    """The bytes that come until the cursor stands on another line."""
    settle(terminal)
    line, before = cursor_line(terminal), len(terminal.written)
    terminal.send(key)
    terminal.wait_until(lambda: cursor_line(terminal) not in (line, None))
    return len(terminal.written) - before


def cursor_line(terminal: Terminal) -> int | None:
    """The line of the view that has the cursor's mark, None between two frames."""
    lines = range(2, terminal.screen.lines - 2)
    return next((y for y in lines if terminal.screen.buffer[y][0].data == "▸"), None)


@pytest.mark.parametrize("digit", [STATISTICS, HISTORY])
def test_an_open_view_writes_nothing_while_nothing_happens(desk: Desk, digit: str) -> None:
    terminal = desk.open("--lang", "zh", columns=80, rows=24)
    terminal.send(digit)
    terminal.wait_for(f"▸{digit}")
    settle(terminal)
    assert terminal.quiet_for(3.0) == 0


def test_ascii_alone(tmp_path: Path, stack: ExitStack) -> None:
    text = "".join(each if each.isascii() else "x" for each in DEFINITION)
    desk = Desk(tmp_path, stack, text.replace("号村", ""))
    terminal = desk.open("--lang", "en", "--ascii", columns=80, rows=24)
    terminal.send(STATISTICS)
    terminal.wait_for("Progress by section")
    terminal.send(HISTORY)
    terminal.wait_for("not started -> submitted")
    written = terminal.written.decode()
    assert {each for each in written if not each.isascii()} <= {"号", "村"}
