from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from campaigns.definition import Metric
from campaigns.entries import Entry, Number
from campaigns.scalars import parse_figure
from campaigns.standing.board import Line
from campaigns.timing import Timing
from campaigns.typed.figures import (
    FigureAnswer,
    FigureField,
    answer_to,
    figure_fields,
    figure_text,
    new_figures,
    read_figure,
)
from i18n.messages import msg
from tests.campaigns.builders import activity, campaign, item

SESSIONS = Metric("sessions", "活动场次", "场")
PEOPLE = Metric("people", "参与人数", "人次", aggregate="max")
METRICS = {"people": PEOPLE, "fines": Metric("fines", "罚款", "万元"), "sessions": SESSIONS}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0), ("12", 12), ("012", 12), (" 12 ", 12), ("1200", 1200), ("1,200", 1200),
        ("1，200", 1200), ("12,345,678", 12345678), ("1,200.5", 1200.5), ("１２００", 1200),
        ("３．５", 3.5), ("3。5", 3.5), ("3.5", 3.5), ("0.05", 0.05),
        ("1.5万", 15000), ("１．５万", 15000), ("2万", 20000), ("2 万", 20000), ("0.3万", 3000),
        ("1.23456万", 12345.6), ("1,200万", 12000000), ("0万", 0),
        ("999999999999999", 999999999999999), ("99999999999.9999万", 999999999999999),
    ],
)  # fmt: skip
def test_a_figure_is_read_as_officers_write_it(text: str, value: Number) -> None:
    read = read_figure(text)
    assert read == value
    assert type(read) is type(value)


@pytest.mark.parametrize(
    "text",
    ["", " ", "-1", "-0", "－1", "-1万", "-0万", "+1", "1e3", "inf", "nan", "Infinity", "0x10",
     "1_000",
     "1,2", "1,20", "12,00", ",200", "1,200,", "1,2000", "1200,300", "1、200", "1 200", "1.", ".5",
     "1.2.3", "万", "1万万", "1万2", "1.5亿", "五", "12人", "²", "٣", "½", "1\n2",
     "1000000000000000", "0.1234567890123456", "12345678.12345678", "100000000000万",
     "9" * 5000, "9" * 5000 + "万"],
)  # fmt: skip
def test_other_figures_are_refused(text: str) -> None:
    assert read_figure(text) is None


@given(st.text() | st.text("0123456789.,，．-万 eE+_１"))
def test_what_is_read_is_what_the_command_line_would_take(text: str) -> None:
    value = read_figure(text)
    assert value is None or parse_figure(figure_text(value)) == value >= 0


@given(st.integers(0, 10**15 - 1) | st.floats(0, 10**9).map(lambda number: round(number, 5)))
def test_a_recorded_figure_is_read_back_from_its_field(value: Number) -> None:
    assert read_figure(figure_text(value)) == value


@pytest.mark.parametrize(
    ("value", "text"),
    [(12, "12"), (0, "0"), (100, "100"), (3.5, "3.5"), (3.0, "3"), (100.0, "100"),
     (0.00001, "0.00001"), (1e15, "1000000000000000"), (1.5e-7, "0.00000015")],
)  # fmt: skip
def test_a_figure_is_shown_in_plain_digits(value: Number, text: str) -> None:
    assert figure_text(value) == text


def test_a_form_asks_for_the_figures_of_the_activity_in_its_order() -> None:
    weekly = replace(activity(), metrics=("sessions", "people"), target={"sessions": 3})
    line = Line(item(of=weekly), Entry(metrics={"sessions": 1, "fines": 2}), Timing.OPEN)
    assert figure_fields(campaign(weekly, metrics=METRICS), line) == (
        FigureField(SESSIONS, recorded=1, target=3),
        FigureField(PEOPLE),
    )


def test_an_activity_without_figures_asks_for_none() -> None:
    line = Line(item(), Entry(), Timing.OPEN)
    assert figure_fields(campaign(activity(), metrics=METRICS), line) == ()


def test_below_the_target_is_warned_of_and_taken() -> None:
    field = FigureField(SESSIONS, target=3)
    assert answer_to(field, "1") == FigureAnswer(
        1, warning=msg("target {target}, now {value}", target="3", value="1")
    )
    assert answer_to(field, "3") == FigureAnswer(3)
    assert answer_to(field, "4") == FigureAnswer(4)
    assert answer_to(FigureField(SESSIONS), "0") == FigureAnswer(0)


def test_what_is_no_figure_is_a_problem_and_has_no_value() -> None:
    answer = answer_to(FigureField(SESSIONS, recorded=2, target=3), "many")
    assert answer.value is None
    assert answer.warning is None
    assert str(answer.problem) == ("Not a figure. Write a number from 0 on, like 12 or 3.5.")


def test_an_empty_field_keeps_what_is_recorded_and_says_so() -> None:
    assert answer_to(FigureField(SESSIONS, target=3), " 　") == FigureAnswer()
    assert answer_to(FigureField(SESSIONS, recorded=2.0), "") == FigureAnswer(
        warning=msg("left empty: stays {value}", value="2")
    )


def test_only_new_figures_make_a_change() -> None:
    fields = [FigureField(metric, recorded) for metric, recorded in
              ((SESSIONS, 2), (PEOPLE, None), (METRICS["fines"], 0))]  # fmt: skip
    assert new_figures(fields, [FigureAnswer(2), FigureAnswer(0), FigureAnswer()]) == {"people": 0}
    assert new_figures(fields, [FigureAnswer(3), FigureAnswer(), FigureAnswer(1)]) == {
        "sessions": 3,
        "fines": 1,
    }
    with pytest.raises(ValueError, match="shorter"):
        new_figures(fields, [FigureAnswer(2)])
