"""Faults upon faults on a store that many write to, and an account of what became of it.

    python -m tests.faults.soak [--seconds N] [--seed N] [--writers N] [--only WORDS]

Prints a table and ends with 1 if anything acknowledged was lost, a file was torn, a
chain is faulty, or another promise was broken; 0 otherwise. `make soak` runs it.
"""

from __future__ import annotations

import argparse
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from pathlib import Path
from random import Random
from typing import Final

from msgspec import Struct

from storage.unit.archiving import MOST_LIVE_EVENTS
from tests.faults import damage, disks, sessions, signals
from tests.faults.clerk import Clerk, Login, Work, carry_out, hire
from tests.faults.command import CommandLine, can_start
from tests.faults.crew import Crew
from tests.faults.disks import OFFICERS, Skipped
from tests.faults.inspection import inspect
from tests.faults.orders import Orders
from tests.faults.place import Place, lay_out
from tests.faults.scene import Happening, Scene, Stuck
from tests.faults.survey import steps_of
from tests.faults.table import Row, details, heading, line

LONGEST_ROUND: Final = 15.0
_LONG_ROUND: Final = 3.0
_COMMANDS_OF_32: Final = 3


def _no_preparation(_place: Place) -> AbstractContextManager[None]:
    return nullcontext()


class Fault(Struct, frozen=True):
    """A fault: what happens, which errors it may cause, and what it needs to be prepared."""

    name: str
    happen: Callable[[Scene], Happening]
    allowed: frozenset[str] = frozenset()
    prepare: Callable[[Place], AbstractContextManager[None]] = _no_preparation
    logins: tuple[Login | None, ...] = (None,)


_FULL: Final = frozenset({"Full"})
_BAD_FILE: Final = frozenset({"Corrupt", "NewerSchema"})

FAULTS: Final = (
    Fault("no fault", signals.nothing),
    Fault("kill, HUP, TERM, INT at random", signals.signals_at_random),
    Fault("STOP, then CONT or kill", signals.stops_at_random),
    Fault("ended at each step", signals.signals_at_each_step),
    Fault("holder stopped past the limit", signals.holder_stands_still),
    Fault("sessions that lose their line", sessions.lost_lines),
    Fault("full disk", disks.full_disk, _FULL, disks.small_disk),
    Fault("limit on file sizes", disks.limited_files, _FULL),
    Fault("read-only file system", disks.read_only_disk, frozenset({"ReadOnly"}),
          disks.small_disk),
    Fault("folder closed to writing", disks.closed_folder, frozenset({"Denied"}),
          disks.group_folder, OFFICERS),
    Fault("two accounts, umask 022 and 077", disks.two_accounts,
          prepare=disks.group_folder, logins=OFFICERS),
    Fault("damaged unit file", damage.damaged_file, _BAD_FILE),
    Fault("clock moved back", damage.clock_moved_back),
    Fault("lock file deleted", damage.deleted_locks),
    Fault("locks folder moved away", damage.deleted_lock_folder),
    Fault("feed.log deleted or garbled", damage.garbled_feed),
    Fault("leftovers of killed writers", damage.stale_temporaries),
    Fault("stale revisions", damage.stale_revisions),
)  # fmt: skip


class Plan(Struct, frozen=True):
    """How long (seconds in all), with what seed, by how many writers, and which faults."""

    seconds: float
    seed: int
    writers: int = 32
    faults: Sequence[Fault] = FAULTS
    work: Work = carry_out


def soak(plan: Plan) -> Iterator[Row]:
    """Inflict each fault, again and again until the time is over, a row for each round."""
    seconds = min(LONGEST_ROUND, plan.seconds / len(plan.faults))
    rounds = max(1, round(plan.seconds / (seconds * len(plan.faults))))
    steps = steps_of()
    for number in range(rounds):
        for fault in plan.faults:
            chance = Random(f"{plan.seed}/{number}/{fault.name}")
            yield _round(plan, fault, chance, seconds, steps)


