"""Measured figures in one table, with their targets in docs/performance.md."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, NamedTuple

from bench.program import compile_program
from bench.targets import targets
from bench.trials import Sample

LEAST_RUNS: Final = 15
"""Medians of fewer runs say too little."""

_HEADINGS: Final = f"{'':46}{'target':>8}{'ratio':>13}  {'figure':17}{'spread':>7}  instructions"


class Counts(NamedTuple):
    """Millions of instructions of a program and of what it is compared with."""

    ours: float
    base: float | None = None

    def __str__(self) -> str:
        ratio = "" if self.base is None else f" = {self.ours / self.base:.2f} x"
        return f"{self.ours:,.0f} M{ratio}"


class Figure(NamedTuple):
    """One row of the table.

    `target` is the row of docs/performance.md whose limit holds for `value`, "" for none, `least`
    a lower limit instead. `value` is a ratio, unless `unit` says otherwise. `detail` says what
    was measured in seconds or bytes, `spread` is the middle half as a share of the median.
    """

    name: str
    value: float
    target: str = ""
    unit: str = "x"
    detail: str = ""
    spread: float | None = None
    instructions: Counts | str = ""
    least: float | None = None

    @property
    def limit(self) -> float | None:
        """The upper limit of `value`."""
        return targets()[self.target] if self.target else None

    @property
    def is_met(self) -> bool:
        """Whether the target is met; yes if there is none."""
        if self.least is not None:
            return self.value >= self.least
        return self.limit is None or self.value <= self.limit

    def __str__(self) -> str:
        bound = f">= {self.least:g}" if self.least is not None else ""
        bound = bound or ("" if self.limit is None else f"{self.limit:g}")
        value = f"{self.value:,.2f} {self.unit}"
        spread = "" if self.spread is None else f"{self.spread:.0%}"
        missed = "" if self.is_met else "  missed"
        line = f"{self.name:46}{bound:>8}{value:>13}  {self.detail:17}{spread:>7}  "
        return f"{line}{self.instructions}{missed}".rstrip()


def compared(
    name: str, target: str, ours: Sample, base: Sample, instructions: Counts | str = ""
) -> Figure:
    """The ratio of two medians, with the time and the spread of ours."""
    detail = f"{ours.median * 1000:,.1f} ms"
    ratio = ours.median / base.median
    spread = ours.spread
    return Figure(name, ratio, target, "x", detail, spread, instructions)


Measure = Callable[[Path, argparse.Namespace], Iterator[Figure]]
"""Measures something in an empty folder, with the command line's options."""


def options_of(description: str | None) -> argparse.Namespace:
    """The options that every benchmark has."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--runs", type=int, default=LEAST_RUNS, help="how often to run each")
    parser.add_argument("--units", type=int, default=10_000, help="units of the large campaign")
    parser.add_argument("--strict", action="store_true", help="fail if a target is missed")
    return parser.parse_args()


def report(measure: Measure, description: str | None) -> int:
    """Measure and print; give 1 if a target is missed and --strict is given."""
    options = options_of(description)
    show_headings()
    met = show(measure, options)
    return 1 if options.strict and not met else 0


def show(measure: Measure, options: argparse.Namespace) -> bool:
    """Print each figure as soon as it is measured. Gives whether all targets are met."""
    compile_program()
    met = True
    with TemporaryDirectory() as folder:
        os.environ["XDG_CACHE_HOME"] = f"{folder}/caches"
        for figure in measure(Path(folder), options):
            print(figure, flush=True)
            met = met and figure.is_met
    return met


def show_headings() -> None:
    """Print the headings of the table."""
    print(_HEADINGS, flush=True)
