"""The duban under test: this very source, compiled, whatever else is installed."""

from __future__ import annotations

import compileall
import os
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
_ROOMS = ("campaigns", "commands", "i18n", "reports", "screens", "storage", "widgets")


def compile_house() -> None:
    """Write what Python would compile at a first start: an install ships it."""
    for room in _ROOMS:
        compileall.compile_dir(ROOT / room, quiet=1)
    for module in ("app.py", "cli.py"):
        compileall.compile_file(ROOT / module, quiet=1)


def environment() -> dict[str, str]:
    """An environment in which `duban` is this source, with nobody's own settings."""
    kept = ("PATH", "LANG", "LC_ALL", "TMPDIR")
    environ = {name: os.environ[name] for name in kept if name in os.environ}
    return environ | {"PYTHONPATH": str(ROOT), "TERM": "xterm-256color", "HOME": "/nonexistent"}


def duban(folder: Path, *arguments: str) -> list[str]:
    """The command line of duban, as it is installed, on the campaign in a folder."""
    command = Path(sys.executable).with_name("duban")
    files = ["-c", str(folder / "bench.yaml"), "-d", str(folder / "data")]
    return [str(command), "--now", "2022-06-15T10:00", "--lang", "zh", *files, *arguments]
