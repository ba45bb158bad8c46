"""What the README shows of `report` and `export` is what they print."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.commands.conftest import Duban

README = Path(__file__).parents[2] / "README.md"


def examples() -> list[tuple[str, str]]:
    """The commands of the console blocks, each with what is shown below it."""
    blocks = re.findall(r"```console\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    shown = [part for block in blocks for part in re.split(r"^\$ ", block, flags=re.MULTILINE)]
    return [(command, rest) for command, _, rest in (part.partition("\n") for part in shown)]


def test_the_examples_of_report_and_export(
    duban: Duban, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DUBAN_CAMPAIGN")
    data = duban("-d", str(tmp_path / "demo"), "demo", "--prepare").out.strip()
    tried = 0
    for command, shown in examples():
        if re.match(r"duban (--lang \w+ )?(report|export) ", command):
            result = duban(*shlex.split(command)[1:], DUBAN_DATA=data, DUBAN_NOW="2022-06-15T10:00")
            assert result.out + result.err == shown
            tried += 1
    assert tried == 5
