"""Each form of `due`, and what it refuses (docs/campaign-format.md, "due")."""

from __future__ import annotations

from datetime import date, time
from typing import Final

import pytest

from campaigns.definition import (
    END_OF_DAY,
    LAST_DAY,
    Asap,
    By,
    Due,
    Duration,
    EventStep,
    Every,
    OnDay,
    OnEvent,
    Period,
    Relative,
    Tally,
)
from tests.campaigns.builders import JUNE
from tests.campaigns.campaign_files import (
    MINIMAL,
    activity_of,
    assert_problems,
    problems_of,
    with_due,
)

SIX = time(18, 0)


def june(day: int) -> date:
    return date(2022, 6, day)


READ: Final[list[tuple[str, Due]]] = [
    ("2022-05-31", By(date(2022, 5, 31))),
    ("'2022-05-31'", By(date(2022, 5, 31))),
    ("2022-06-01 18:00", By(june(1), SIX)),
    ("{by: 2022-06-01 24:00}", By(june(1), END_OF_DAY)),
    ("{by: 2022-07-04, from: 2022-06-20}", By(date(2022, 7, 4), END_OF_DAY, june(20))),
    ("{by: 2022-07-04, from: 2022-07-04}", By(date(2022, 7, 4), opens=date(2022, 7, 4))),
    ("{day: 2022-06-16}", OnDay(june(16), time(0, 0), END_OF_DAY)),
    ("{day: 2022-06-16, start: 08:00, end: 18:00}", OnDay(june(16), time(8, 0), SIX)),
    ("{day: 2022-06-16, start: 08:00, end: 08:00}", OnDay(june(16), time(8), time(8))),
    ("{every: week}", Every("week", JUNE)),
    ("{every: week, on: wed, at: 18:00}", Every("week", JUNE, (3,), (SIX,))),
    ("{every: week, on: [sun, mon]}", Every("week", JUNE, (7, 1))),
    ("{every: day, at: [18:00, 07:30]}", Every("day", JUNE, (), (time(7, 30), SIX))),
    ("{every: day, at: 24:00}", Every("day", JUNE)),
    ("{every: dekad, plus: 5d}", Every("dekad", JUNE, plus=Duration(5, "d"))),
    ("{every: month, on: last}", Every("month", JUNE, (LAST_DAY,))),
    ("{every: month, on: [31, last, 010]}", Every("month", JUNE, (31, LAST_DAY, 10))),
    ("{every: quarter, to: 2022-12-31}", Every("quarter", Period(june(1), date(2022, 12, 31)))),
    ("{every: half-year}", Every("half-year", JUNE)),
    ("{every: year, from: 2020-01-01}", Every("year", Period(date(2020, 1, 1), june(30)))),
    ("{every: day, skip: 2022-06-03}", Every("day", JUNE, skip=frozenset({june(3)}))),
    ("{every: shift}", Tally(JUNE)),
    ("{every: shift, from: 2022-06-05, to: 2022-06-06}", Tally(Period(june(5), june(6)))),
    ("{after: other, days: 0}", Relative("after", "other", days=0)),
    ("{after: start, workdays: 1, at: 18:00}", Relative("after", "start", None, 1, SIX)),
    ("{before: end, days: 3}", Relative("before", "end", 3)),
    ("{after: issued, days: 10}", Relative("after", "issued", 10)),
    ("{event: 事故}", OnEvent("事故")),
    ("{event: 事故, within: 24h}", OnEvent("事故", Duration(24, "h"))),
    (
        "{event: 事故, steps: [{id: first, title: 首报, within: 1h}, {id: 续报, title: 续报}]}",
        OnEvent(
            "事故",
            None,
            (EventStep("first", "首报", Duration(1, "h")), EventStep("续报", "续报")),
        ),
    ),
    ("{asap: true}", Asap()),
    ("{asap: true, within: 3d}", Asap(Duration(3, "d"))),
    ("{asap: 'true', within: 2w}", Asap(Duration(2, "w"))),
]
"""Texts of a due, and what they say."""


@pytest.mark.parametrize(("text", "due"), READ)
def test_every_form_is_read(text: str, due: Due) -> None:
    assert activity_of(with_due(text)).due == due


def test_an_absent_due_is_undated() -> None:
    assert activity_of(MINIMAL + "  - {id: a, title: 事项}\n").due is None


