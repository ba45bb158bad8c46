"""msgspec is imported without typing_extensions, which others can still import."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]


def python(code: str) -> list[str]:
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True, text=True
    )
    return ran.stdout.split()


def test_it_is_left_out_and_can_be_imported_afterwards() -> None:
    code = """
import sys
from commands.line.light_msgspec import import_msgspec
import_msgspec()
print("msgspec" in sys.modules, "typing_extensions" in sys.modules)
import typing_extensions
print(typing_extensions.TypedDict.__module__)
"""
    assert python(code) == ["True", "False", "typing_extensions"]


def test_what_is_imported_already_stays() -> None:
    code = """
import sys, typing_extensions
from commands.line.light_msgspec import import_msgspec
import_msgspec()
print(sys.modules["typing_extensions"] is typing_extensions)
"""
    assert python(code) == ["True"]
