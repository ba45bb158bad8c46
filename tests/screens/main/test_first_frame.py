"""What the first frame does without."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Final

from tests import ROOT

SHOW: Final = """
import asyncio, sys
from pathlib import Path
from tests.screens.sample import app_of, opening_at, until
from widgets.checklist.list import Checklist

async def show(folder):
    app = app_of(opening_at(folder))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: bool(app.screen.query_one(Checklist).line))
asyncio.run(show(Path(sys.argv[1])))
print("\\n--", *sys.modules)
"""


def test_the_first_frame_needs_no_readings(tmp_path: Path) -> None:
    run = [sys.executable, "-c", SHOW, str(tmp_path)]
    shown = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=True)
    modules = set(shown.stdout.rpartition("--")[2].split())
    assert "screens.main.main" in modules
    assert "pypinyin" not in modules
