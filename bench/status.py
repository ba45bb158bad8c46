"""How long `duban status` takes, in multiples of `python -c pass` (design section 9).

Run by `make bench`, with the python and the `duban` of the install. Prints a table of
what was measured beside its target; with --strict it fails where one is missed.
Each figure is the least of several runs, for other work on the machine only adds to it.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from campaigns.entries import Change, State
from campaigns.history import Person
from commands.context import make_store
from storage.compiled import load

NOW = "2022-06-15T10:00"
RECORDED = datetime(2022, 6, 1, tzinfo=UTC)
ACTIVITIES = 30
SETTLING = 0.15
"""Seconds until a cache may rely on the time stamps of files just made."""

Prepare = Callable[[], None]


class Figure(NamedTuple):
    """What was measured, the multiple of `python -c pass`, and the most it may be."""

    name: str
    ratio: float
    target: float


def main() -> int:
    """Measure, print the table, and give 1 where --strict is given and a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=20, help="runs of each; the least counts")
    parser.add_argument("--units", type=int, default=10_000, help="units of the large campaign")
    parser.add_argument("--strict", action="store_true", help="fail where a target is missed")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        figures = list(measure(Path(folder), options.runs, options.units))
    for name, ratio, target in figures:
        print(f"{name:44} {ratio:6.2f} x   at most {target:5.1f} x")
    missed = any(figure.ratio > figure.target for figure in figures)
    return 1 if options.strict and missed else 0


def measure(folder: Path, runs: int, large: int) -> Iterator[Figure]:
    """Every figure of design section 9 that concerns `status`."""
    small = campaign(folder / "small", 40)
    cache = small / "data" / "bench" / "cache"
    for form in ("short", "table"):
        command, name = status(small, form), f"{form}, 40 x 30"
        yield Figure(f"{name}, warm", ratio(runs, command), 3)
        compiled = ratio(runs, command, lambda: (cache / "rollup.json").unlink(missing_ok=True))
        yield Figure(f"{name}, definition compiled", compiled, 4.5)
        with without_folder(cache):
            yield Figure(f"{name}, no cache", ratio(runs, command), 4.5)
        least(2, command)
    many = campaign(folder / "large", large)
    for form in ("short", "table"):
        yield Figure(f"{form}, {large} x 30, warm", ratio(runs, status(many, form)), 12)


def campaign(folder: Path, units: int) -> Path:
    """A campaign of so many units, each with a record, whose caches are filled."""
    folder.mkdir()
    definition = folder / "bench.yaml"
    definition.write_text(definition_of(units), encoding="utf-8")
    record(definition, folder / "data", units)
    time.sleep(SETTLING)
    least(2, status(folder, "short"))
    return folder


def definition_of(units: int) -> str:
    """A definition with a month of deadlines, each unit owing 30 items."""
    lines = [
        "{format: 1, id: bench, title: 安全生产月, issued: 2022-05-30,",
        " period: {from: 2022-06-01, to: 2022-06-30}, language: zh-CN,",
        " unit_kinds: {village: {name: 村}}, units: [",
        *(f"  {{id: v{n}, name: 第{n}村, kind: village}}," for n in range(units)),
        " ], sections: [{id: reports, title: 报送, activities: [",
        *(f"  {{id: a{n}, title: 事项{n}, due: {due(n)}}}," for n in range(ACTIVITIES)),
        " ]}]}",
    ]
    return "\n".join(lines) + "\n"


def due(number: int) -> str:
    """The deadline of an activity, one a day."""
    return f"2022-06-{number % 28 + 1:02} 18:00"


def record(definition: Path, data: Path, units: int) -> None:
    """Report two items of each unit: the first unit's by a write, the others by its likeness."""
    loaded = load(definition, data)
    store = make_store(loaded, data)
    changes = [Change(f"v0/a{n}", f"op{n}", state=State.DONE) for n in range(2)]
    store.apply("v0", changes, by=Person("bench"), at=RECORDED)
    first = data / "bench" / "units" / "v0.json"
    text = first.read_text(encoding="utf-8")
    for number in range(1, units):
        unit = f"v{number}"
        likeness = text.replace('"v0/', f'"{unit}/').replace('"v0"', f'"{unit}"')
        first.with_name(f"{unit}.json").write_text(likeness, encoding="utf-8")


def status(folder: Path, form: str) -> list[str]:
    """The command line of one status."""
    command = Path(sys.executable).with_name("duban")
    files = ["-c", str(folder / "bench.yaml"), "-d", str(folder / "data")]
    return [str(command), "--now", NOW, "--lang", "zh", *files, "status", "--format", form]


def ratio(runs: int, command: Sequence[str], prepare: Prepare | None = None) -> float:
    """The least time of a command over that of `python -c pass`, run in turns with it."""
    nothing = [sys.executable, "-c", "pass"]
    times = [(one_run(command, prepare), one_run(nothing, None)) for _ in range(runs)]
    return min(time for time, _ in times) / min(base for _, base in times)


def least(runs: int, command: Sequence[str], prepare: Prepare | None = None) -> float:
    """The least time, in seconds, that a command took; `prepare` is not counted."""
    return min(one_run(command, prepare) for _ in range(runs))


def one_run(command: Sequence[str], prepare: Prepare | None) -> float:
    """The time of one run. Raises CalledProcessError where it fails (1 says: overdue)."""
    if prepare is not None:
        prepare()
    began = time.perf_counter()
    done = subprocess.run(command, stdout=subprocess.DEVNULL, check=False)
    took = time.perf_counter() - began
    if done.returncode not in (0, 1):
        raise subprocess.CalledProcessError(done.returncode, command)
    return took


@contextmanager
def without_folder(cache: Path) -> Iterator[None]:
    """Within, nothing can be cached: a file stands where the folder was."""
    shutil.rmtree(cache)
    cache.touch()
    try:
        yield
    finally:
        cache.unlink()


if __name__ == "__main__":
    sys.exit(main())