def _round(
    plan: Plan, fault: Fault, chance: Random, seconds: float, steps: Mapping[str, int]
) -> Row:
    with ExitStack() as stack:
        place = stack.enter_context(_place())
        try:
            stack.enter_context(fault.prepare(place))
        except Skipped as skipped:
            return Row(fault.name, skipped=str(skipped))
        crew = stack.enter_context(_crew(plan, fault, place, chance))
        orders = Orders(chance)
        scene = Scene(place, crew, orders, chance, time.monotonic() + seconds, steps, fault.allowed)
        since = scene.store().changed_units(None)[0]
        if seconds >= _LONG_ROUND and chance.random() < 0.5:
            scene.write_much(MOST_LIVE_EVENTS - 20)
            scene.until = time.monotonic() + seconds
        try:
            scene.run(fault.happen)
        except Stuck as stuck:
            scene.complaints.append(f"the writers do not come to an end: {stuck}")
        findings = inspect(scene, since)
    left = list(sessions.left_behind(place))
    if left:
        findings.others.append(f"{len(left)} processes are left behind: {left}")
    ledger = scene.ledger
    return Row(fault.name, scene.inflicted, len(ledger.tried), len(ledger.acknowledged),
               len(ledger.refused), len(ledger.retried), findings)  # fmt: skip


@contextmanager
def _place() -> Iterator[Place]:
    base = Path(tempfile.mkdtemp(prefix="duban-soak-"))
    try:
        yield lay_out(base)
    finally:
        shutil.rmtree(base)


@contextmanager
def _crew(plan: Plan, fault: Fault, place: Place, chance: Random) -> Iterator[Crew]:
    """Clerks, and a few at the command line; their logins in turn."""
    logins: dict[str, Login | None] = {}

    def clerk(name: str) -> Clerk:
        return hire(place.store, name, logins[name], plan.work)

    crew = Crew(chance, clerk)
    typing = plan.work is carry_out and all(
        login is None or can_start(place, login) for login in fault.logins
    )
    commands = plan.writers * _COMMANDS_OF_32 // 32 if typing else 0
    try:
        for number in range(plan.writers - commands):
            logins[f"clerk-{number}"] = fault.logins[number % len(fault.logins)]
            crew.hands.append(clerk(f"clerk-{number}"))
        for number in range(commands):
            login = fault.logins[number % len(fault.logins)]
            crew.hands.append(CommandLine(_login_name(login), place, login))
        yield crew
    finally:
        crew.dismiss()


def _login_name(login: Login | None) -> str:
    import os
    import pwd

    uid = os.getuid() if login is None else login.uid
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)


def report(plan: Plan) -> int:
    """Run a plan and print the table as it grows. Gives 1 if anything was broken."""
    out = sys.stdout
    out.write(f"seed {plan.seed}, {plan.writers} writers, {plan.seconds:g} s of faults\n")
    out.write(heading() + "\n")
    out.flush()
    rows = []
    for row in soak(plan):
        rows.append(row)
        out.write("\n".join((line(row), *details(row))) + "\n")
        out.flush()
    clean = all(row.clean for row in rows)
    verdict = "Every promise held." if clean else f"A promise was broken; seed {plan.seed}."
    out.write(verdict + "\n")
    return 0 if clean else 1


def main(arguments: Sequence[str] | None = None) -> int:
    # Whoever ends it leaves neither writers nor a mounted disk behind.
    for signum in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(signum, lambda number, _frame: sys.exit(128 + number))
    # A shell lets what it starts in the background ignore this one; writers must not.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    parser = argparse.ArgumentParser(prog="soak", description="Fault upon fault, and an account.")
    parser.add_argument("--seconds", type=float, default=180)
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--writers", type=int, default=32)
    parser.add_argument("--only", default="", help="faults whose name has these words")
    asked = parser.parse_args(arguments)
    seed = int(time.time()) if asked.seed is None else asked.seed
    faults = tuple(fault for fault in FAULTS if asked.only in fault.name)
    if not faults:
        parser.error("no fault has this name")
    return report(Plan(asked.seconds, seed, asked.writers, faults))


if __name__ == "__main__":
    sys.exit(main())
