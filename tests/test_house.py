"""The house: what the two modules at the top may import (the rooms are import-linter's)."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from typing import Final

from tests import ROOT

ROOMS: Final = {
    "app",
    "campaigns",
    "cli",
    "commands",
    "desk",
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
    assert rooms_imported_by("app") <= {
        "campaigns",
        "desk",
        "i18n",
        "screens",
        "storage",
        "widgets",
    }


def test_the_command_imports_only_the_subcommands_and_the_app() -> None:
    assert rooms_imported_by("cli") <= {"app", "commands", "desk"}


def test_the_command_imports_nothing_before_it_can_answer_an_interruption() -> None:
    code = "import sys; there = {*sys.modules}; import cli; print(*{*sys.modules} - there)"
    command = [sys.executable, "-I", "-S", "-c", f"import sys, os; sys.path[:0] = ['.']; {code}"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert set(run.stdout.split()) == {"cli"}


def test_the_folders_are_those_that_the_architecture_draws() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    tree = page.partition("The rooms have rooms of their own")[2].split("```")[1]
    drawn: list[str] = []
    for line in tree.strip("\n").split("\n"):
        name = line.split()[0].rstrip("/")
        drawn.append(f"{drawn_room(drawn)}/{name}" if line.startswith("  ") else name)
    packages = (path.parent.relative_to(ROOT) for path in ROOT.glob("*/**/__init__.py"))
    there = {str(path) for path in packages if path.parts[0] in ROOMS}
    assert set(drawn) == there


def drawn_room(drawn: list[str]) -> str:
    """The room that was drawn last."""
    return drawn[-1].partition("/")[0]


def test_the_modules_of_commands_are_the_subcommands() -> None:
    modules = {path.stem for path in (ROOT / "commands").glob("*.py")} - {"__init__"}
    run = subprocess.run(
        [sys.executable, "-m", "cli", "--lang", "en", "--help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    offered = run.stdout.partition("commands:")[2]
    assert modules == set(re.findall(r"^    ([a-z]+) ", offered, re.MULTILINE))
