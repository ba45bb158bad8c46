"""What scrolling and painting the board cost in processor time, compared with a DataTable.

Both have the same number of rows and columns, run on a pty of 80×24, and take turns.
"""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from pathlib import Path

from bench.campaign import make_campaign
from bench.figures import Figure, compared, report
from bench.program import ROOT
from bench.session import COLUMNS, ROWS, Session, interface
from bench.trials import in_turns

UNITS = 1_000
BOARD = b"2"
PAGE_DOWN, PAGE_UP = b"\x1b[6~", b"\x1b[5~"
AT_ONCE = 10
"""Pages scrolled, or windows resized, in one run."""

QUIET = 0.3
"""Seconds without output after which everything is drawn."""

Act = Callable[[Session, int], None]


def measure(folder: Path, options: Namespace) -> Iterator[Figure]:
    """Scroll page by page, then draw everything again in a window of another width."""
    make_campaign(folder / "many", UNITS)
    table = [sys.executable, str(ROOT / "bench" / "data_table.py"), str(UNITS)]
    with Session(interface(folder / "many")) as board, Session(table) as other:
        for session in (board, other):
            session.read_until_quiet(2.0)
        board.send(BOARD)
        board.read_until_quiet(2.0)
        for name, act in (("scrolling", _scroll), ("painting", _paint)):
            ours, base = in_turns(options.runs, _timed(board, act), _timed(other, act))
            yield compared(name, name, ours, base)


def _timed(session: Session, act: Act) -> Callable[[], float]:
    """The processor time of doing something ten times."""

    def run() -> float:
        before = session.cpu()
        for number in range(AT_ONCE):
            act(session, number)
            session.read_for(0.1)
        session.read_until_quiet(QUIET)
        return session.cpu() - before

    return run


def _scroll(session: Session, number: int) -> None:
    session.send(PAGE_DOWN if number < AT_ONCE // 2 else PAGE_UP)


def _paint(session: Session, number: int) -> None:
    session.resize(COLUMNS - (number + 1) % 2, ROWS)


if __name__ == "__main__":
    sys.exit(report(measure, __doc__))
