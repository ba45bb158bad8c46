"""How long the first complete frame takes, compared with an empty Textual app.

The programs run as processes on a pty of 80×24, taking turns. The ratio is of the medians.
"""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median

from bench.campaign import make_campaign
from bench.figures import Figure, report
from bench.session import (
    Session,
    empty_app,
    empty_is_complete,
    interface,
    interface_is_complete,
)

QUIET = 0.4
"""Seconds without output after which everything is drawn."""


def measure(folder: Path, options: Namespace) -> Iterator[Figure]:
    """The first frame with 40 units, and with thousands."""
    sizes = (40, options.units)
    for units in sizes:
        make_campaign(folder / str(units), units)
        first_frame(interface(folder / str(units)), interface_is_complete)  # fills the cache
    runs = max(3, options.runs // 2)
    empty: list[float] = []
    ours: dict[int, list[float]] = {units: [] for units in sizes}
    for _ in range(runs):
        empty.append(first_frame(empty_app(), empty_is_complete))
        for units in sizes:
            times = first_frame(interface(folder / str(units)), interface_is_complete)
            ours[units].append(times)
    for units in sizes:
        name = f"first frame, {units} units"
        yield Figure(name, median(ours[units]) / median(empty), "x", 1.15)


def first_frame(command: Sequence[str], is_complete: Callable[[str], bool]) -> float:
    """Seconds until the first complete frame."""
    with Session(command) as session:
        session.read_until_quiet(QUIET)
        return session.time_of(is_complete)


if __name__ == "__main__":
    sys.exit(report(measure, __doc__))
