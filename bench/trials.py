"""Programs that run in turns, how long each takes, and how many instructions."""

from __future__ import annotations

import re
import shutil
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from typing import Final, NamedTuple

from bench.program import environment

NO_VALGRIND: Final = "no valgrind"

Timed = Callable[[], float]
"""Runs something once and gives its seconds."""


class Sample(NamedTuple):
    """The seconds of all runs of one program."""

    times: tuple[float, ...]

    @property
    def median(self) -> float:
        """The median of the runs."""
        return median(self.times)

    @property
    def spread(self) -> float:
        """The range of the middle half of the runs, as a share of the median."""
        low, _, high = quantiles(self.times, n=4)
        return (high - low) / self.median


def in_turns(runs: int, *programs: Timed) -> list[Sample]:
    """Run all programs in turns, so that what else the machine does meets them alike.

    One run of each before that fills their caches.
    """
    rounds = [[program() for program in programs] for _ in range(runs + 1)][1:]
    return [Sample(times) for times in zip(*rounds, strict=True)]


def command(
    arguments: Sequence[str], prepare: Callable[[], None] | None = None, home: Path | None = None
) -> Timed:
    """The run of a command whose output nobody reads, after `prepare`, which is not counted.

    Raises CalledProcessError if it fails (1 only means overdue).
    """
    environ = environment() if home is None else environment(str(home))

    def run() -> float:
        if prepare is not None:
            prepare()
        began = time.perf_counter()
        done = subprocess.run(
            arguments,
            env=environ,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            check=False,
        )
        took = time.perf_counter() - began
        if done.returncode not in (0, 1):
            raise subprocess.CalledProcessError(done.returncode, arguments, stderr=done.stderr)
        return took

    return run


def instructions(
    arguments: Sequence[str], run: Callable[[Sequence[str]], object] | None = None
) -> float | None:
    """Millions of instructions of a command, None without valgrind.

    `run` runs the command that it is given to the end, by default without a terminal.
    """
    valgrind = shutil.which("valgrind")
    if valgrind is None:
        return None
    with TemporaryDirectory() as folder:
        log = Path(folder, "log")
        counted = [valgrind, "--tool=cachegrind", "--cache-sim=no", f"--log-file={log}"]
        counted += [f"--cachegrind-out-file={folder}/out", *arguments]
        (run or _silently)(counted)
        found = re.search(r"I\s+refs:\s+([\d,]+)", log.read_text())
    return int(found[1].replace(",", "")) / 1e6 if found else None


def _silently(arguments: Sequence[str]) -> None:
    command(arguments)()
