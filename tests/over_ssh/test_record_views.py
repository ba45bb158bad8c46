"""Statistics and history as a terminal shows them: straight columns, few bytes, ASCII alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from typing import Final

import pytest

from campaigns.entries import Change, State
from tests.over_ssh.desk import NOW, Desk
from tests.over_ssh.terminal import Terminal
from tests.screens.sample import DEFINITION, NOON, OTHER, opening_at
from tests.screens.views import digit_of

STATISTICS: Final = digit_of("Statistics")
HISTORY: Final = digit_of("History")
IN_VIEW: Final = {STATISTICS: "30/226", HISTORY: "06-02 17:00"}
DOWN: Final = "\x1b[B"
SIZES: Final = [(80, 24), (200, 60), (40, 10)]
UNITS: Final = 30


def with_villages(text: str, name: str) -> str:
    """A definition with thirty more villages."""
    villages = "".join(f"  - {{id: v{n}, name: {n}{name}, kind: village}}\n" for n in range(UNITS))
    return text.replace("metrics:\n", villages + "metrics:\n", 1)


def record_in_each(desk: Desk) -> None:
    """Record something in each of the thirty, an hour apart."""
    opening = opening_at(desk.folder)
    store = opening.make_store(opening.load())
    for number in range(UNITS):
        item = f"v{number}/weekly@2022-06-01"
        change = Change(item, item, state=State.DONE, metrics={"people": number})
        at = NOON - timedelta(days=7, hours=-number)
        store.apply(f"v{number}", [change], by=OTHER, at=at)


@pytest.fixture(scope="module")
def terminal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Terminal]:
    with ExitStack() as stack:
        definition = with_villages(DEFINITION, "号村")
        desk = Desk(tmp_path_factory.mktemp("desk"), stack, definition)
        record_in_each(desk)
        yield desk.open_at_noon()


def show(terminal: Terminal, digit: str, columns: int = 80, rows: int = 24) -> None:
    """Show one of the two views in a window of this size."""
    terminal.resize(columns, rows)
    terminal.settle()
    terminal.send(digit)
    terminal.wait_for(IN_VIEW[digit])
    terminal.settle()


def columns_of_row(terminal: Terminal, y: int, characters: str) -> list[int]:
    """The columns of a line in which one of some characters stands."""
    cells = terminal.screen.buffer[y]
    return [
        x for x in range(terminal.screen.columns) if cells[x].data and cells[x].data in characters
    ]


@pytest.mark.parametrize(("columns", "rows"), SIZES)
def test_bars_of_the_statistics_begin_in_one_column(
    terminal: Terminal, columns: int, rows: int
) -> None:
    show(terminal, STATISTICS, columns, rows)
    bars = [columns_of_row(terminal, y, "▪▢") for y in range(2, rows - 3)]
    begins = {bar[0] for bar, y in zip(bars, range(2, rows - 3), strict=True)
              if bar and columns_of_row(terminal, y, "%")}  # fmt: skip
    assert len(begins) == 1


@pytest.mark.parametrize(("columns", "rows"), SIZES)
def test_what_the_history_says_begins_in_one_column(
    terminal: Terminal, columns: int, rows: int
) -> None:
    show(terminal, HISTORY, columns, rows)
    ticks = [y for y in range(rows) if columns_of_row(terminal, y, "✓") == [1]]
    assert len(ticks) >= 5
    assert len({columns_of_row(terminal, y, "未")[0] for y in ticks}) == 1


@pytest.mark.parametrize("digit", IN_VIEW)
def test_a_cursor_key_costs_at_most_a_hundred_bytes(terminal: Terminal, digit: str) -> None:
    show(terminal, digit)
    costs = [cost_of(terminal, DOWN) for _ in range(5)]
    # The median: where the machine is busy, what is drawn at rest may come along.
    assert 0 < sorted(costs)[2] <= 100


def cost_of(terminal: Terminal, key: str) -> int:
    """The bytes that come until the cursor stands on another line."""
    terminal.settle()
    line, before = cursor_line(terminal), len(terminal.written)
    terminal.send(key)
    terminal.wait_until(lambda: cursor_line(terminal) not in (line, None))
    return len(terminal.written) - before


def cursor_line(terminal: Terminal) -> int | None:
    """The line of the view that has the cursor's mark, None between two frames."""
    lines = range(2, terminal.screen.lines - 2)
    return next((y for y in lines if terminal.screen.buffer[y][0].data == "▸"), None)


@pytest.mark.parametrize("digit", IN_VIEW)
def test_an_open_view_writes_nothing_while_nothing_happens(terminal: Terminal, digit: str) -> None:
    show(terminal, digit)
    assert terminal.quiet_for(3.0) == 0


def test_ascii_alone(desk: Desk) -> None:
    text = "".join(each if each.isascii() else "x" for each in DEFINITION)
    desk.file.write_text(with_villages(text, "x"), encoding="utf-8")
    record_in_each(desk)
    terminal = desk.open("--now", NOW, "--lang", "en", "--ascii")
    terminal.wait_for("F10")
    terminal.send(STATISTICS)
    terminal.wait_for("Progress by section")
    terminal.send(HISTORY)
    terminal.wait_for("not started -> submitted")
    assert terminal.written.decode().isascii()
