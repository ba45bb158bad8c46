"""A short run of the monkey; `make monkey` presses ten thousand keys."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from tests.screens.monkey import faults_of, play
from tests.screens.sample import opening_at


@pytest.mark.parametrize("seed", [2022, 615])
async def test_random_keys_end_neither_the_session_nor_the_store(tmp_path: Path, seed: int) -> None:
    opening = opening_at(tmp_path)
    await play(opening, 500, Random(seed))
    assert faults_of(opening) == []
