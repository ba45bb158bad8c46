"""Running the duban of this source tree, whatever else is installed."""

from __future__ import annotations

import compileall
import os
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
NOW = "2022-06-15T10:00"
"""The fixed clock, a working day in the middle of the campaign."""

_FOLDERS = ("campaigns", "commands", "desk", "i18n", "reports", "screens", "storage", "widgets")


def compile_program() -> None:
    """Compile all modules, as installing does, so that the first start need not."""
    for folder in _FOLDERS:
        compileall.compile_dir(ROOT / folder, quiet=1)
    for module in ("app.py", "cli.py"):
        compileall.compile_file(ROOT / module, quiet=1)


def environment(home: str = "/nonexistent") -> dict[str, str]:
    """An environment in which `duban` runs this source, without any login's settings.

    Other programs, which fail without one, are given a `home`.
    """
    kept = ("PATH", "LANG", "LC_ALL", "TMPDIR", "XDG_CACHE_HOME")
    environ = {name: os.environ[name] for name in kept if name in os.environ}
    return (
        environ
        | {"PYTHONPATH": str(ROOT), "TERM": "xterm-256color", "HOME": home}
        | {"PYTHONHASHSEED": "0"}
    )


def duban(folder: Path, *arguments: str, now: str = NOW) -> list[str]:
    """The command line of duban on the campaign in a folder."""
    files = ["-c", str(folder / "bench.yaml"), "-d", str(folder / "data")]
    return program("--now", now, "--lang", "zh", *files, *arguments)


def program(*arguments: str) -> list[str]:
    """The command line of duban."""
    return [str(Path(sys.executable).with_name("duban")), *arguments]
