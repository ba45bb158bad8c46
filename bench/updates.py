"""Changes recorded by many processes at once: how many a second, and how long one takes."""

from __future__ import annotations

import fcntl
import json
import random
import sys
import time
from argparse import Namespace
from collections.abc import Callable, Iterator
from datetime import timedelta
from multiprocessing import get_context
from multiprocessing.queues import Queue
from pathlib import Path
from statistics import quantiles

from tinydb import TinyDB, where

from bench.campaign import ACTIVITIES, PERSON, RECORDED, make_campaign
from bench.figures import Figure, report
from campaigns.entries import Change, State
from storage.protocol import ProgressStore

UNITS = 1_000
WRITERS = 8
OFFICERS = 50
SECONDS = 6.0
THINKING = (0.5, 1.5)
"""Seconds between two changes of one officer, far less than a person needs."""

Update = Callable[[random.Random, int], None]
"""Makes one change to a random item, given a number that no other change has."""

FORK = get_context("fork")


def measure(folder: Path, _: Namespace) -> Iterator[Figure]:
    """Eight processes as fast as they can, then fifty with pauses like officers'."""
    store = make_campaign(folder / "many", UNITS, written=UNITS)
    ours = Changes(store)
    rate = rate_of(ours)
    stock = rate_of(StockFile(folder / "stock.json", folder / "many" / "data" / "bench" / "units"))
    detail = f"{rate:,.0f} a second"
    yield Figure("updates of 8 processes", rate / stock, detail=detail, least=100)
    waits = latencies(OFFICERS, ours, THINKING)
    p99 = quantiles(waits, n=100)[98] * 1_000
    target = "a write with 50 officers, ms, 99th percentile"
    yield Figure("a write with 50 officers, p99", p99, target, "ms")


def rate_of(update: Update) -> float:
    """Changes a second by eight processes as fast as they can, counting until the last is done."""
    began = time.perf_counter()
    count = len(latencies(WRITERS, update, (0.0, 0.0)))
    return count / (time.perf_counter() - began)


class Changes:
    """Makes changes through duban's store."""

    def __init__(self, store: ProgressStore) -> None:
        self._store = store

    def __call__(self, chance: random.Random, number: int) -> None:
        """Report an item, or change its note."""
        unit = f"v{chance.randrange(UNITS)}"
        item = f"{unit}/a{chance.randrange(ACTIVITIES)}"
        change = Change(item, f"bench{number}", note=f"note {number}", state=State.DONE)
        at = RECORDED + timedelta(days=1)
        self._store.apply(unit, [change], by=PERSON, at=at)


class StockFile:
    """Makes the same changes in one TinyDB file with all records, locked for each change."""

    def __init__(self, path: Path, records: Path) -> None:
        self._path = path
        whole = [json.loads(record.read_bytes()) for record in records.glob("*.json")]
        with TinyDB(path) as database:
            for name in ("items", "events"):
                rows = (row for tables in whole for row in tables[name].values())
                database.table(name).insert_multiple(rows)

    def __call__(self, chance: random.Random, number: int) -> None:
        """Report an item, or change its note."""
        item = f"v{chance.randrange(UNITS)}/a{chance.randrange(ACTIVITIES)}"
        with self._path.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            with TinyDB(self._path) as database:
                entry = {"item": item, "state": "done", "note": f"note {number}"}
                database.table("items").upsert(entry, where("item") == item)
                database.table("events").insert({"op": f"bench{number}", "after": entry})


def latencies(processes: int, update: Update, thinking: tuple[float, float]) -> list[float]:
    """How many seconds each change took that was started within SECONDS."""
    results: Queue[list[float]] = FORK.Queue()
    workers = [
        FORK.Process(target=_work, args=(number, update, thinking, results))
        for number in range(processes)
    ]
    for worker in workers:
        worker.start()
    found = [took for _ in workers for took in results.get()]
    for worker in workers:
        worker.join()
    return found


def _work(
    number: int, update: Update, thinking: tuple[float, float], results: Queue[list[float]]
) -> None:
    chance = random.Random(number)
    took: list[float] = []
    end = time.perf_counter() + SECONDS
    time.sleep(chance.uniform(0, thinking[1]))
    while (began := time.perf_counter()) < end:
        update(chance, number * 1_000_000 + len(took))
        took.append(time.perf_counter() - began)
        time.sleep(chance.uniform(*thinking))
    results.put(took)


if __name__ == "__main__":
    sys.exit(report(measure, __doc__))
