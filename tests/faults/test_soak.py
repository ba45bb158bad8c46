"""The fault suite, short: `make soak` runs it for minutes."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests import ROOT
from tests.faults.broken import KINDS
from tests.faults.soak import FAULTS
from tests.faults.table import HEADINGS

SEED = "20220615"


def run(module: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A process of its own, without threads, so that it may fork its writers."""
    command = [sys.executable, "-X", "utf8", "-m", f"tests.faults.{module}", *arguments]
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False, timeout=300
    )


def test_every_fault_leaves_every_promise() -> None:
    done = run("soak", "--seconds", "4", "--writers", "12", "--seed", SEED)
    assert done.returncode == 0, done.stdout + done.stderr
    first, heading, *rows, verdict = done.stdout.splitlines()
    assert SEED in first
    assert heading.split()[-4:] == ["lost", "torn", "faulty", "chains"]
    assert [row.split("  ")[0] for row in rows] == [fault.name for fault in FAULTS]
    for row in rows:
        if "skipped" not in row:
            numbers = [int(word) for word in row.split()[-len(HEADINGS) :]]
            assert numbers[2] > 0, row
            assert numbers[-3:] == [0, 0, 0], row
    assert verdict == "Every promise held."


@pytest.mark.parametrize("kind", KINDS)
def test_writers_that_break_a_promise_are_found_out(kind: str) -> None:
    done = run("broken", kind)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "A promise was broken" in done.stdout
    row = done.stdout.splitlines()[2]
    lost, torn, faulty = (int(word) for word in row.split()[-3:])
    assert lost + torn + faulty > 0, done.stdout
    if kind == "writes-in-place":
        assert torn > 0, done.stdout
