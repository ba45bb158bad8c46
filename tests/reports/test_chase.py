"""The reminder: a text that can be sent as it is, in both languages."""

from __future__ import annotations

from datetime import timedelta
from typing import get_args

import pytest
from msgspec.structs import replace

from campaigns.entries import Entry, State
from campaigns.overviews.chase import Chase, Grouping
from campaigns.words.lengths import length
from i18n.catalogue import open_catalogue
from i18n.messages import msg
from reports.chase import Reminder
from reports.dates import Calendar
from tests.campaigns.builders import at, entry
from tests.campaigns.progress import NOW, SCHEDULE, boards, matrix, matrix_of

CAMPAIGN = replace(SCHEDULE.campaign, office="镇安监站", issuer="示例镇人民政府")


def answered_but(*missing: str, **states: Entry) -> Chase:
    """Everything is in but these items of `unit-1` and `unit-2`, which stand as they are given."""
    entries = {
        line.item.key: entry(State.VERIFIED)
        for board in boards(0)
        for line in board.lines
        if line.item.key not in missing
    }
    return Chase(matrix_of(entries | {key.replace("__", "/"): one for key, one in states.items()}))


def written(chase: Chase, grouping: Grouping = "unit", *, lang: str = "en") -> str:
    reminder = Reminder(CAMPAIGN, SCHEDULE.zone, open_catalogue(lang))
    return reminder.write(chase, chase.groups(grouping), NOW)


OF_ONE = ("unit-1/plan", "unit-1/weekly@2022-06-15")
OF_TWO = (*OF_ONE, "unit-2/plan")


def test_one_unit_is_spoken_to() -> None:
    assert written(answered_but(*OF_ONE)) == (
        "[Reminder] unit unit-1: as of 15 June 10:00, still owed:\n"
        "1. activity plan (due 31 May, 14 days overdue)\n"
        "2. activity weekly (due 15 June 18:00, 8 hours left)\n"
        "Please hand in what is missing as soon as you can.\n"
        "镇安监站\n"
    )


def test_one_unit_is_spoken_to_in_chinese() -> None:
    assert written(answered_but(*OF_ONE), lang="zh") == (
        "【催报】unit unit-1：截至6月15日10:00，以下事项未报：\n"
        "1.activity plan（5月31日截止，已逾期14天）\n"
        "2.activity weekly（6月15日18:00截止，还剩8小时）\n"
        "请尽快报送。\n"
        "镇安监站\n"
    )


def test_several_units_are_listed_with_what_each_owes() -> None:
    assert written(answered_but(*OF_TWO)) == (
        "[Reminder] As of 15 June 10:00, 2 units still owe:\n"
        "1. unit unit-1: activity plan (due 31 May, 14 days overdue); "
        "activity weekly (due 15 June 18:00, 8 hours left)\n"
        "2. unit unit-2: activity plan (due 31 May, 14 days overdue)\n"
        "Please hand in what is missing as soon as you can.\n"
        "镇安监站\n"
    )


def test_deadlines_are_listed_with_who_owes() -> None:
    assert written(answered_but(*OF_TWO), "deadline") == (
        "[Reminder] As of 15 June 10:00, still owed:\n"
        "1. activity plan (due 31 May, 14 days overdue): unit unit-1, unit unit-2\n"
        "2. activity weekly (due 15 June 18:00, 8 hours left): unit unit-1\n"
        "Please hand in what is missing as soon as you can.\n"
        "镇安监站\n"
    )


def test_what_was_returned_says_so() -> None:
    chase = answered_but(
        "unit-2/plan",
        **{"unit-1__plan": entry(State.RETURNED), "unit-1__free": entry(State.RETURNED),
           "unit-1__summary": entry(State.RETURNED)},
    )  # fmt: skip
    by_unit = written(chase).splitlines()
    assert by_unit[1] == (
        "1. unit unit-1: activity plan (due 31 May, returned, 14 days overdue); "
        "activity summary (due 4 July, returned); activity free (returned)"
    )
    by_deadline = written(chase, "deadline").splitlines()
    assert by_deadline[1:4] == [
        "1. activity plan (due 31 May, 14 days overdue): unit unit-1 (returned), unit unit-2",
        "2. activity summary (due 4 July, returned): unit unit-1",
        "3. activity free (returned): unit unit-1",
    ]


