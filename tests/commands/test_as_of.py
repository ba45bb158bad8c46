"""`--as-of` is what status said then, byte for byte, whatever came after."""

from __future__ import annotations

import random
from typing import Final

import pytest

from tests.commands.conftest import Duban

VIEWS: Final[tuple[tuple[str, ...], ...]] = (
    ("--format", "json"),
    ("--format", "csv"),
    ("--items", "--format", "csv"),
    ("--items",),
    ("--format", "short"),
)
WORK: Final = (
    ("mark", "{unit}/plan", "done", "--note", "齐全"),
    ("mark", "{unit}/weekly@2022-06-01", "done", "--nil"),
    ("mark", "{unit}/weekly@2022-06-01", "returned", "--note", "缺照片"),
    ("mark", "{unit}/weekly@2022-06-08", "done", "--metric", "people=12"),
    ("mark", "{unit}/big-2", "waived", "--note", "没有这项工作"),
    ("mark", "{unit}/plan", "verified"),
    ("undo", "{unit}/weekly@2022-06-08"),
    ("redo", "{unit}/weekly@2022-06-08"),
    ("undo", "{unit}/plan"),
)


@pytest.mark.parametrize("seed", range(3))
def test_a_recorded_status_comes_back_byte_for_byte(duban: Duban, seed: int) -> None:
    chance = random.Random(seed)
    recorded: dict[tuple[str, tuple[str, ...]], str] = {}
    for day in range(1, 29):
        now = f"2022-06-{day:02}T{chance.randrange(24):02}:{chance.randrange(60):02}:30"
        for _ in range(chance.randrange(4)):
            unit = chance.choice(["ycc", "ycd"])
            words = [word.format(unit=unit) for word in chance.choice(WORK)]
            assert duban("--now", now, *words).code in (0, 6)
        view = chance.choice(VIEWS)
        recorded[now, view] = duban("--now", now, "status", *view).out
    later = ("--now", "2022-08-01T00:00")
    for (then, view), text in recorded.items():
        assert duban(*later, "--as-of", then, "status", *view).out == text
    assert duban(*later, "log", "--verify").code == 0
