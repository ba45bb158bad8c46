"""The house: what the two modules at the top may import (the rooms are import-linter's)."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
ROOMS: Final = {
    "app",
    "campaigns",
    "cli",
    "commands",
    "i18n",
    "reports",
    "screens",
    "storage",
    "widgets",
}


def rooms_imported_by(module: str) -> set[str]:
    """The rooms that a module imports anywhere in it."""
    tree = ast.parse((ROOT / f"{module}.py").read_text(encoding="utf-8"))
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return {name.split(".")[0] for name in names} & ROOMS


def test_the_app_imports_neither_the_command_nor_the_subcommands() -> None:
    assert rooms_imported_by("app") <= {"campaigns", "i18n", "screens", "storage", "widgets"}


def test_the_command_imports_only_the_subcommands_and_the_app() -> None:
    assert rooms_imported_by("cli") <= {"app", "commands"}


def test_the_command_imports_nothing_before_it_can_answer_an_interruption() -> None:
    code = "import sys; there = {*sys.modules}; import cli; print(*{*sys.modules} - there)"
    command = [sys.executable, "-I", "-S", "-c", f"import sys, os; sys.path[:0] = ['.']; {code}"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert set(run.stdout.split()) == {"cli"}