def test_it_is_signed_by_the_office_else_the_issuer_else_by_nobody() -> None:
    chase = answered_but(*OF_ONE)
    signatures = {
        (office, issuer): Reminder(
            replace(CAMPAIGN, office=office, issuer=issuer), SCHEDULE.zone, open_catalogue("en")
        ).write(chase, chase.groups("unit"), NOW).splitlines()[-1]
        for office in ("office", "") for issuer in ("issuer", "")
    }  # fmt: skip
    assert signatures == {
        ("office", "issuer"): "office", ("office", ""): "office", ("", "issuer"): "issuer",
        ("", ""): "Please hand in what is missing as soon as you can.",
    }  # fmt: skip


@pytest.mark.parametrize("grouping", get_args(Grouping))
def test_nothing_to_remind_of(grouping: Grouping) -> None:
    assert written(answered_but(), grouping) == (
        "As of 15 June 10:00 there is nothing to remind of.\n"
    )


@pytest.mark.parametrize("grouping", get_args(Grouping))
@pytest.mark.parametrize("seed", range(4))
def test_everything_chased_is_named_once(grouping: Grouping, seed: int) -> None:
    chase = Chase(matrix(boards(seed)))
    text = written(chase, grouping)
    names = text.count("unit unit-") if grouping == "deadline" else text.count("activity ")
    assert names == len(chase)


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0, "less than a minute"), (60, "1 minute"), (3599, "59 minutes"), (3600, "1 hour"),
     (172_799, "47 hours"), (172_800, "2 days"), (14 * 86_400 + 1, "14 days")],
)  # fmt: skip
def test_lengths_are_in_the_largest_unit_that_fits(seconds: int, said: str) -> None:
    assert length(seconds, open_catalogue("en")) == said


def test_dates_of_another_year_say_which() -> None:
    calendar = Calendar(open_catalogue("en"), SCHEDULE.zone, NOW)
    assert calendar.deadline(at("2021-12-31 23:59:59")) == "31 December 2021"
    assert calendar.moment(at("2022-12-31 23:59:59") + timedelta(seconds=1)) == (
        "1 January 2023 00:00"
    )


def without_the_first(chase: Chase) -> Chase:
    """The same, but the first unit cannot be read."""
    first, *others = chase.matrix.rows
    torn = replace(first, cells=bytes(len(first.cells)), fault=msg("torn"))
    return Chase(replace(chase.matrix, rows=(torn, *others)))


@pytest.mark.parametrize("grouping", get_args(Grouping))
def test_units_that_cannot_be_read_are_named_in_the_text_for_everybody(grouping: Grouping) -> None:
    whole = answered_but(*OF_TWO, "unit-3/plan")
    assert "their records cannot be read: unit unit-0." in written(
        without_the_first(whole), grouping
    )
    assert "cannot be read" not in written(whole, grouping)


def test_a_text_for_one_deadline_names_them_and_one_for_one_unit_does_not() -> None:
    of_one_plan = without_the_first(answered_but("unit-1/plan"))
    assert [len(of_one_plan.groups(grouping)) for grouping in get_args(Grouping)] == [1, 1]
    assert "their records cannot be read: unit unit-0." in written(of_one_plan, "deadline")
    assert "cannot be read" not in written(of_one_plan, "unit")


def test_nothing_to_remind_of_names_them_too() -> None:
    assert written(without_the_first(answered_but())) == (
        "As of 15 June 10:00 there is nothing to remind of.\n"
        "Not included, for their records cannot be read: unit unit-0.\n"
    )