@pytest.mark.parametrize(
    ("text", "part"),
    [
        # The shorthand and `by`
        ("‸2022-06-31", "There is no day 2022-06-31"),
        ("‸2022-06-01T18:00", "Expected a date like 2022-06-01"),
        ("‸2022-6-1", "Expected a date"),
        ("‸next week", "Expected a date"),
        ("‸２０２２-06-01", "full-width"),
        ("‸~", "Expected a date"),
        ("‸[2022-06-01]", "Expected a date, or a mapping"),
        ("{by: ‸2022-06-31 18:00}", "There is no day 2022-06-31"),
        ("{by: ‸2022-06-01 8:00}", "Expected a date"),
        ("{by: ‸2022-06-01 18：00}", "“2022-06-01 18:00”"),
        ("{by: ‸[2022-06-01]}", "found a list"),
        ("{by: 2022-06-10, from: ‸2022-06-11}", "backwards"),
        ("{by: 2022-06-10, from: ‸2022-06-01 08:00}", "Expected a date"),
        ("{by: 2022-06-10, ‸at: 18:00}", "Unknown key “at”"),
        ("‸{from: 2022-06-10}", "none of the keys"),
        ("{by: 2022-06-10, ‸every: week}", "“by” and “every” do not go together"),
        # A day
        ("{day: 2022-06-16, start: 18:00, end: ‸08:00}", "backwards"),
        ("{day: ‸2022-06-16 08:00}", "Expected a date"),
        ("{day: 2022-06-16, start: ‸1080}", "Expected a time"),
        ("{day: 2022-06-16, start: ‸8:00}", "Expected a time"),
        ("{day: 2022-06-16, start: ‸18：00}", "“18:00”"),
        ("{day: 2022-06-16, end: ‸24:01}", "Expected a time"),
        # Recurring
        ("{every: ‸weekly}", "Did you mean “week”?"),
        ("{every: ‸[week]}", "found a list"),
        ("‸{evry: week}", "Did you mean “every”?"),
        ("{every: week, on: ‸wedd}", "Did you mean “wed”?"),
        ("{every: week, on: [wed, ‸wed]}", "“wed” stands twice"),
        ("{every: week, on: ‸31}", "one of: mon"),
        ("{every: month, on: ‸wed}", "a day from 1 to 31 or “last”"),
        ("{every: month, on: ‸32}", "a day from 1 to 31"),
        ("{every: month, on: ‸0}", "a day from 1 to 31"),
        ("{every: month, on: ‸-1}", "a day from 1 to 31"),
        ("{every: month, on: [1, ‸01]}", "stands twice"),
        ("{every: day, ‸on: mon}", "not with day"),
        ("{every: dekad, ‸on: 5}", "not with dekad"),
        ("{every: quarter, ‸on: last}", "not with quarter"),
        ("{every: half-year, ‸on: last}", "not with half-year"),
        ("{every: year, ‸on: last}", "not with year"),
        ("{every: day, at: [18:00, ‸18:00]}", "stands twice"),
        ("{every: day, at: ‸[23:59, 24:00]}", "only one of them"),
        ("{every: day, at: [‸18.00]}", "Expected a time"),
        ("{every: day, skip: [2022-06-01, ‸2022-06-01]}", "stands twice"),
        ("{every: week, on: wed, skip: [2022-06-01, ‸2022-06-02]}", "2022-06-02"),
        ("{every: week, on: wed, skip: ‸2022-07-06}", "2022-07-06"),
        ("{every: day, plus: ‸5}", "Expected a duration"),
        ("{every: day, plus: ‸0d}", "Expected a duration"),
        ("{every: day, plus: ‸５d}", "“5d”"),
        ("‸{every: day, from: 2022-06-10, to: 2022-06-09}", "backwards"),
        ("‸{every: day, from: 2022-07-01}", "give a “to”"),
        ("‸{every: day, to: 2022-05-31}", "give a “from”"),
        ("‸{every: quarter, to: 2022-06-29}", ""),
        ("{every: shift, ‸on: mon}", "every: shift"),
        ("{every: shift, ‸at: 18:00}", "every: shift"),
        ("{every: shift, ‸plus: 1d}", "every: shift"),
        ("{every: shift, ‸skip: 2022-06-01}", "every: shift"),
        # Relative
        ("{‸after: other}", "one of “days” and “workdays”"),
        ("{after: other, days: 1, ‸workdays: 1}", "Only one"),
        ("{after: other, days: ‸-1}", "a whole number from 0 on"),
        ("{after: other, days: ‸1.5}", "a whole number from 0 on"),
        ("{after: other, days: ‸3d}", "a whole number"),
        ("{before: other, workdays: ‸0}", "a whole number from 1 on"),
        ("{after: other, days: ‸" + "9" * 5000 + "}", "a whole number"),
        (
            "{after: other, days: ‸99999999999999999999}",
            "a whole number of at most 999999999999999",
        ),
        (
            "{after: other, workdays: ‸1001}",
            "a whole number of at most 1000: this one is too large",
        ),
        ("{every: day, plus: ‸99999999999999d}", "a duration of at most 3660000d"),
        ("{after: ‸othr, days: 1}", "Did you mean “other”?"),
        ("{after: ‸strat, days: 1}", "Did you mean “start”?"),
        ("‸{after: a, days: 1}", "a, a"),
        ("{after: other, ‸before: end, days: 1}", "do not go together"),
        ("{after: other, days: 1, at: ‸[18:00]}", "found a list"),
        # Events
        ("{event: 事故, within: ‸24}", "Expected a duration"),
        ("{event: 事故, ‸within: 1h, steps: [{id: s, title: S}]}", "each step has its own"),
        ("{event: 事故, steps: [{id: s, title: S}, {id: ‸s, title: T}]}", "two steps “s”"),
        ("{event: 事故, steps: [‸{id: s}]}", "“title” is missing"),
        ("{event: 事故, steps: ‸[]}", "no value"),
        ("{event: 事故, steps: ‸first}", "a list of steps"),
        ("{event: 事故, steps: [{id: s, title: S, ‸at: 18:00}]}", "Unknown key “at”"),
        ("{event: ‸''}", "no value"),
        # As soon as possible
        ("{asap: ‸false}", "asap: false"),
        ("{asap: ‸yes}", "true or false"),
        ("{asap: ‸True}", "true or false"),
        ("{asap: true, within: ‸24h}", "days or weeks"),
        ("{asap: true, within: ‸90m}", "days or weeks"),
        ("{asap: true, ‸days: 3}", "Unknown key “days”"),
        ("‸{}", "no value"),
    ],
)
def test_what_a_due_refuses(text: str, part: str) -> None:
    assert_problems(with_due(text), part)


