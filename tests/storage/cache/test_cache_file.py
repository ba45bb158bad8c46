"""Cache files count only for the code that made them."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from tests import ROOT

ROOMS: Final = ("campaigns", "i18n", "storage")


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A copy of the rooms that caches depend on."""
    for room in ROOMS:
        shutil.copytree(ROOT / room, tmp_path / room, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def code_of(house: Path) -> str:
    """What the caches written by this copy of the code carry."""
    script = "from storage.cache.cache_file import code; print(code())"
    run = subprocess.run(
        [sys.executable, "-B", "-c", script], cwd=house, capture_output=True, text=True, check=True
    )
    return run.stdout


@pytest.mark.parametrize(
    "file", ["campaigns/timing.py", "campaigns/standing/board.py", "storage/unit/records.py"]
)
def test_a_changed_file_of_the_code_makes_caches_stale(house: Path, file: str) -> None:
    before = code_of(house)
    assert code_of(house) == before
    with (house / file).open("a", encoding="utf-8") as module:
        module.write("# changed\n")
    assert code_of(house) != before


def test_a_file_added_in_a_folder_of_the_code_makes_caches_stale(house: Path) -> None:
    before = code_of(house)
    (house / "campaigns/standing/another.py").write_text("", encoding="utf-8")
    assert code_of(house) != before
