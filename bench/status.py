"""How long `duban status` takes, as a multiple of `python -c pass`.

Each figure is from the fastest of several runs, since other work only makes a run slower.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from argparse import Namespace
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from bench.campaign import make_campaign
from bench.figures import Figure, report
from bench.program import duban, environment

Prepare = Callable[[], None]


def measure(folder: Path, options: Namespace) -> Iterator[Figure]:
    """All figures about `status`."""
    yield from _small(folder / "small", options.runs)
    make_campaign(folder / "large", options.units)
    for form in ("short", "table"):
        times = ratio(options.runs, status(folder / "large", form))
        yield Figure(f"{form}, {options.units} x 30, warm", times, "x", 12)


def _small(folder: Path, runs: int) -> Iterator[Figure]:
    make_campaign(folder, 40)
    caches = Path(os.environ["XDG_CACHE_HOME"], "duban")
    for form in ("short", "table"):
        command, name = status(folder, form), f"{form}, 40 x 30"
        yield Figure(f"{name}, warm", ratio(runs, command), "x", 3)
        compiled = ratio(runs, command, lambda: _remove(caches.glob("rollup-*.json")))
        yield Figure(f"{name}, definition compiled", compiled, "x", 4.5)
        times = ratio(runs, command, lambda: _remove(caches.glob("*.json")))
        yield Figure(f"{name}, no cache", times, "x", 4.5)


def _remove(files: Iterable[Path]) -> None:
    for file in files:
        file.unlink()


def status(folder: Path, form: str) -> list[str]:
    """The command line of `duban status`."""
    return duban(folder, "status", "--format", form)


def ratio(runs: int, command: Sequence[str], prepare: Prepare | None = None) -> float:
    """The shortest time of a command as a multiple of that of `python -c pass`.

    They take turns. Two runs before that fill the caches.
    """
    nothing = [sys.executable, "-c", "pass"]
    times = [(one_run(command, prepare), one_run(nothing)) for _ in range(runs + 2)][2:]
    return min(time for time, _ in times) / min(base for _, base in times)


def one_run(command: Sequence[str], prepare: Prepare | None = None) -> float:
    """The seconds of one run. Raises CalledProcessError if it fails (1 only means overdue)."""
    if prepare is not None:
        prepare()
    began = time.perf_counter()
    done = subprocess.run(command, env=environment(), stdout=subprocess.DEVNULL, check=False)
    took = time.perf_counter() - began
    if done.returncode not in (0, 1):
        raise subprocess.CalledProcessError(done.returncode, command)
    return took


if __name__ == "__main__":
    sys.exit(report(measure, __doc__))
