"""Texts that would drive a terminal, in every view and dialog on a real pty."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from campaigns.clock import zone_of
from campaigns.entries import Change, State
from campaigns.history import Person
from campaigns.reading.loader import load
from storage.tiny.store import TinyStore
from tests.hostile import HOSTILE, planted, raw_controls
from tests.over_ssh.desk import Desk
from tests.over_ssh.terminal import Terminal
from tests.screens.sample import DEFINITION, NOON

ESC, F1, F2, F3, F4, F5, F7, F9 = (
    "\x1b", "\x1bOP", "\x1bOQ", "\x1bOR", "\x1bOS", "\x1b[15~", "\x1b[18~", "\x1b[20~"
)  # fmt: skip
LIAISON: Final = "tags: [山区], liaison: {name: 张某, post: 主任, note: 值班, mobile: 一二三}"


def plant(desk: Desk) -> None:
    """Notes, a reason and figures by somebody with a hostile login, in a hostile campaign."""
    text = planted(DEFINITION.replace("tags: [山区]", LIAISON))
    desk.file.write_text(text, encoding="utf-8")
    loaded = load(desk.file)
    campaign = loaded.campaign
    folder = desk.folder / "data" / campaign.id
    store = TinyStore(folder, zone=zone_of(campaign.timezone), source=loaded.source)
    changes = [
        Change("north/plan", "op-1", state=State.DOING, note=HOSTILE),
        Change("north/drill", "op-2", state=State.WAIVED, note=HOSTILE),
        Change("north/weekly@2022-06-01", "op-3", state=State.DONE, metrics={"people": 3}),
    ]
    store.apply("north", changes, by=Person(HOSTILE), at=NOON)


def visit(terminal: Terminal, *keys: str) -> None:
    for key in keys:
        terminal.send(key)
        terminal.settle()


@pytest.fixture
def hostile(desk: Desk) -> Desk:
    plant(desk)
    return desk


def test_nothing_raw_in_any_view_or_dialog(hostile: Desk) -> None:
    terminal = hostile.open("--now", "2022-06-08T12:00", "--lang", "zh")
    terminal.wait_for("EVIL")
    for view in "1234561":
        visit(terminal, view, "\x1b[B", "\x1b[B", "\r", ESC)
    for dialog in (F1, F2, F4, F7, F9, F5):
        visit(terminal, dialog, "\x1b[B", ESC, ESC)
    visit(terminal, "1", "\x1b[C", "\x1b[H")
    for steps in range(10):
        visit(terminal, F2, *["\x1b[B"] * steps, "\r", ESC, ESC)
    assert len(terminal.written) > 10_000
    assert raw_controls(bytes(terminal.written)) == set()


def test_nothing_raw_of_a_definition_in_force_and_of_problems(hostile: Desk) -> None:
    text = hostile.file.read_text(encoding="utf-8")
    changed = text.replace("due: 2022-05-31", "due: 2022-05-30").replace("北村", "西村")
    hostile.file.write_text(changed, encoding="utf-8")
    terminal = hostile.open("--now", "2022-06-08T12:00", "--lang", "zh")
    terminal.wait_for("活动文件已改动")
    visit(terminal, "\r")
    terminal.wait_for("西村")
    assert raw_controls(bytes(terminal.written)) == set()
    hostile.file.write_text(changed.replace("village}", "北\u202e村}"), encoding="utf-8")
    terminal = hostile.open("--lang", "zh")
    terminal.wait_for("处问题")
    assert raw_controls(bytes(terminal.written)) == set()


def test_nothing_raw_of_the_name_of_the_file(hostile: Desk) -> None:
    folder = Path(hostile.folder, HOSTILE.replace("/", "-"))
    folder.mkdir()
    moved = folder / "campaign.yaml"
    moved.write_text("format: 1\n", encoding="utf-8")
    hostile.file = moved
    terminal = hostile.open("--lang", "zh")
    terminal.wait_for("处问题")
    assert raw_controls(bytes(terminal.written)) == set()
