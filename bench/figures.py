"""Measured figures, and their targets in docs/performance.md."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from bench.program import compile_program


class Figure(NamedTuple):
    """A value with its unit (`x` for a ratio), and its target, an upper limit unless `least`."""

    name: str
    value: float
    unit: str
    target: float
    least: bool = False

    @property
    def is_met(self) -> bool:
        """Whether the target is met."""
        return self.value >= self.target if self.least else self.value <= self.target

    def __str__(self) -> str:
        bound = "at least" if self.least else "at most"
        missed = "" if self.is_met else "   missed"
        value = f"{self.value:9,.2f} {self.unit:10}"
        return f"{self.name:46}{value}{bound:>9} {self.target:,.4g} {self.unit}{missed}"


Measure = Callable[[Path, argparse.Namespace], Iterator[Figure]]
"""Measures something in an empty folder, with the command line's options."""


def options_of(description: str | None) -> argparse.Namespace:
    """The options that every benchmark has."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--runs", type=int, default=20, help="how often to run each")
    parser.add_argument("--units", type=int, default=10_000, help="units of the large campaign")
    parser.add_argument("--strict", action="store_true", help="fail if a target is missed")
    return parser.parse_args()


def report(measure: Measure, description: str | None) -> int:
    """Measure and print; give 1 if a target is missed and --strict is given."""
    options = options_of(description)
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
