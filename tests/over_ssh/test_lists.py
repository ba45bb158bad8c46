"""The agenda and the chase list on a terminal: columns that stand straight, and few bytes."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from tests.over_ssh.desk import NOW, Desk
from tests.over_ssh.terminal import Terminal
from tests.screens.views import digit_of

VIEWS = ("Agenda", "Chase list")
DOWN, UP = "\x1b[B", "\x1b[A"


@pytest.fixture(scope="module")
def terminal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Terminal]:
    with ExitStack() as stack:
        desk = Desk(tmp_path_factory.mktemp("desk"), stack)
        terminal = desk.open("--now", NOW, "--lang", "en")
        terminal.wait_for("F10")
        terminal.wait_for("南村")
        yield terminal


def open_view(terminal: Terminal, name: str) -> None:
    digit = digit_of(name)
    terminal.send(digit)
    terminal.wait_for(f"▸{digit} {name}")
    terminal.wait_for("overdue" if name == "Chase list" else "missing 3: ")
    terminal.settle()


def cells(terminal: Terminal, y: int) -> list[str]:
    """What stands in each column of a line; the second one of a wide character is empty."""
    return [terminal.screen.buffer[y][x].data for x in range(terminal.screen.columns)]


def lines_with(terminal: Terminal, text: str) -> list[list[str]]:
    lines = (cells(terminal, y) for y in range(terminal.screen.lines))
    return [line for line in lines if text in "".join(line)]


def test_counts_stand_under_their_heads(terminal: Terminal) -> None:
    open_view(terminal, "Agenda")
    head = cells(terminal, 1)
    text = "".join(head)
    assert text.isascii()
    for name in ("owed", "handed in", "late", "missing"):
        end = text.index(name) + len(name) - 1
        column = [line[end] for line in lines_with(terminal, "报送周活动")[:3]]
        assert len(column) == 3
        assert set("".join(column)) <= set("0123456789-")


def test_deadlines_stand_under_each_other(terminal: Terminal) -> None:
    open_view(terminal, "Chase list")
    lines = [line for line in lines_with(terminal, "06-0") if "周" in line]
    assert {"".join(line[-24:-19]) for line in lines} == {"06-01", "06-08"}
    assert {line[-1] for line in lines} <= {"d", "h", "n"}


@pytest.mark.parametrize("name", VIEWS)
def test_a_held_cursor_key_costs_few_bytes(terminal: Terminal, name: str) -> None:
    open_view(terminal, name)
    written = []
    for key in (DOWN, UP) * 12:
        before = len(terminal.written)
        terminal.send(key)
        terminal.quiet_for(1 / 30)
        written.append(len(terminal.written) - before)
    assert 0 < statistics.median(written) <= 100


@pytest.mark.parametrize("name", VIEWS)
def test_an_idle_view_writes_nothing(terminal: Terminal, name: str) -> None:
    open_view(terminal, name)
    assert terminal.quiet_for(2.5) == 0
