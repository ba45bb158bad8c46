"""Over the columns of the board: month, day, and a sign that tells those of one day apart."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from campaigns.items import Occurrence
from campaigns.standing.matrix import Column
from campaigns.totals import Progress
from tests.campaigns.builders import activity, at
from widgets.board.grid import whole_percent
from widgets.board.heads import column_heads, title_pieces

SHANGHAI = ZoneInfo("Asia/Shanghai")


def column(title: str, due: str | None) -> Column:
    moment = at(due) if due else None
    return Column(replace(activity(), title=title), Occurrence(None, None, None, moment))


def signs(*columns: Column) -> list[str]:
    return [head.sign for head in column_heads(columns, SHANGHAI)]


@pytest.mark.parametrize(
    ("title", "pieces"),
    [
        ("上报方案", ["上", "报", "方", "案"]),
        ("Home fire drill", ["Ho", "fi", "dr"]),
        ("“五进”第2次 x", ["五", "进", "第", "2", "次", "x"]),
        ("...", []),
    ],
)
def test_a_title_is_made_of_pieces_two_columns_wide(title: str, pieces: list[str]) -> None:
    assert title_pieces(title) == pieces


def test_month_and_day_are_those_of_the_campaigns_clock() -> None:
    (head,) = column_heads([column("方案", "2022-06-01 00:30")], SHANGHAI)
    assert (head.month_words, head.day_words) == ("06", "01")


def test_without_a_deadline_there_is_no_date() -> None:
    (head,) = column_heads([column("方案", None)], SHANGHAI)
    assert (head.day, head.month_words, head.day_words) == (None, "--", "--")


def test_columns_of_one_day_have_different_signs() -> None:
    same_day = [
        column(title, "2022-06-30 18:00")
        for title in ("专题研讨", "专题片学习", "安全知识宣讲", "安全生知识讲", "总结")
    ]
    found = signs(*same_day)
    assert found == ["研", "片", "知", "生", "总"]


def test_the_first_character_is_enough_on_a_day_of_its_own() -> None:
    weeks = [column("周报", f"2022-06-{day:02} 18:00") for day in (1, 8)]
    assert signs(*weeks) == ["周", "周"]


def test_one_title_twice_a_day_is_told_apart_by_the_hour() -> None:
    shifts = [column("班前会", f"2022-06-01 {hour}:30") for hour in ("07", "19")]
    assert signs(*shifts) == ["07", "19"]


def test_no_sign_is_given_twice_a_day() -> None:
    same_day = [column(title, "2022-06-30 18:00") for title in ("安知", "安全知产", "安全生")]
    assert signs(*same_day) == ["知", "产", "生"]


def test_the_percent_of_a_column_is_rounded_down_so_that_99_never_reads_as_all() -> None:
    assert whole_percent(Progress(expected=200, reported=199)) == 99
    assert whole_percent(Progress(expected=6, reported=4)) == 66
    assert whole_percent(Progress()) is None
