"""The interface as an ssh client sees it, on real ptys (docs/interface.md, "Over ssh")."""

from __future__ import annotations

import os
import re
import signal
from typing import Final

from tests.over_ssh.desk import NOW, Desk
from tests.screens.sample import DEFINITION


def test_one_gbk_byte_does_not_end_the_session(desk: Desk) -> None:
    terminal = desk.open_at_noon()
    terminal.send("中".encode("gbk") + b"\xff")
    terminal.send(b"\x1bOP")
    terminal.wait_for("按键")


def test_kitty_keys_stay_off_so_that_input_methods_keep_their_text(desk: Desk) -> None:
    terminal = desk.open_at_noon()
    assert not re.search(rb"\x1b\[>\d+u", terminal.written)


def test_the_mouse_is_left_to_the_terminal_unless_asked_for(desk: Desk) -> None:
    assert b"\x1b[?1000h" not in desk.open_at_noon().written
    assert b"\x1b[?1000h" in desk.open_at_noon("--mouse").written


def test_an_idle_session_writes_nothing(desk: Desk) -> None:
    terminal = desk.open("--lang", "zh")
    terminal.wait_for("F10")
    terminal.settle()
    assert terminal.quiet_for(3.0) == 0


def test_a_dropped_line_loses_nothing_that_was_shown(desk: Desk) -> None:
    terminal = desk.open_at_noon()
    terminal.send(" ")
    terminal.wait_for("已记录")
    terminal.hang_up()
    assert terminal.wait_for_exit() == 128 + signal.SIGHUP
    other = desk.open_at_noon()
    other.wait_for("迟7天")


def test_termination_leaves_the_terminal_as_it_was(desk: Desk) -> None:
    terminal = desk.open_at_noon()
    os.kill(terminal.pid, signal.SIGTERM)
    assert terminal.wait_for_exit() == 128 + signal.SIGTERM
    assert terminal.written.endswith(b"\x1b[?1049l\x1b[?25h\x1b[?1004l")
    assert b"Traceback" not in terminal.written


def test_windows_without_size_and_too_small_ones_are_survived(desk: Desk) -> None:
    terminal = desk.open_at_noon()
    for columns, rows in ((0, 0), (1, 1), (39, 24), (80, 9)):
        terminal.resize(columns, rows)
        terminal.quiet_for(0.3)
    terminal.send(" ")
    terminal.resize(80, 24)
    terminal.wait_for("F10")
    assert "已记录" not in terminal.text
    terminal.send(" ")
    terminal.wait_for("已记录")


def test_a_window_of_no_size_from_the_start_is_survived(desk: Desk) -> None:
    terminal = desk.open("--now", NOW, "--lang", "zh")
    terminal.resize(0, 0)
    terminal.wait_for("F10")


def test_two_interfaces_see_each_others_ticks(desk: Desk) -> None:
    one, other = desk.open_at_noon(), desk.open_at_noon(USER="officer-2", LOGNAME="officer-2")
    one.settle()
    one.send(" ")
    one.wait_for("已记录")
    other.wait_for("迟7天", limit=2.5)
    other.send("\x1b[B ")
    other.wait_for("已记录")
    one.wait_until(lambda: one.text.count("迟") == 2, limit=2.5)


def test_arrows_space_enter_and_esc_alone_are_enough(desk: Desk) -> None:
    terminal = desk.open_at_noon()
    terminal.send("\x1b")
    terminal.settle()
    terminal.send("\x1b[B")
    terminal.wait_for("南村一个名字特别长的行政村")
    terminal.send("\r")
    terminal.settle()
    terminal.send("\r")
    terminal.wait_for("已报送，现在收到")
    terminal.send("\r")
    terminal.wait_for("已记录：南村")


def test_an_invalid_definition_is_listed_and_opened_again_once_mended(desk: Desk) -> None:
    whole = desk.file.read_text(encoding="utf-8")
    desk.file.write_text(whole.replace("due: 2022-05-31", "due: 2022-02-31"), encoding="utf-8")
    terminal = desk.open("--lang", "zh")
    terminal.wait_for("1 处问题")
    terminal.wait_for("没有 2022-02-31 这一天")
    desk.file.write_text(whole, encoding="utf-8")
    terminal.send("\x1b[15~")
    terminal.wait_for("上报活动方案")
    terminal.send("\x1b[21~")
    assert terminal.wait_for_exit() == 0


def test_leaving_an_invalid_definition_is_exit_code_3(desk: Desk) -> None:
    desk.file.write_text("format: 1\n", encoding="utf-8")
    terminal = desk.open("--lang", "en")
    terminal.wait_for("problems")
    terminal.send("\x1b[21~")
    assert terminal.wait_for_exit() == 3


def test_no_colour_means_none(desk: Desk) -> None:
    terminal = desk.open_at_noon("--no-color")
    colours = re.findall(
        rb"\x1b\[[0-9;]*?[34]8;[0-9;]*m|\x1b\[(?:[0-9;]*;)?3[1-6]m", terminal.written
    )
    assert [c for c in colours if not is_grey(c)] == []


def is_grey(sequence: bytes) -> bool:
    """Whether a colour of 256 is black, white or between."""
    numbers = [int(n) for n in re.findall(rb"[34]8;5;(\d+)", sequence)]
    return bool(numbers) and all(
        n in (0, 7, 8, 15, 16, 231, 59, 102, 145, 188) or n >= 232 for n in numbers
    )


def test_ascii_mode_draws_with_ascii_alone(desk: Desk) -> None:
    ascii_only = DEFINITION
    for character in sorted(set(ascii_only)):
        if not character.isascii():
            ascii_only = ascii_only.replace(character, "x")
    desk.file.write_text(ascii_only, encoding="utf-8")
    terminal = desk.open("--now", NOW, "--lang", "en", "--ascii")
    terminal.wait_for("F10")
    terminal.send("\r")
    terminal.wait_for("Submitted")
    assert terminal.written.decode().isascii()


WORDS_OF_KEYS: Final = {
    "Insert",
    "Ctrl",
    "Esc",
    "Tab",
    "Shift",
    "Home",
    "End",
    "PgUp",
    "PgDn",
    "duban",
}


def test_no_english_is_left_in_the_chinese_interface(desk: Desk) -> None:
    desk.file.write_text(DEFINITION.replace(" Drill month", ""), encoding="utf-8")
    terminal = desk.open_at_noon()
    shown = [terminal.text]
    for keys, text in (("\x1bOP", "按键"), ("\x1b", "打勾"), ("\r", "备注"), ("\x1b", "打勾"),
                       ("\x1bOR", "拼音"), ("\x1b", "F10"), ("\x03", "按 F10"),
                       ("2", "本列"), ("3", "应报"), ("4", "按单位"), ("5", "合计"), ("1", "▸1"),
                       ("\x1b[C", "打勾"),
                       ("\x1b[20~", "全部操作"), ("\x1b", "F10"), ("\x1bOS", "已选"),
                       ("\r", "全部不选"), ("\x1b", "已选")):  # fmt: skip
        terminal.send(keys)
        terminal.wait_for(text)
        terminal.settle()
        shown.append(terminal.text)
    words = set(re.findall(r"[A-Za-z]{3,}", "\n".join(shown)))
    assert words - WORDS_OF_KEYS == set()
