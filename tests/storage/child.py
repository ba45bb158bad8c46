"""A writer in a process of its own, to be stopped and killed from outside.

    python -m tests.storage.child write FOLDER UNIT ITEM NAME COUNT
    python -m tests.storage.child stop FOLDER UNIT ITEM STEP
    python -m tests.storage.child backup DATA FILE STEP
    python -m tests.storage.child restore DATA FILE STEP

All print `ready` and wait for a line. `write` then makes COUNT changes and prints the
operation id of each one that was acknowledged. `stop` makes one change, prints the name
of the step at which it stands still, and goes on when it gets another line. So do `backup`
and `restore`, which replace what is there.
"""

from __future__ import annotations

import sys
from pathlib import Path

from campaigns.entries import Change, State
from campaigns.history import Person
from storage.disk.files import Step
from storage.tiny.store import TinyStore
from tests.storage.backup.backups import back_up, restore_from
from tests.storage.samples import NOW, ZONE

PATIENCE = 60.0
"""Seconds that a writer waits for a lock where the tests mean to lose nothing."""


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def write(folder: Path, unit: str, item: str, name: str, count: int) -> None:
    store = TinyStore(folder, zone=ZONE, lock_timeout=PATIENCE)
    for number in range(count):
        op = f"{name}-{number}"
        asked = Change(item, op, State.DOING, note=op)
        store.apply(unit, [asked], by=Person(name), at=NOW)
        say(op)


def standing_still_at(step: str) -> Step:
    def at_step(name: str) -> None:
        if name == step:
            say(name)
            sys.stdin.readline()

    return at_step


def stop(folder: Path, unit: str, item: str, step: str) -> None:
    at_step = standing_still_at(step)
    store = TinyStore(folder, zone=ZONE, lock_timeout=PATIENCE, at_step=at_step)
    asked = Change(item, f"stop-{step}", State.DOING, note=f"stop-{step}")
    store.apply(unit, [asked], by=Person("stopped-officer"), at=NOW)
    say("done")


def main(verb: str, folder: str, *words: str) -> None:
    say("ready")
    sys.stdin.readline()
    match verb, *words:
        case "write", unit, item, name, count:
            write(Path(folder), unit, item, name, int(count))
        case "stop", unit, item, step:
            stop(Path(folder), unit, item, step)
        case "backup", file, step:
            back_up(Path(folder), Path(file), overwrite=True, at_step=standing_still_at(step))
            say("done")
        case "restore", file, step:
            restore_from(Path(file), Path(folder), replace=True, at_step=standing_still_at(step))
            say("done")
        case _:
            raise ValueError(verb)


if __name__ == "__main__":
    main(*sys.argv[1:])
