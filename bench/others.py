"""Other programs that people keep lists with, beside duban: those that are on PATH.

Each is given as many tasks as the campaign has items. Lists are compared with `status`, programs
that fill the terminal with the first frame.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from argparse import Namespace
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from bench.campaign import ACTIVITIES, make_campaign
from bench.figures import Figure, compared, report
from bench.first_frame import QUIET
from bench.program import environment
from bench.session import Session, interface
from bench.status import status
from bench.trials import Timed, command, in_turns

UNITS = 40
TASKS = UNITS * ACTIVITIES
ON_TERMINAL = ("dooit", "kanban-tui")


def measure(folder: Path, options: Namespace) -> Iterator[Figure]:
    """Every program that is there, with duban's time over its own."""
    make_campaign(folder / "small", UNITS)
    table, ours = command(status(folder / "small", "table")), interface(folder / "small")
    lists = {"task": _taskwarrior, "todo": _todoman, "calcurse": _calcurse}
    for name, prepare in lists.items():
        path = shutil.which(name)
        if path is None:
            yield Figure(f"status against {name}", float("nan"), detail="not installed")
            continue
        first, other = in_turns(options.runs, table, prepare(path, folder))
        yield compared(f"status against {name}", "", first, other)
    for name in ON_TERMINAL:
        path = shutil.which(name)
        if path is None:
            yield Figure(f"first frame against {name}", float("nan"), detail="not installed")
            continue
        first, other = in_turns(
            options.runs, partial(_drawn, ours), partial(_drawn, [path], str(folder))
        )
        yield compared(f"first frame against {name}", "", first, other)


def _taskwarrior(path: str, folder: Path) -> Timed:
    settings = [f"rc.data.location={folder}/task", "rc.confirmation=no", "rc.verbose=nothing"]
    (folder / "task").mkdir()
    (folder / ".taskrc").touch()
    tasks = [{"description": f"事项{n}", "due": "20220615T100000Z"} for n in range(TASKS)]
    text = json.dumps(tasks)
    subprocess.run(
        [path, *settings, "import"],
        input=text,
        text=True,
        check=True,
        env=environment(str(folder)),
        stdout=subprocess.DEVNULL,
    )
    return command([path, *settings, "list"], home=folder)


def _todoman(path: str, folder: Path) -> Timed:
    (folder / "lists" / "one").mkdir(parents=True)
    settings = folder / "todoman.py"
    settings.write_text(f'path = "{folder}/lists/*"\ncache_path = "{folder}/todoman.sqlite3"\n')
    for n in range(TASKS):
        lines = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:bench", "BEGIN:VTODO", f"UID:{n}",
                 f"SUMMARY:事项{n}", "DUE:20220615T100000Z", "DTSTAMP:20220601T000000Z",
                 "END:VTODO", "END:VCALENDAR", "")  # fmt: skip
        (folder / "lists" / "one" / f"{n}.ics").write_text("\r\n".join(lines), encoding="utf-8")
    return command([path, "--config", str(settings), "list"], home=folder)


def _calcurse(path: str, folder: Path) -> Timed:
    (folder / "calcurse").mkdir()
    lines = "".join(f"[1] 事项{n}\n" for n in range(TASKS))
    (folder / "calcurse" / "todo").write_text(lines, encoding="utf-8")
    return command([path, "-D", str(folder / "calcurse"), "-t"], home=folder)


def _drawn(arguments: list[str], home: str = "/nonexistent") -> float:
    """Seconds until the first output after which nothing was written for a while."""
    with Session(arguments, home) as session:
        session.read_until_quiet(QUIET)
        return session.chunks[-1][0] - session.began


if __name__ == "__main__":
    sys.exit(report(measure, __doc__))
