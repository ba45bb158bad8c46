"""Terminals that give ambiguous characters two columns draw what others draw (UAX #11)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pyte.screens
import pytest
from wcwidth import wcwidth

from screens.main.views import VIEWS
from tests.over_ssh.desk import Desk
from tests.over_ssh.terminal import Terminal
from tests.screens.sample import DEFINITION

AMBIGUOUS = "“演练”——×①…·°Ⅳ※"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with ExitStack() as stack:
        desk = Desk(tmp_path, stack)
        text = DEFINITION.replace("上报活动方案", f"上报{AMBIGUOUS}").replace("北村", "“北”村")
        desk.file.write_text(text.replace("演练月", f"{AMBIGUOUS}月"), encoding="utf-8")
        yield desk


def wide(character: str) -> int:
    """The width that such a terminal gives a character."""
    return 2 if unicodedata.east_asian_width(character) == "A" else int(wcwidth(character))


def walk(terminal: Terminal) -> list[str]:
    """What is shown on the way through views and dialogs."""
    terminal.wait_for("F10")
    shown = []
    keys = [*(str(number) for number in range(1, len(VIEWS) + 2)), "1", "\x1bOP", "\x1b", "\r"]
    for key in (*keys, "\x1b", "\x1b[20~", "\x1b", "\x1b[18~", "\x1b", "\x1bOR北"):
        terminal.send(key)
        terminal.settle()
        shown.append(terminal.text)
    return shown


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_column_is_straight(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    options = ("--now", "2022-06-08T12:00", "--lang", language)
    narrow = walk(desk.open(*options, HOME=str(desk.folder / "one")))
    monkeypatch.setattr(pyte.screens, "wcwidth", wide)
    terminal = desk.open(*options, HOME=str(desk.folder / "other"))
    assert walk(terminal) == narrow
    written = terminal.written.decode()
    assert {c for c in written if unicodedata.east_asian_width(c) == "A"} == set()