@pytest.mark.parametrize(
    "due",
    ["2022-06-10", "{day: 2022-06-10}", "{asap: true, within: 3d}", "{after: start, days: 1}"],
)
def test_a_due_may_rest_on_a_one_off_dated_activity(due: str) -> None:
    text = with_due(due) + "  - {id: b, title: B, due: {before: a, days: 1}}\n"
    assert activity_of(text, "b").due == Relative("before", "a", 1)


@pytest.mark.parametrize(
    ("due", "why"),
    [
        ("{every: week}", "it recurs"),
        ("{every: shift}", "it is a tally"),
        ("{event: 事故, within: 1h}", "events only"),
        ("{asap: true}", "without a limit"),
    ],
)
def test_a_due_may_not_rest_on_others(due: str, why: str) -> None:
    assert_problems(with_due(due) + "  - {id: b, title: B, due: {after: ‸a, days: 1}}\n", why)
    assert_problems(
        MINIMAL + "  - {id: a, title: A}\n  - {id: b, title: B, due: {after: ‸a, days: 1}}\n",
        "it is undated",
    )


def test_a_circle_is_reported_once_and_what_hangs_on_it_is_not() -> None:
    assert_problems(
        MINIMAL
        + "  - {id: a, title: A, due: ‸{after: b, days: 1}}\n"
        + "  - {id: b, title: B, due: {after: c, days: 1}}\n"
        + "  - {id: c, title: C, due: {before: a, days: 1}}\n"
        + "  - {id: d, title: D, due: {after: c, days: 1}}\n",
        "a, b, c, a",
    )


def test_a_due_in_trouble_does_not_trouble_what_rests_on_it() -> None:
    assert_problems(
        with_due("‸soon") + "  - {id: b, title: B, due: {after: a, days: 1}}\n", "Expected a date"
    )


def test_a_period_in_trouble_does_not_trouble_what_it_bounds() -> None:
    text = with_due("{every: week, on: wed}").replace("{from: 2022-06-01,", "‸{")
    assert_problems(text, "“from” is missing")


def test_the_schedule_is_looked_at_beside_other_problems() -> None:
    assert_problems(
        with_due("{every: week, skip: ‸2022-06-01}") + "  - {id: b, title: B, ‸colour: red}\n",
        "2022-06-01",
        "Unknown key “colour”",
    )


def test_workdays_past_the_calendars_table_are_a_problem_unless_overridden() -> None:
    text = with_due("‸{after: other, workdays: 3}").replace("due: 2022-06-10", "due: 2099-06-10")
    with_calendar = text.replace("metrics:", "calendar: cn\nmetrics:", 1)
    assert_problems(with_calendar, "2099")
    overridden = text.replace("metrics:", "holidays: {off: 2099-06-11}\nmetrics:", 1)
    assert problems_of(overridden.replace("‸", "")) == []


def test_more_than_a_million_items_are_a_problem() -> None:
    assert_problems(with_due("‸{every: day, from: 1000-01-01, to: 9000-12-31}"), "1,000,000")
